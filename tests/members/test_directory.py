"""The directory of a pôle: sorted out, counted, read without JavaScript, taken away as files."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from members.models import MemberPage
from tests.factories import ArticlePageFactory, MemberPageFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(north):
    wood, food = SectorFactory(slug="bois", name="Bois"), SectorFactory(slug="cuisine", name="Cuisine")
    return [
        MemberPageFactory(
            parent=north.directory, title="Les Copeaux", family="scop", sectors=[wood], offer="Menuiserie, escaliers",
            latitude="48.352500", longitude="-1.204600", labels=["esus"], offers=["produits"],
            audiences=["particuliers"], summary="Une menuiserie coopérative.", siret="00000001800010",
        ),
        MemberPageFactory(
            parent=north.directory, title="Écoute", family="association", sectors=[food], commune="Louvigné-du-Désert",
            insee_code="35162", postcode="35420", local_currency="Le Sou", email="bonjour@ecoute.example.org",
        ),
        MemberPageFactory(parent=north.directory, title="=Formule", family="association", sectors=[wood, food]),
    ]  # fmt: skip


def listed(client, query=""):
    response = client.get(f"/annuaire/{query}")
    assert response.status_code == 200
    return [listed.member.title for listed in response.context["members"]]


def counts(client, facet, query=""):
    found = client.get(f"/annuaire/{query}").context["directory"].facets
    count = next(count for count in found if count.facet.name == facet)
    return {words: number for _code, words, number in count.options}


def test_the_directory_lists_by_name_whatever_the_accents(north, members):
    assert listed(north.visitor) == ["Écoute", "=Formule", "Les Copeaux"]


def test_each_facet_sorts_out_and_all_stay_in_the_address(north, members):
    wood = members[0].sector_keys[0]

    assert listed(north.visitor, "?famille=scop") == ["Les Copeaux"]
    assert listed(north.visitor, f"?secteur={wood}") == ["=Formule", "Les Copeaux"]
    assert listed(north.visitor, f"?secteur={wood}&famille=association") == ["=Formule"]
    assert listed(north.visitor, "?commune=35162") == ["Écoute"]
    assert listed(north.visitor, "?label=esus") == ["Les Copeaux"]
    assert listed(north.visitor, "?offre=produits&public=particuliers") == ["Les Copeaux"]
    assert listed(north.visitor, "?monnaie=oui") == ["Écoute"]
    assert listed(north.visitor, "?tri=commune")[-1] == "Écoute"


def test_a_count_says_how_many_a_choice_would_leave(north, members):
    assert counts(north.visitor, "famille") == {"Association": 2, "SCOP": 1}
    assert counts(north.visitor, "secteur", "?famille=scop") == {"Bois": 1}
    # The facet chosen still counts the other choices.
    assert counts(north.visitor, "famille", "?famille=scop") == {"Association": 2, "SCOP": 1}


def test_words_are_found_in_what_an_organisation_offers(north, members):
    assert listed(north.visitor, "?q=escaliers") == ["Les Copeaux"]
    assert listed(north.visitor, "?q=introuvable") == []


@pytest.mark.parametrize(
    "query",
    ["famille=inconnue", "secteur=%00", "commune=99999999999999999999", "tri=x", "page=0", "page=99999999999",
     "q=%22", "q=%00"],
)  # fmt: skip
def test_an_address_that_means_nothing_still_shows_a_list(north, members, query):
    assert north.visitor.get(f"/annuaire/?{query}").status_code == 200


def test_what_has_ended_or_is_not_published_is_not_listed(north, members):
    MemberPageFactory(parent=north.directory, title="Partie", until="2020-01-01")
    MemberPageFactory(parent=north.directory, title="Brouillon", live=False)

    assert listed(north.visitor) == ["Écoute", "=Formule", "Les Copeaux"]


def test_an_empty_directory_says_so(south):
    assert "aucune organisation" in south.visitor.get("/annuaire/").content.decode().lower()


def test_the_map_draws_what_the_list_shows(north, members):
    found = north.visitor.get("/annuaire/carte/").json()

    assert [point[2] for point in found["points"]] == ["Les Copeaux"]
    assert found["points"][0][:2] == [48.3525, -1.2046]
    assert north.visitor.get(found["points"][0][3]).status_code == 200
    assert found["without"] == 2
    assert north.visitor.get("/annuaire/carte/?famille=association").json()["points"] == []


def test_a_profile_shows_how_to_reach_an_organisation_but_never_its_address(north, members):
    address = members[1].get_url()
    page = north.visitor.get(address).content.decode()

    assert "Écoute" in page
    assert f"/fiche/{members[1].pk}/ecrire/" in page
    assert "bonjour@" not in page
    assert "bonjour@" not in north.visitor.get(f"{address}vcard/").content.decode()
    for name in ("csv", "json", "geojson"):
        response = north.visitor.get(f"/annuaire/{name}/")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"bonjour@" not in content


def test_a_profile_describes_the_organisation_for_machines(north, members):
    page = north.visitor.get(members[0].get_url()).content.decode()
    script = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    (organisation, *_others) = json.loads(script)

    assert organisation["@type"] == "Organization"
    assert organisation["name"] == "Les Copeaux"
    assert organisation["identifier"][0] == {"@type": "PropertyValue", "propertyID": "SIRET", "value": "00000001800010"}
    assert organisation["location"]["geo"]["latitude"] == 48.3525


def test_a_profile_names_what_speaks_of_it(north, members):
    ArticlePageFactory(
        parent=north.index,
        title="Un atelier s’ouvre",
        body=[("page_card", {"page": members[0]})],
    )

    assert "Un atelier s’ouvre" in north.visitor.get(members[0].get_url()).content.decode()


def test_a_card_for_address_books_is_cut_between_characters(north):
    member = MemberPageFactory(parent=north.directory, title="É" * 120, street="1; rue, des \\ Acacias", summary="")
    content = north.visitor.get(f"{member.get_url()}vcard/").content

    assert content.startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert f"FN:{'É' * 120}\r\n" in unfolded
    assert r"ADR;TYPE=work:;;1\; rue\, des \\ Acacias;Fougères;;35300;France" in unfolded


def test_the_geojson_file_is_rfc_7946(north, members):
    response = north.visitor.get("/annuaire/geojson/")
    content = response.json()

    assert response["Content-Type"] == "application/geo+json"
    assert content["type"] == "FeatureCollection"
    assert content["licence"] and content["date"]
    by_name = {feature["properties"]["nom"]: feature for feature in content["features"]}
    assert by_name["Les Copeaux"]["geometry"] == {"type": "Point", "coordinates": [-1.2046, 48.3525]}
    assert by_name["Écoute"]["geometry"] is None


def test_no_cell_of_a_file_begins_a_formula(north, members):
    content = north.visitor.get("/annuaire/csv/").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))
    book = load_workbook(BytesIO(north.visitor.get("/annuaire/xlsx/").content))

    assert "'=Formule" in [row["nom"] for row in rows]
    assert "-1.2046" in [row["longitude"] for row in rows]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert book.sheetnames == ["Annuaire", "À propos"]


def test_files_hold_what_the_address_asks_for(north, members):
    content = north.visitor.get("/annuaire/json/?famille=scop").json()

    assert [row["nom"] for row in content["membres"]] == ["Les Copeaux"]
    assert north.visitor.get("/annuaire/exe/").status_code == 404


def test_the_directory_prints_by_commune(north, members):
    page = north.visitor.get("/annuaire/imprimer/").content.decode()

    assert page.index("Fougères</h2>") < page.index("Louvigné-du-Désert</h2>")
    assert "noindex" in page


def test_a_siren_is_in_its_siret(north):
    member = MemberPageFactory(parent=north.directory, siret="00000001800010")

    assert MemberPage.objects.get(pk=member.pk).siren == "000000018"
