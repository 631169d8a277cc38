"""One organisation, several profiles: once on the portal, one of two in a directory."""

import pytest
from wagtail.models import PageViewRestriction

from members.duplicates import find_pairs
from members.models import MemberImport, MemberPage, Proposal
from tests.factories import MemberPageFactory

pytestmark = pytest.mark.django_db
SIRET = "00000001800010"


def test_the_portal_shows_an_organisation_of_two_poles_once_with_both_names(north, south, portal_visitor):
    for pole in (north, south):
        MemberPageFactory(parent=pole.directory, title="Les Aubépines", siret=SIRET)
    MemberPageFactory(parent=south.directory, title="Au sud")

    response = portal_visitor.get("/annuaire/")
    (both, south_only) = response.context["members"][::-1]

    assert (both.member.title, both.pole_names) == ("Les Aubépines", ["Pôle Nord", "Pôle Sud"])
    assert (south_only.member.title, south_only.pole_names) == ("Au sud", ["Pôle Sud"])
    for name in ("Pôle Nord", "Pôle Sud"):
        assert "Les Aubépines" in [
            listed.member.title for listed in portal_visitor.get("/annuaire/", {"pole": name}).context["members"]
        ]
    rows = portal_visitor.get("/annuaire/json/").json()["membres"]
    assert {row["nom"]: row["poles"] for row in rows}["Les Aubépines"] == "Pôle Nord | Pôle Sud"


def test_an_rna_number_makes_one_entry_where_no_siret_says_otherwise(north, south, portal_visitor):
    MemberPageFactory(parent=north.directory, title="A", rna="W000000001")
    MemberPageFactory(parent=south.directory, title="B", rna="W000000001", siret=SIRET)

    assert len(portal_visitor.get("/annuaire/").context["members"]) == 1


def test_a_profile_with_the_numbers_of_two_others_hides_neither(north, south, portal_visitor):
    MemberPageFactory(parent=south.directory, title="X", siret=SIRET)
    MemberPageFactory(parent=south.directory, title="Y", rna="W000000001")
    MemberPageFactory(parent=north.directory, title="AAA Usurpateur", siret=SIRET, rna="W000000001")

    assert [listed.member.title for listed in portal_visitor.get("/annuaire/").context["members"]] == ["X", "Y"]


def test_a_draft_or_a_private_profile_of_a_pole_is_not_on_the_portal(north, portal_visitor):
    MemberPageFactory(parent=north.directory, title="Brouillon", live=False)
    private = MemberPageFactory(parent=north.directory, title="Privée")
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="sésame")

    assert portal_visitor.get("/annuaire/").context["members"] == []


def test_duplicates_are_found_by_number_or_by_name_within_a_hundred_metres(north):
    here = {"parent": north.directory, "family": "scop"}
    MemberPageFactory(**here, title="Un", siret=SIRET)
    MemberPageFactory(**here, title="Deux", siret=SIRET)
    MemberPageFactory(**here, title="Trois", slug="t1", latitude="48.350000", longitude="-1.200000")
    MemberPageFactory(**here, title="TROIS", slug="t2", latitude="48.350500", longitude="-1.200000")  # 56 m
    MemberPageFactory(**here, title="Trois", slug="t3", latitude="48.360000", longitude="-1.200000")  # 1.1 km

    pairs = {(pair.first.title, pair.second.title) for pair in find_pairs(north.directory)}

    assert pairs == {("Deux", "Un"), ("Trois", "TROIS")}


def test_two_profiles_are_compared_then_made_one_whose_address_both_lead_to(north):
    kept = MemberPageFactory(parent=north.directory, title="Les Copeaux", siret=SIRET, phone="")
    other = MemberPageFactory(
        parent=north.directory, title="Copeaux", siret=SIRET, phone="02 61 91 00 01", area="Le pays"
    )
    former = other.get_url()
    address = f"/admin/annuaire/{north.directory.pk}/doublons/{kept.pk}/{other.pk}/"
    columns = {column["key"]: column for column in north.publisher_client.get(address).context["columns"]}
    assert columns["telephone"]["take_other"] and not columns["nom"]["take_other"]

    north.publisher_client.post(address, {"nom": "kept", "telephone": "other", "territoire": "kept"})

    merged = MemberPage.objects.get(pk=kept.pk)
    assert (merged.title, merged.phone, merged.area) == ("Les Copeaux", "02 61 91 00 01", "")
    assert not MemberPage.objects.get(pk=other.pk).live
    assert north.visitor.get(former)["Location"].endswith("/annuaire/les-copeaux/")


def test_what_was_merged_once_is_not_merged_the_other_way_round(north):
    kept = MemberPageFactory(parent=north.directory, title="A", siret=SIRET)
    other = MemberPageFactory(parent=north.directory, title="B", siret=SIRET)
    address = "/admin/annuaire/{}/doublons/{}/{}/"
    north.publisher_client.post(address.format(north.directory.pk, kept.pk, other.pk))
    north.publisher_client.post(address.format(north.directory.pk, other.pk, kept.pk))

    assert MemberPage.objects.get(pk=kept.pk).live
    assert north.visitor.get("/annuaire/a/").status_code == 200


def test_a_profile_of_another_pole_is_never_merged(north, south):
    mine, theirs = (MemberPageFactory(parent=pole.directory, siret=SIRET) for pole in (north, south))
    address = f"/admin/annuaire/{north.directory.pk}/doublons/{mine.pk}/{theirs.pk}/"

    assert north.publisher_client.post(address, {}).status_code == 404
    assert MemberPage.objects.get(pk=theirs.pk).live


def test_nobody_answers_asks_or_undoes_for_another_pole(north, south):
    theirs = MemberPageFactory(parent=south.directory, title="Au sud", email="sud@example.org")
    proposal = Proposal.objects.create(member=theirs, origin="visitor", texts={"telephone": "02 61 91 00 09"})
    found = MemberImport.objects.create(
        directory=south.directory, header=["Nom", "Famille"], rows=[[2, ["A", "scop"]]], mapping=["nom", "famille"]
    )
    client, mine, foreign = north.publisher_client, north.directory.pk, south.directory.pk
    tries = [
        (f"/admin/annuaire/{directory}/{path}", data)
        for directory in (mine, foreign)
        for path, data in (
            ("corrections/", {"proposal": proposal.pk, "action": "accept"}),
            ("verification/", {"member": theirs.pk}),
            (f"import/{found.pk}/", {"action": "run"}),
            (f"import/{found.pk}/", {"action": "forget"}),
        )
    ]

    for address, data in tries:
        assert client.post(address, data).status_code in (302, 403, 404), address

    assert Proposal.objects.waiting().count() == 1 and MemberImport.objects.count() == 1
    assert MemberPage.objects.get(pk=theirs.pk).phone == "" and not theirs.verification_requests.exists()


def test_the_portal_asks_for_a_commune_once_a_pole_is_chosen(north, portal_visitor):
    MemberPageFactory(parent=north.directory, title="Au nord")

    def facets(query):
        directory = portal_visitor.get("/annuaire/", query).context["directory"]
        return [count.facet.name for count in directory.main_facets]

    assert facets({}) == ["pole"]
    assert facets({"pole": "Pôle Nord"}) == ["pole", "commune"]
