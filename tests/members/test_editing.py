"""A profile in the editor: what is refused, what a draft leaves alone, what a translation keeps."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import translate_object

from core.slugs import taken_slugs
from members.changing import add_member, publish_values
from members.models import MemberPage, Proposal
from members.verification import ask, to_ask
from tests.factories import MemberPageFactory, SectorFactory

pytestmark = pytest.mark.django_db
SIRET, OTHER = "00000001800010", "00000002600013"


def form(**more):
    """What the form of a profile posts; `more` fills it in."""
    lists = {name: value for name, value in more.items() if isinstance(value, list)}
    return lists | nested_form_data(
        {
            "title": "Les Copeaux",
            "slug": "les-copeaux",
            "family": "scop",
            "membership": "membre",
            "nomenclature": "naf-rev2",
            "page_sectors": inline_formset([]),
            "comments": inline_formset([]),
            "body": streamfield([]),
            "action-publish": "1",
            **{name: value for name, value in more.items() if name not in lists},
        }
    )


def add(pole, **more):
    return pole.publisher_client.post(f"/admin/pages/add/members/memberpage/{pole.directory.pk}/", form(**more))


def test_a_profile_is_published_with_a_name_and_a_family(north):
    add(north, phone="0261910001", website="https://copeaux.example.org/", labels=["esus"])

    member = MemberPage.objects.get()
    assert (member.live, member.phone, member.labels) == (True, "02 61 91 00 01", ["esus"])


def test_every_fault_is_told_at_once(north):
    response = add(
        north, siret="123", phone="demander", latitude="-1.2", longitude="48.3", postcode="3", since="2024-01-01",
        until="2020-01-01",
    )  # fmt: skip

    errors = set(response.context["form"].errors)
    assert errors == {"siret", "phone", "latitude", "postcode", "until"}
    assert not MemberPage.objects.exists()


def test_an_organisation_that_has_a_profile_is_not_written_twice(north, south):
    MemberPageFactory(parent=south.directory, title="Au sud", siret=SIRET)
    add(north, siret=SIRET)
    assert MemberPage.objects.filter(siret=SIRET).count() == 2  # another pôle's is no obstacle

    response = add(north, title="Copeaux", slug="copeaux", siret=SIRET)

    assert "Les Copeaux" in str(response.context["form"].errors["siret"])


def test_a_new_siret_takes_its_siren_with_it(north):
    member = MemberPageFactory(parent=north.directory, title="Les Copeaux", siret=SIRET)

    north.publisher_client.post(f"/admin/pages/{member.pk}/edit/", form(siret=OTHER, siren=SIRET[:9]))

    member = MemberPage.objects.get(pk=member.pk)
    assert (member.siret, member.siren) == (OTHER, OTHER[:9])


def test_a_draft_moves_nothing_in_the_directory(north):
    wood, food = SectorFactory(name="Bois"), SectorFactory(name="Cuisine")
    member = MemberPageFactory(parent=north.directory, title="Abeille", sectors=[wood])
    MemberPageFactory(parent=north.directory, title="Mésange")
    member.title = "Zibeline"
    member.page_sectors.get().sector = food
    member.page_sectors = [type(member.page_sectors.first())(sector=food)]
    member.save_revision()

    response = north.visitor.get(f"/annuaire/?secteur={wood.translation_key}")
    assert [listed.member.title for listed in response.context["members"]] == ["Abeille"]
    assert [listed.member.title for listed in north.visitor.get("/annuaire/").context["members"]] == [
        "Abeille",
        "Mésange",
    ]


def test_what_waits_for_its_hour_still_goes_on_line_with_the_change(north):
    member = MemberPageFactory(parent=north.directory, title="Les Copeaux")
    member.save_revision().publish()
    member = MemberPage.objects.get(pk=member.pk)
    member.summary, member.go_live_at = "Plus tard.", timezone.now() + timedelta(days=2)
    member.save_revision().publish()

    publish_values(member, {"telephone": "02 61 91 00 01"})

    member = MemberPage.objects.get(pk=member.pk)
    assert (member.phone, member.summary) == ("02 61 91 00 01", "")
    scheduled = member.scheduled_revision.as_object()
    assert (scheduled.phone, scheduled.summary) == ("02 61 91 00 01", "Plus tard.")


def test_a_profile_never_published_keeps_what_is_being_written(north):
    member = MemberPageFactory(parent=north.directory, title="Les Copeaux", live=False)
    member.summary = "En cours."
    member.save_revision()

    publish_values(member, {"telephone": "02 61 91 00 01"})

    member = MemberPage.objects.get(pk=member.pk)
    draft = member.get_latest_revision_as_object()
    assert not member.live
    assert (draft.summary, draft.phone) == ("En cours.", "02 61 91 00 01")


def test_a_review_is_not_ended_by_an_accepted_correction(north):
    member = MemberPageFactory(parent=north.directory, title="Les Copeaux")
    member.save_revision()
    member.get_workflow().start(member, north.writer)
    proposal = Proposal.objects.create(member=member, origin="visitor", texts={"telephone": "02 61 91 00 01"})

    assert not proposal.accept(north.publisher)
    assert MemberPage.objects.get(pk=member.pk).current_workflow_state is not None


def test_a_profile_is_translated_and_listed_once_in_each_language(north, portal_visitor):
    north.identity.breton_enabled = True
    north.identity.save()
    breton = Locale.objects.get(language_code="br")
    member = MemberPageFactory(
        parent=north.directory, title="Les Copeaux", labels=["esus"], offers=["produits"], audiences=["particuliers"]
    )
    MemberPageFactory(parent=north.directory, title="Restée en français")
    translate_object(north.home, [breton])
    translate_object(north.directory, [breton])
    translate_object(member, [breton])
    source = TranslationSource.objects.get(object_id=member.translation_key)
    assert source.translations.count() == 1
    for page in (north.home, north.directory, member):
        page.get_translation(breton).save_revision().publish()
    translated = MemberPage.objects.get(translation_key=member.translation_key, locale=breton)
    assert translated.labels == ["esus"]

    found = north.visitor.get(translated.get_parent().get_url()).context["members"]
    assert [listed.member.pk for listed in found] == [
        translated.pk,
        MemberPage.objects.get(title__startswith="Restée").pk,
    ]
    on_portal = portal_visitor.get("/annuaire/").context["members"]
    assert [listed.member.title for listed in on_portal] == ["Les Copeaux", "Restée en français"]


def test_who_answered_or_was_asked_lately_is_not_asked_again(north):
    member = MemberPageFactory(parent=north.directory, email="bonjour@example.org")
    assert list(to_ask(north.directory)) == [member]
    ask(member).answer({"telephone": "02 61 91 00 01"})

    assert not to_ask(north.directory).exists()


@pytest.mark.parametrize(
    "asked",
    ["une SCOP qui fait de la menuiserie près de Fougères", "fenêtre", "menuiseries", "escaliers", "scop fougeres"],
)
def test_people_ask_in_their_own_words(north, asked):
    MemberPageFactory(
        parent=north.directory, title="Les Copeaux", family="scop", offer="Menuiserie, fenêtres, escaliers"
    )

    assert len(north.visitor.get("/annuaire/", {"q": asked}).context["members"]) == 1


@pytest.mark.parametrize("slug", ["carte", "csv", "imprimer"])
def test_a_profile_takes_no_address_that_the_directory_needs(north, slug):
    add(north, slug=slug)
    directory = type(north.directory).objects.get(pk=north.directory.pk)
    member = add_member(directory, {"nom": slug, "famille": "scop"}, taken_slugs(directory))

    assert {page.slug for page in directory.get_children()} == {f"{slug}-2", f"{slug}-3"}
    assert member.slug == f"{slug}-3"
    assert north.visitor.get(f"/annuaire/{slug}/").status_code == 200


@pytest.mark.parametrize("path", ["/fiche/{}/ecrire/", "/fiche/{}/signaler/"])
def test_a_number_of_thirty_digits_is_no_profile(north, path):
    assert north.visitor.get(path.format("9" * 30)).status_code == 404
