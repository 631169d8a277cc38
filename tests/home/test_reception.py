"""Where a site receives people: its contact page, three ways to get involved, and forms that lose nothing."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from core.models import SiteIdentity
from home.models import ContactPage, GetInvolvedPage, InvolvementText
from inbox.delivery import deliver_late
from inbox.models import Message
from network.provisioning import provision_pole
from tests.factories import ImageFactory, StandardPageFactory
from tests.visits import commit, filled_in, send, visit

CONTACT = {"about": "Une salle", "message": "Bonjour,\nune salle ?", "name": "Maëlle", "email": "maelle@example.org"}
ANSWERS = {
    "/contact/": CONTACT,
    "/mon-projet/": {**CONTACT, "commune": "Cancale", "stage": "idea"},
    "/adherer/": {**CONTACT, "organisation": "Les Copeaux"},
    "/coup-de-main/": {**CONTACT, "availability": "le samedi"},
}


@pytest.fixture
def contact(north):
    return ContactPage.objects.child_of(north.home).get()


def test_a_new_site_opens_with_a_contact_page_that_its_header_and_footer_lead_to(north):
    home = BeautifulSoup(north.visitor.get("/").content, "html.parser")

    assert home.select_one('header a[href="/contact/"]') and home.select_one('footer a[href="/contact/"]')
    assert north.visitor.get("/contact/").status_code == 200


def test_a_pole_of_before_gets_its_pages_when_it_is_provisioned_again(north, contact):
    contact.delete()
    GetInvolvedPage.objects.child_of(north.home).get(purpose="project").delete()
    StandardPageFactory(parent=north.home, slug="contact")  # its own page of before keeps its address

    for _ in range(2):
        provision_pole(pays=north.pole.pays.slug, name=north.pole.name, hostname=north.site.hostname)

    assert ContactPage.objects.child_of(north.home).get().slug == "contact-2"
    assert GetInvolvedPage.objects.child_of(north.home).count() == 3


def test_what_its_people_put_in_the_trash_does_not_come_back(north, contact):
    north.publisher_client.post(reverse("wagtailadmin_pages:delete", args=[contact.pk]))

    provision_pole(pays=north.pole.pays.slug, name=north.pole.name, hostname=north.site.hostname)

    assert not ContactPage.objects.child_of(north.home).exists()


def test_the_contact_page_says_who_where_and_when(north, contact):
    identity = SiteIdentity.for_site(north.site)
    identity.phone, identity.street_address, identity.city = "02 61 91 00 00", "1 rue des Halles", "Cancale"
    identity.save()
    contact.opening_hours = "Mardi, 9 h – 12 h"
    contact.latitude, contact.longitude = "48.67", "-1.85"
    portrait = ImageFactory(collection=north.pole.collection)
    contact.team = [
        {"type": "person", "value": {"name": f"Personne {n}", "portrait": {"image": portrait.pk, "decorative": True}}}
        for n in range(40)
    ]
    contact.save_revision().publish()
    commit()

    html = north.visitor.get("/contact/").content.decode()

    assert 'href="tel:0261910000"' in html and "Mardi, 9" in html and "1 rue des Halles" in html
    assert "openstreetmap.org/?mlat=48.670000" in html
    assert html.count('class="person__name"') == 40 and html.count('class="person__portrait"') == 40


@pytest.mark.parametrize("path", ANSWERS)
def test_a_message_is_stored_and_mailed_once(north, path):
    SiteIdentity.objects.filter(site=north.site).update(email="pole@nord.example.org")

    response = send(north.visitor, path, **ANSWERS[path])
    commit()

    assert response.status_code == 200 and "bien arrivé" in response.content.decode()
    message = Message.objects.get()
    assert message.home_id == north.home.pk and message.mailed_at
    (mailed,) = mail.outbox
    assert (mailed.to, mailed.reply_to) == (["pole@nord.example.org"], ["maelle@example.org"])
    assert "une salle ?" in mailed.body


def test_a_project_says_where_and_how_far_it_is(north):
    send(north.visitor, "/mon-projet/", **ANSWERS["/mon-projet/"])

    message = Message.objects.get()
    assert message.subject == "Un projet à Cancale"
    assert [answer for _label, answer in message.details] == ["Cancale", "J’ai une idée"]


def test_without_an_address_of_the_site_those_who_publish_it_are_told(north):
    SiteIdentity.objects.filter(site=north.site).update(email="")
    people = north.publisher, north.writer

    send(north.visitor, "/contact/", **CONTACT)
    commit()

    assert mail.outbox[0].to == [people[0].email]


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "mаelle@example.org"}, "email"),  # the second letter is Cyrillic
        ({"answer_by": "phone"}, "phone"),
        ({"answer_by": "phone", "phone": "demain"}, "phone"),
        ({"answer_by": "pigeon"}, "answer_by"),
        ({"message": "x" * 4001}, "message"),
        ({"name": "x" * 121}, "name"),
        ({"form_key": ""}, None),
        ({"form_key": "forgé:abc:def"}, None),
    ],
)
def test_what_is_wrong_is_explained_and_nothing_typed_is_lost(north, path, wrong, field):
    response = send(north.visitor, path, **{**ANSWERS[path], **wrong})

    assert response.status_code == 422
    assert (field or "__all__") in response.context["form"].errors
    _address, shown = filled_in(response.content.decode())
    kept = {name: value for name, value in ANSWERS[path].items() if name not in wrong}
    assert {name: shown.get(name) for name in kept if name in shown} == {
        name: value for name, value in kept.items() if name in shown
    }
    assert not Message.objects.exists()
    if field is None:  # what comes back can be sent
        assert shown["form_key"] != wrong["form_key"]


@pytest.mark.parametrize("seconds", [0.1, timedelta(days=2).total_seconds()])
def test_a_form_sent_too_fast_or_too_late_comes_back_and_can_be_sent_again(north, seconds):
    response = send(north.visitor, "/contact/", seconds=seconds, **CONTACT)
    assert response.status_code == 422 and "maelle@example.org" in response.content.decode()


def test_line_breaks_go_into_no_header(north):
    SiteIdentity.objects.filter(site=north.site).update(email="pole@nord.example.org")
    broken = {name: f"{value}\r\nBcc: tous@example.org" for name, value in CONTACT.items() if name != "email"}

    send(north.visitor, "/contact/", **{**CONTACT, **broken})
    commit()

    assert "\n" not in Message.objects.get().subject
    assert mail.outbox[0].recipients() == ["pole@nord.example.org"]


def test_mail_that_is_down_loses_nothing_and_is_tried_again(north, settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    assert send(north.visitor, "/contact/", **CONTACT).status_code == 200
    commit()
    assert Message.objects.get().mailed_at is None

    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=10))
    assert deliver_late() == 1
    assert len(mail.outbox) == 1 and deliver_late() == 0


def test_a_form_that_is_sent_twice_is_one_message(north):
    address, shown = filled_in(north.visitor.get("/contact/").content.decode())
    Message.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        answers = [north.visitor.post(address, {**shown, **CONTACT}).status_code for _ in range(3)]

    assert answers == [200] * 3
    assert Message.objects.count() == 1


def test_a_form_that_was_corrected_before_it_is_sent_again_is_another_message(north):
    address, shown = filled_in(north.visitor.get("/contact/").content.decode())
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        for said in ("Une salle ?", "Deux salles ?", "Deux salles ?"):
            north.visitor.post(address, {**shown, **CONTACT, "message": said})

    assert set(Message.objects.values_list("body", flat=True)) == {"Une salle ?", "Deux salles ?"}
    assert Message.objects.count() == 2


def test_the_form_of_a_page_below_a_password_works_for_who_knows_it_and_for_nobody_else(north, contact):
    restriction = PageViewRestriction.objects.create(page=contact, restriction_type="password", password="secret")
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, contact.pk])
    north.visitor.post(address, {"password": "secret", "return_url": "/contact/"})

    assert send(north.visitor, "/contact/", **CONTACT).status_code == 200
    assert Message.objects.count() == 1
    assert visit(north.site.hostname, f"/message/{contact.pk}/").status_code == 302


def test_a_message_from_a_page_in_breton_is_labelled_in_the_language_of_those_who_read_it(north):
    north.identity.breton_enabled = True
    north.identity.save()
    commit()
    french = GetInvolvedPage.objects.child_of(north.home).get(purpose="project")
    breton = french.get_translation(Locale.objects.get(language_code="br")).specific
    breton.alias_of = None  # as when its translation begins
    breton.save()
    breton.save_revision().publish()
    commit()

    assert send(north.visitor, breton.url, **ANSWERS["/mon-projet/"]).status_code == 200

    assert Message.objects.get().details[0] == ["Dans quelle commune ?", "Cancale"]


@pytest.mark.parametrize("path", ANSWERS)
def test_an_address_answers_for_its_own_site_alone(north, south, path):
    address, shown = filled_in(north.visitor.get(path).content.decode())

    assert south.visitor.post(address, {**shown, **ANSWERS[path]}).status_code == 404
    assert north.visitor.get(address).headers["Location"] == path
    assert not north.visitor.get(path).cookies


def test_the_network_words_the_ways_in_and_every_pole_shows_it_at_once(north, south):
    page = GetInvolvedPage.objects.child_of(north.home).get(purpose="project")
    page.body = [{"type": "paragraph", "value": "<p>Au nord, le mardi.</p>"}]
    page.save_revision().publish()

    InvolvementText.objects.create(
        purpose="project", summary="Parlons-en.", introduction="<p>Une heure avec quelqu’un.</p>"
    )
    commit()

    for pole in (north, south):
        html = pole.visitor.get("/mon-projet/").content.decode()
        assert "Parlons-en." in html and "Une heure avec quelqu’un." in html
        assert ("Au nord, le mardi." in html) == (pole is north)


def test_the_three_ways_are_in_the_welcome_of_every_home(north):
    home = BeautifulSoup(north.visitor.get("/").content, "html.parser")

    assert [link["href"] for link in home.select(".hero__ways a")] == ["/mon-projet/", "/adherer/", "/coup-de-main/"]


def test_the_ways_in_are_a_block_too(north):
    north.home.body = [{"type": "ways_in", "value": {"title": "Trois façons d’entrer"}}]
    north.home.save_revision().publish()

    html = north.visitor.get("/").content.decode()

    assert "Trois façons d’entrer" in html and html.count("c’est gratuit") == 1


def test_what_is_written_to_the_network_reaches_those_who_look_after_it(portal_visitor, network_admin):
    SiteIdentity.objects.filter(site__is_default_site=True).update(email="")

    assert send(portal_visitor, "/contact/", **CONTACT).status_code == 200
    commit()

    assert mail.outbox[0].to == [network_admin.email]
