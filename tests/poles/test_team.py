"""« L'équipe »: people invite, change, remove and hand over, within their own pôle."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from articles.models import ArticlePage
from poles import roles
from poles.audit import AuditEntry
from poles.invitations import Invitation
from poles.team import TeamRefusal
from tests.accounts.test_sign_in import browser, is_signed_in, sign_in
from tests.conftest import EDITOR_HOST
from tests.factories import ArticlePageFactory, ImageFactory, UserFactory

pytestmark = pytest.mark.django_db

NEW = {"first_name": "Une", "last_name": "Collègue", "password": "Hermine-35-Zef", "again": "Hermine-35-Zef"}


def team_of(pole) -> str:
    return reverse("team", args=[pole.pole.pays.slug])


def invite(pole, email="collegue@example.org", role="redaction", client=None):
    return (client or pole.publisher_client).post(team_of(pole), {"email": email, "role": role})


def link() -> str:
    return re.search(rf"http://{EDITOR_HOST}(/admin/invitation/\S+)", mail.outbox[-1].body)[1]


def test_an_invited_colleague_chooses_a_password_and_writes(north, django_capture_on_commit_callbacks):
    assert invite(north).status_code == 302
    client = browser()
    assert "collegue@example.org" in client.get(link()).content.decode()

    response = client.post(link(), NEW)

    assert response.url == "/admin/"
    person = get_user_model().objects.get(email="collegue@example.org")
    assert list(person.groups.all()) == [north.pole.writers]
    assert client.get(reverse("wagtailadmin_pages:add_subpage", args=[north.index.pk])).status_code in (200, 302)
    assert "Pôle Nord" in client.get("/admin/").content.decode()


def test_the_mail_is_in_french_and_says_where_what_and_until_when(north):
    invite(north, role="publication")

    message = mail.outbox[-1]
    assert message.subject == "Invitation à écrire : Pôle Nord"
    assert "Publication" in message.body
    assert "sept jours" in message.body


def test_a_link_works_once(north):
    invite(north)
    address = link()
    browser().post(address, NEW)

    again = browser().get(address)

    assert again.status_code == 410
    assert "déjà servi" in again.content.decode()


def test_a_link_is_good_for_seven_days(north):
    invite(north)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=7, minutes=1))

    response = browser().post(link(), NEW)

    assert response.status_code == 410
    assert not get_user_model().objects.filter(email="collegue@example.org").exists()


def test_sending_again_makes_the_first_link_worthless(north):
    invite(north)
    first, invitation = link(), Invitation.objects.get()

    north.publisher_client.post(reverse("team_resend", args=[north.pole.pays.slug, invitation.pk]))

    assert link() != first
    assert browser().get(first).status_code == 410
    assert browser().get(link()).status_code == 200


def test_a_withdrawn_invitation_opens_nothing(north):
    invite(north)
    invitation = Invitation.objects.get()

    north.publisher_client.post(reverse("team_withdraw", args=[north.pole.pays.slug, invitation.pk]))

    assert browser().get(link()).status_code == 410


def test_a_forged_link_opens_nothing(north):
    assert browser().get("/admin/invitation/WzEsImFiYyJd:1abc:nimporte/").status_code == 410


def test_a_weak_password_is_refused_and_the_name_is_kept(north, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.passwords.StrengthValidator"}]
    invite(north)

    response = browser().post(link(), {**NEW, "password": "facile", "again": "facile"})

    assert response.status_code == 200
    content = response.content.decode()
    assert "12 caractères" in content
    assert 'value="Collègue"' in content


def test_who_has_an_account_signs_in_and_belongs_to_two_poles(north, south):
    invite(south, email=north.writer.email)
    visitor = browser()
    assert "déjà un compte" in visitor.get(link()).content.decode()
    assert "password" not in visitor.get(link()).content.decode()

    sign_in(visitor, north.writer.email)
    visitor.post(link())

    assert set(north.writer.groups.all()) == {north.pole.writers, south.pole.writers}
    home = visitor.get("/admin/").content.decode()
    assert "Pôle Nord" in home
    assert "Pôle Sud" in home


def test_a_link_is_for_the_person_it_was_sent_to(north, south):
    invite(south, email=north.writer.email)

    response = north.publisher_client.post(link())

    assert "un autre compte" in response.content.decode()
    assert south.pole.writers not in north.publisher.groups.all()


def test_inviting_somebody_who_is_there_says_so_and_keeps_what_was_typed(north):
    response = invite(north, email=north.writer.email)

    assert "déjà" in response.content.decode()
    assert north.writer.email in response.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize("role", ["reseau", "superuser", "", "Publication"])
def test_a_pole_invites_to_its_own_roles_only(north, role):
    assert invite(north, role=role).status_code == 200
    assert not Invitation.objects.exists()


def test_a_writer_neither_sees_nor_manages_the_team(north):
    assert north.writer_client.get(team_of(north)).status_code in (302, 403)
    assert invite(north, client=north.writer_client).status_code in (302, 403)
    assert not Invitation.objects.exists()
    assert team_of(north) not in north.writer_client.get("/admin/").content.decode()


def test_nobody_raises_themselves(north):
    change = reverse("team_change_role", args=[north.pole.pays.slug, north.writer.pk])

    north.writer_client.post(change, {"role": "publication"})

    assert list(north.writer.groups.all()) == [north.pole.writers]


def test_a_publisher_changes_the_role_of_a_colleague(north):
    change = reverse("team_change_role", args=[north.pole.pays.slug, north.writer.pk])

    north.publisher_client.post(change, {"role": "publication"})

    assert list(north.writer.groups.all()) == [north.pole.publishers]


def test_the_last_publisher_cannot_be_taken_away(north, network_client):
    remove = reverse("team_remove", args=[north.pole.pays.slug, north.publisher.pk])

    response = network_client.post(remove, {"heir": ""}, follow=True)

    assert "dernière personne" in response.content.decode()
    assert list(north.publisher.groups.all()) == [north.pole.publishers]


def test_a_removed_colleague_is_out_at_once_and_their_work_is_handed_over(north):
    article = ArticlePageFactory(parent=north.index, owner=north.writer)
    picture = ImageFactory(collection=north.collection, uploaded_by_user=north.writer)
    client = browser()
    sign_in(client, north.writer.email)

    north.publisher_client.post(
        reverse("team_remove", args=[north.pole.pays.slug, north.writer.pk]), {"heir": north.publisher.pk}
    )

    assert not north.writer.groups.exists()
    assert not UserSession.objects.filter(user=north.writer).exists()
    assert client.get("/admin/").url.startswith("/admin/login/")
    assert ArticlePage.objects.get(pk=article.pk).owner == north.publisher
    picture.refresh_from_db()
    assert picture.uploaded_by_user == north.publisher


def test_leaving_one_pole_leaves_the_work_in_the_other_alone(north, south):
    north.writer.groups.add(south.pole.writers)
    elsewhere = ArticlePageFactory(parent=south.index, owner=north.writer)

    north.publisher_client.post(
        reverse("team_remove", args=[north.pole.pays.slug, north.writer.pk]), {"heir": north.publisher.pk}
    )

    assert list(north.writer.groups.all()) == [south.pole.writers]
    assert ArticlePage.objects.get(pk=elsewhere.pk).owner == north.writer


def test_the_network_manages_every_team_and_its_own(north, network_client, network_admin):
    reseau = reverse("team", args=["reseau"])
    page = network_client.get(team_of(north)).content.decode()
    assert reseau in page

    network_client.post(reseau, {"email": "autre@example.org", "role": "reseau"})
    browser().post(link(), NEW)

    assert Group.objects.get(name=roles.RESEAU.label).user_set.filter(email="autre@example.org").exists()


def test_the_team_of_the_network_is_closed_to_the_poles(north):
    assert north.publisher_client.get(reverse("team", args=["reseau"])).status_code in (302, 403)


# The journal


def journal(client, pole) -> str:
    return client.get(reverse("journal", args=[pole.pole.pays.slug])).content.decode()


def test_the_journal_says_who_did_what(north):
    client = browser()
    sign_in(client, north.writer.email, "pas le bon")
    sign_in(client, north.writer.email)
    client.get("/admin/groups/")
    invite(north)
    article = ArticlePageFactory(parent=north.index, title="Un bel article")
    north.writer_client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    article.save_revision(user=north.writer, log_action=True).publish(user=north.publisher)

    page = journal(north.publisher_client, north)

    for text in (
        "n’a pas réussi à se connecter",
        "s’est connecté",
        "a reçu un refus",
        "/admin/groups/",
        "a invité",
        "Un bel article",
    ):
        assert text in page


def test_the_journal_of_a_pole_says_nothing_of_another(north, south):
    sign_in(browser(), south.writer.email)
    ArticlePageFactory(parent=south.index, title="Secret du sud").save_revision(user=south.writer, log_action=True)

    assert "Secret du sud" not in journal(north.publisher_client, north)
    assert south.writer.email not in journal(north.publisher_client, north)
    assert north.publisher_client.get(reverse("journal", args=[south.pole.pays.slug])).status_code in (302, 403)


def test_the_journal_is_downloaded_as_a_table_without_formulas(north):
    AuditEntry.objects.create(pole=north.pole, action="refused", actor_name="=HYPERLINK(1)")

    response = north.publisher_client.get(reverse("journal", args=[north.pole.pays.slug]), {"export": "csv"})

    content = b"".join(response.streaming_content).decode()
    assert content.startswith("\ufeffDate,")
    assert "'=HYPERLINK(1)" in content


def test_the_journal_takes_as_many_queries_whatever_its_length(north):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            journal(north.publisher_client, north)
        return len(captured)

    journal(north.publisher_client, north)
    short = queries()
    AuditEntry.objects.bulk_create(AuditEntry(pole=north.pole, action="signed_in") for _ in range(300))

    assert queries() <= short


def test_an_account_without_a_team_signs_in_and_is_told_that_it_opens_nothing():
    client = Client(SERVER_NAME=EDITOR_HOST)
    sign_in(client, UserFactory().email)
    assert is_signed_in(client)

    page = client.get("/admin/", follow=True)

    assert page.redirect_chain[-1][0].startswith("/admin/login/")
    assert "rattaché à aucun pôle" in page.content.decode()


def test_what_is_deleted_stays_in_the_journal(north):
    article = ArticlePageFactory(parent=north.index, title="Éphémère")
    picture = ImageFactory(title="Photo ratée", collection=north.collection)
    north.publisher_client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    north.publisher_client.post(reverse("wagtailimages:delete", args=[picture.pk]))

    page = journal(north.publisher_client, north)

    for text in ("a supprimé", "Éphémère", "Photo ratée"):
        assert text in page


def test_a_change_of_the_look_is_in_the_journal_and_addresses_are_readable(north):
    AuditEntry.objects.create(pole=north.pole, action="signed_in", address="192.0.2.1")
    ModelLogEntry.objects.log_action(instance=north.identity, action="wagtail.edit", user=north.publisher)

    page = journal(north.publisher_client, north)

    assert "<td>192.0.2.1</td>" in page
    assert str(north.identity) in page


def test_nobody_changes_their_own_role_or_removes_themselves(north):
    north.writer.groups.set([north.pole.publishers])  # somebody else publishes too
    change = reverse("team_change_role", args=[north.pole.pays.slug, north.publisher.pk])
    remove = reverse("team_remove", args=[north.pole.pays.slug, north.publisher.pk])

    assert (
        "quelqu’un d’autre" in north.publisher_client.post(change, {"role": "redaction"}, follow=True).content.decode()
    )
    assert "quelqu’un d’autre" in north.publisher_client.post(remove, {"heir": ""}, follow=True).content.decode()
    assert list(north.publisher.groups.all()) == [north.pole.publishers]


def test_an_invitation_withdrawn_while_it_is_answered_is_not_honoured(north):
    invite(north)
    answered = Invitation.objects.get()
    Invitation.objects.all().delete()

    with pytest.raises(TeamRefusal):
        answered.accept(UserFactory())

    assert not Invitation.objects.exists()
