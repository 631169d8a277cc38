"""Profiles that stay right: visitors report, organisations verify by their own link, the pôle accepts in one click."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from inbox.models import Message
from members.lookups import look_up, look_up_due
from members.models import LookedUp, MemberPage, Proposal, VerificationRequest
from members.verification import ask, to_ask
from tests.factories import MemberPageFactory
from tests.visits import send

pytestmark = pytest.mark.django_db
CAPTURE = "django_capture_on_commit_callbacks"


@pytest.fixture
def member(north):
    return MemberPageFactory(
        parent=north.directory,
        title="Les Copeaux",
        family="scop",
        phone="02 61 91 00 01",
        email="bonjour@copeaux.example.org",
    )


@pytest.fixture
def link(member, django_capture_on_commit_callbacks):
    """The path of the link that the organisation received."""
    with django_capture_on_commit_callbacks(execute=True):
        ask(member)
    return re.search(r"http://nord\.test(/fiche/verifier/\S+)", mail.outbox[-1].body)[1]


def fields(form) -> dict:
    """What a browser would send of the form as it is shown."""
    return {field.html_name: "" if field.value() is None else field.value() for field in form}


def reload(member) -> MemberPage:
    return MemberPage.objects.get(pk=member.pk)


def decide(client, pole, proposal, action="accept"):
    address = f"/admin/annuaire/{pole.directory.pk}/corrections/"
    return client.post(address, {"proposal": proposal.pk, "action": action}, follow=True)


def test_an_organisation_that_finds_its_profile_right_has_it_verified_at_once(north, member, link):
    form = north.visitor.get(link).context["form"]

    response = north.visitor.post(link, fields(form))

    assert response.status_code == 200
    assert reload(member).verified_on == timezone.localdate()
    assert not Proposal.objects.exists()
    assert "vérifiée le" in north.visitor.get(member.get_url()).content.decode()


def test_its_corrections_wait_for_the_pole_which_accepts_them_in_one_click(north, member, link):
    form = north.visitor.get(link).context["form"]
    north.visitor.post(link, {**fields(form), "telephone": "0261910099", "publics": ["entreprises", "particuliers"]})
    assert reload(member).phone == "02 61 91 00 01"
    proposal = Proposal.objects.get()
    assert proposal.texts == {"telephone": "02 61 91 00 99", "publics": "particuliers | entreprises"}
    page = north.publisher_client.get(f"/admin/annuaire/{north.directory.pk}/corrections/").content.decode()
    assert "02 61 91 00 01" in page and "02 61 91 00 99" in page

    decide(north.publisher_client, north, proposal)

    member = reload(member)
    assert (member.phone, member.audiences) == ("02 61 91 00 99", ["particuliers", "entreprises"])
    assert member.verified_on == timezone.localdate()
    assert not Proposal.objects.waiting().exists()


def test_a_correction_set_aside_changes_nothing(north, member, link):
    form = north.visitor.get(link).context["form"]
    north.visitor.post(link, {**fields(form), "telephone": "0261910099"})

    decide(north.publisher_client, north, Proposal.objects.get(), "decline")

    assert reload(member).phone == "02 61 91 00 01"


def test_two_people_who_accept_at_once_publish_once(north, member, link):
    form = north.visitor.get(link).context["form"]
    north.visitor.post(link, {**fields(form), "telephone": "0261910099"})
    proposal = Proposal.objects.get()

    assert proposal.accept(north.publisher)
    assert not Proposal.objects.get(pk=proposal.pk).accept(north.publisher)


@pytest.mark.parametrize(
    ("name", "value"),
    [("telephone", "demander Yann"), ("siret", "123"), ("site_web", "javascript:alert(1)"), ("nom", ""),
     ("courriel", "non")],
)  # fmt: skip
def test_a_wrong_value_is_explained_and_nothing_typed_is_lost(north, member, link, name, value):
    form = north.visitor.get(link).context["form"]
    response = north.visitor.post(link, {**fields(form), name: value, "presentation": "Un long texte."})

    assert response.status_code == 422
    assert name in response.context["form"].errors
    assert "Un long texte." in response.content.decode()
    assert VerificationRequest.objects.pending().exists()


def test_a_link_is_good_once_until_its_end_for_one_profile_and_on_its_own_site(north, south, member, link):
    assert south.visitor.get(link).status_code == 404
    other = MemberPageFactory(parent=north.directory, title="Autre", email="autre@example.org")
    assert north.visitor.get(link).context["member"] == member

    tampered = f"{link[:-2]}{'b' if link[-2] == 'a' else 'a'}/"
    assert north.visitor.get(tampered).status_code == 404
    assert reload(other).verified_on is None

    VerificationRequest.objects.update(sent_at=timezone.now() - VerificationRequest.VALIDITY - timedelta(days=1))
    assert north.visitor.get(link).status_code == 410

    VerificationRequest.objects.update(sent_at=timezone.now())
    form = north.visitor.get(link).context["form"]
    assert north.visitor.post(link, fields(form)).status_code == 200
    assert north.visitor.post(link, {**fields(form), "telephone": "0261910099"}).status_code == 410
    assert not Proposal.objects.exists()


def test_sending_again_makes_the_first_link_worthless(north, member, link, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(reload(member))

    assert north.visitor.get(link).status_code == 404
    assert VerificationRequest.objects.count() == 1


def test_the_pole_asks_all_who_are_due_in_one_click_and_sees_who_has_not_answered(
    north, member, django_capture_on_commit_callbacks
):
    MemberPageFactory(parent=north.directory, title="Vérifiée", email="v@example.org", verified_on=timezone.localdate())
    MemberPageFactory(parent=north.directory, title="Sans adresse", phone="02 61 91 00 07")
    address = f"/admin/annuaire/{north.directory.pk}/verification/"

    with django_capture_on_commit_callbacks(execute=True):
        tick = [member.pk for member in to_ask(north.directory)]
        north.publisher_client.post(address, {"ask": tick})

    assert [message.to for message in mail.outbox] == [["bonjour@copeaux.example.org"]]
    page = north.publisher_client.get(address).content.decode()
    assert "bonjour@copeaux.example.org" in page and "Sans adresse" in page
    assert not to_ask(north.directory).exists()


def test_a_date_of_verification_publishes_nobodys_draft(north, member, link):
    member.summary = "Un brouillon."
    member.save_revision()
    form = north.visitor.get(link).context["form"]
    north.visitor.post(link, fields(form))

    member = reload(member)
    assert member.verified_on == timezone.localdate() and member.summary == ""
    draft = member.get_latest_revision_as_object()
    assert (draft.summary, draft.verified_on) == ("Un brouillon.", timezone.localdate())


def test_any_visitor_reports_an_error(north, member):
    address = f"/fiche/{member.pk}/signaler/"
    assert send(north.visitor, address, message="").status_code == 422

    send(north.visitor, address, message="La porte est côté cour.", email="")

    message = Message.objects.get()
    assert (message.page_id, message.kind, message.body) == (member.pk, "correction", "La porte est côté cour.")
    assert "Erreur sur la fiche" in north.publisher_client.get("/admin/messages/").content.decode()


def test_a_visitor_writes_without_learning_the_address(north, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = send(north.visitor, f"/fiche/{member.pk}/ecrire/", email="moi@example.org", message="Bonjour !")

    assert "bonjour@" not in response.content.decode()
    (mailed,) = mail.outbox
    assert (mailed.to, mailed.reply_to) == (["bonjour@copeaux.example.org"], ["moi@example.org"])
    assert "Bonjour !" in mailed.body
    assert Message.objects.get().recipient == "bonjour@copeaux.example.org"


def test_programs_that_fill_in_every_field_send_nothing(north, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(
            north.visitor, f"/fiche/{member.pk}/ecrire/", email="moi@example.org", message="Achetez !", site="https://x"
        )

    assert mail.outbox == [] and not Message.objects.exists()


def test_nobody_sends_messages_by_the_dozen(north, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answers = [
            send(north.visitor, f"/fiche/{member.pk}/ecrire/", email="moi@example.org", message="Encore").status_code
            for _ in range(7)
        ]

    assert answers == [200] * 5 + [422] * 2
    assert len(mail.outbox) == 5


@pytest.mark.parametrize("what", ["ecrire", "signaler"])
def test_a_profile_of_another_site_or_a_draft_has_no_forms(north, south, member, what):
    draft = MemberPageFactory(parent=north.directory, title="Brouillon", live=False, email="b@example.org")

    assert south.visitor.get(f"/fiche/{member.pk}/{what}/").status_code == 404
    assert north.visitor.get(f"/fiche/{draft.pk}/{what}/").status_code == 404
    assert not north.visitor.get(f"/fiche/{member.pk}/{what}/").cookies


def test_a_cessation_found_in_the_register_is_a_task_and_never_a_change(north, settings):
    settings.REGISTRY_LOOKUP = "core.lookups.Offline"
    member = MemberPageFactory(parent=north.directory, siret="00000001800010")
    MemberPage.objects.filter(pk=member.pk).update(siret="00000000000019")

    proposal = look_up(reload(member))

    assert "cessé" in proposal.message
    assert reload(member).live
    assert look_up(reload(member)) is None  # said once


def test_a_position_found_from_the_address_waits_to_be_accepted(north, settings):
    settings.ADDRESS_LOOKUP = "core.lookups.Offline"
    member = MemberPageFactory(parent=north.directory, commune="Fougères")

    look_up_due()

    assert reload(member).position is None
    decide(north.publisher_client, north, Proposal.objects.get())
    assert str(reload(member).latitude) == "48.352500"
    assert LookedUp.objects.count() == 1


def test_nobody_is_asked_where_no_provider_is_set(north):
    MemberPageFactory(parent=north.directory)
    look_up_due()

    assert not LookedUp.objects.exists()
