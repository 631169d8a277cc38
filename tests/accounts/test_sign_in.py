"""Signing in: by e-mail, limited per account and address, with a second factor for whoever looks after every site."""

import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from poles import roles
from tests.conftest import EDITOR_HOST, add_second_factor, member_of
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


def browser(**headers) -> Client:
    return Client(SERVER_NAME=EDITOR_HOST, **headers)


def sign_in(client, email, password=PASSWORD, **headers):
    return client.post(LOGIN, {"login": email, "password": password}, **headers)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_one_signs_in_with_an_address_however_it_is_written(north):
    client = browser()

    assert sign_in(client, north.writer.email.upper()).url == "/admin/"
    assert is_signed_in(client)


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(north):
    wrong = sign_in(browser(), north.writer.email, "autre chose").content.decode()
    unknown = sign_in(browser(), "personne@example.org", "autre chose").content.decode()

    hide = lambda html, email: re.sub(r"\b\w{64}\b", "", html.replace(email, ""))  # noqa: E731
    assert hide(wrong, north.writer.email) == hide(unknown, "personne@example.org")
    assert "error" in wrong


def test_an_unknown_account_costs_as_much_hashing_as_a_known_one(north, monkeypatch):
    """Or the time of the answer would tell who has an account."""
    email, hashed = north.writer.email, []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args))

    sign_in(browser(), email, "autre chose")
    known, hashed[:] = len(hashed), []
    sign_in(browser(), "personne@example.org", "autre chose")

    assert known == len(hashed) > 0


def test_twelve_wrong_passwords_close_the_account_for_a_quarter_of_an_hour_from_every_address(north, monkeypatch):
    for number in range(12):
        sign_in(browser(), north.writer.email, f"essai {number}", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")

    for address in ("192.0.2.99", "198.51.100.7"):
        client = browser()
        refused = sign_in(client, north.writer.email, HTTP_X_FORWARDED_FOR=address, REMOTE_ADDR=address)
        assert not is_signed_in(client)
        assert refused.status_code in (200, 429)

    somebody_else = browser()
    sign_in(somebody_else, north.publisher.email)
    assert is_signed_in(somebody_else)

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 1)
    later = browser()
    sign_in(later, north.writer.email)
    assert is_signed_in(later)


def test_an_address_that_tries_many_accounts_is_closed_whatever_it_claims_to_be():
    for number in range(100):
        sign_in(browser(), f"quelqu-un-{number}@example.org", "essai", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    person = UserFactory()
    same_address, another = browser(), browser()

    sign_in(same_address, person.email, HTTP_X_FORWARDED_FOR="203.0.113.200")
    sign_in(another, person.email, REMOTE_ADDR="198.51.100.8")

    assert not is_signed_in(same_address)
    assert is_signed_in(another)


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse", "azertyuiop123", "Bretagne", "aaaa aaaa aaaa aaaa aaaa aaaa",
        "Azerty123456", "Motdepasse2026!", "Qwerty-654321", "Abcdef-012345", "Bretagne2026!", "AAAAaaaa1111",
    ],
)  # fmt: skip
def test_a_weak_password_is_refused_with_what_is_expected(password, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.passwords.StrengthValidator"}]

    with pytest.raises(ValidationError, match="12 caractères"):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["Hermine-35-Zef", "Kouign4manN-beurre", "tG7-pq92-Lmw3", "le vent tourne au noroît ce soir"]
)
def test_a_strong_password_or_a_sentence_is_accepted(password, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.passwords.StrengthValidator"}]

    validate_password(password)


def test_nobody_signs_up():
    response = browser().post(
        reverse("account_signup"),
        {"email": "intrus@example.org", "password1": "Hermine-35-Zef", "password2": "Hermine-35-Zef"},
    )

    assert "sur invitation" in response.content.decode()
    assert not get_user_model().objects.filter(email="intrus@example.org").exists()


def test_a_forgotten_password_is_chosen_anew_by_a_link(north):
    client = browser()
    client.post(reverse("account_reset_password"), {"email": north.writer.email})
    link = re.search(rf"http://{EDITOR_HOST}(/admin/compte/mot-de-passe/nouveau/\S+)", mail.outbox[-1].body)[1]
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "Hermine-35-Zef", "password2": "Hermine-35-Zef"})

    again = browser()
    sign_in(again, north.writer.email, "Hermine-35-Zef")
    assert is_signed_in(again)


def test_asking_for_an_unknown_accounts_password_sends_a_mail_too_and_says_the_same(north):
    """One mail each way: neither the answer nor its time tells who has an account."""
    known = browser().post(reverse("account_reset_password"), {"email": north.writer.email})
    unknown = browser().post(reverse("account_reset_password"), {"email": "personne@example.org"})

    assert known.url == unknown.url
    assert [message.to for message in mail.outbox] == [[north.writer.email], ["personne@example.org"]]


def test_changing_the_password_ends_the_other_sessions(north):
    here, elsewhere = browser(), browser()
    sign_in(here, north.writer.email)
    sign_in(elsewhere, north.writer.email)

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "Hermine-35-Zef", "password2": "Hermine-35-Zef"},
    )

    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_one_sees_ones_sessions_and_ends_the_others(north):
    here, elsewhere = browser(HTTP_USER_AGENT="Le poste du bureau"), browser(HTTP_USER_AGENT="Le téléphone")
    sign_in(here, north.writer.email)
    sign_in(elsewhere, north.writer.email)

    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Le poste du bureau" in page
    assert "Le téléphone" in page

    here.post(reverse("usersessions_list"))
    assert UserSession.objects.filter(user=north.writer).count() == 1
    assert elsewhere.get("/admin/").status_code == 302


@pytest.mark.parametrize("view", ["mfa_index", "usersessions_list", "account_change_password"])
def test_the_pages_of_ones_account_are_in_the_editor(north, view):
    client = browser()
    sign_in(client, north.writer.email)

    response = client.get(reverse(view))

    assert response.status_code == 200
    assert "Menu principal" in response.content.decode() or "sidebar" in response.content.decode()


def test_adding_a_second_factor_asks_for_the_password_once_more(north):
    client = browser()
    sign_in(client, north.writer.email)
    activate = reverse("mfa_activate_totp")

    asked = client.get(activate)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    client.post(asked.url, {"password": PASSWORD})

    assert 'src="data:image/svg+xml' in client.get(activate).content.decode()


def test_the_account_page_leads_to_password_second_factor_and_sessions(north):
    client = browser()
    sign_in(client, north.writer.email)
    page = client.get(reverse("wagtailadmin_account")).content.decode()

    for view in ("account_change_password", "mfa_index", "usersessions_list"):
        assert reverse(view) in page


def code_of(secret) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_with_an_authenticator_app_the_password_is_not_enough(north):
    secret = add_second_factor(north.publisher)
    client = browser()

    asked = sign_in(client, north.publisher.email)
    assert asked.url.startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)

    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_signed_in(client)


def test_a_recovery_code_opens_once(north):
    add_second_factor(north.publisher)
    code = RecoveryCodes.activate(north.publisher).get_unused_codes()[0]

    def signs_in_with(code):
        client = browser()
        sign_in(client, north.publisher.email)
        client.post(reverse("mfa_authenticate"), {"code": code})
        return is_signed_in(client)

    assert signs_in_with(code)
    assert not signs_in_with(code)


@pytest.mark.parametrize("is_superuser", [True, False])
def test_who_looks_after_every_site_is_asked_for_a_second_factor_before_anything_else(is_superuser, portal):
    admin = UserFactory(is_superuser=True) if is_superuser else member_of(Group.objects.get(name=roles.RESEAU.label))
    client = browser()
    sign_in(client, admin.email)

    for path in ("/admin/", "/admin/pages/", "/admin/api/main/pages/"):
        assert client.get(path).url == reverse("mfa_index")

    add_second_factor(admin)
    assert client.get("/admin/").status_code == 200


def test_the_staff_of_a_pole_may_do_without(north):
    client = browser()
    sign_in(client, north.publisher.email)

    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("host", ["reseau.test:4001", "RESEAU.test", "reseau.test."])
def test_the_editor_answers_at_its_exact_address_only(north, host):
    """Or each way to write it would have its own count of wrong passwords, and its own address in mails."""
    response = browser().post(LOGIN, {"login": north.writer.email, "password": PASSWORD}, headers={"host": host})

    assert response.status_code in (302, 400)
    if response.status_code == 302:
        assert response.url == f"http://{EDITOR_HOST}{LOGIN}"


def test_letters_that_look_otherwise_do_not_give_an_account_more_attempts(north):
    north.writer.email = "soizic@example.org"
    north.writer.save()
    for number in range(10):
        sign_in(browser(), "ſoizic@example.org" if number % 2 else "soizic@example.org", "essai")

    client = browser()
    sign_in(client, "ſoizic@example.org")
    assert not is_signed_in(client)
    sign_in(client, "soizic@example.org")
    assert not is_signed_in(client)


def test_no_page_about_an_account_is_kept_by_a_browser(north):
    for name in ("account_login", "account_reset_password", "account_change_password", "mfa_index"):
        for client in (browser(), north.writer_client):
            response = client.get(reverse(name))
            kept = response.headers.get("Cache-Control", "")
            assert response.status_code in (301, 302) or "no-store" in kept or "private" in kept, name


def test_asking_for_an_address_too_often_is_answered_in_french(north):
    for _time in range(25):
        response = browser().post(reverse("account_reset_password"), {"email": north.writer.email})

    assert response.status_code == 429 and "Trop de tentatives" in response.content.decode()
