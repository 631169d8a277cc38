"""What an export wrote, an import reads back to the letter, whatever the profiles say."""

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from members.cells import tidy
from members.changing import add_member
from members.columns import COLUMNS
from members.identifiers import rna_of_nobody, siret_of_nobody
from members.importing.imports import MemberImport
from members.importing.mapping import recognise
from members.importing.plan import make_plan
from members.importing.reading import read_table
from members.models import MemberPage
from members.profile import row_of
from members.vocabulary import Family, Label, MemberAudience, Membership, Nomenclature, Offer
from poles.registry import Pole
from tests.conftest import PoleUnderTest, editor_client
from tests.factories import SectorFactory

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("=+-@';,|\"\n\té"), max_size=60)
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.sampled_from("=+-@';,\""), max_size=40)


def several(choices):
    return st.lists(st.sampled_from(choices.values), unique=True).map(
        lambda found: sorted(found, key=choices.values.index)
    )


SHEETS = st.fixed_dictionaries(
    {
        "nom": LINE.map(lambda text: " ".join(text.split())).filter(lambda text: text.strip()),
        "famille": st.sampled_from(Family.values),
        "secteurs": st.integers(0, 3),
        "labels": several(Label),
        "siret": st.integers(0, 5000),
        "rna": st.booleans(),
        "adresse": LINE.map(lambda text: " ".join(text.split())),
        "code_postal": st.sampled_from(["", "35300", "01000"]),
        "position": st.none() | st.tuples(st.decimals(47, 49, places=6), st.decimals(-5, -1, places=6)),
        "site_web": st.sampled_from(["", "https://exemple.example.org/a?b=c"]),
        "telephone": st.sampled_from(["", "02 61 91 00 00", "+33 2 61 91 00 00"]),
        "resume": TEXT,
        "presentation": TEXT,
        "types_d_offre": several(Offer),
        "publics": several(MemberAudience),
        "salaries": st.none() | st.decimals(0, 900, places=1),
        "benevoles": st.none() | st.integers(0, 9000),
        "lien": st.sampled_from(Membership.values),
        "depuis": st.none() | st.dates(date(1901, 1, 1), date(2030, 1, 1)),
        "anciens_noms": st.lists(LINE.map(lambda text: " ".join(text.replace("|", "").split())), max_size=2).map(
            lambda names: "\n".join(filter(None, names))
        ),
        "code_activite": st.sampled_from(["", "43.32A"]),
        "nomenclature": st.sampled_from(Nomenclature.values),
        "commune": LINE.map(lambda text: " ".join(text.split())),
        "code_insee": st.sampled_from(["", "35115", "2A004"]),
        "courriel": st.sampled_from(["", "bonjour@example.org"]),
        "reseaux_sociaux": st.sampled_from(["", "https://a.example.org/@b;c", "https://a.example.org/\nhttps://b.example.org/"]),
        "offre": TEXT,
        "territoire": LINE.map(lambda text: " ".join(text.split())),
        "horaires": TEXT,
        "accessibilite": TEXT,
        "monnaie_locale": st.sampled_from(["", "Héol", "=Sou"]),
        "verifie_le": st.none() | st.dates(date(2001, 1, 1), date(2026, 1, 1)),
    }
)  # fmt: skip


def values_of(profile: dict, number: int, sectors) -> dict:
    values = {key: value for key, value in profile.items() if key not in ("position",)}
    values["secteurs"] = sectors[: profile["secteurs"]]
    values["siret"] = siret_of_nobody(profile["siret"] * 10 + number) if profile["siret"] % 2 else ""
    values["rna"] = rna_of_nobody(profile["siret"] * 10 + number) if profile["rna"] else ""
    values["latitude"], values["longitude"] = profile["position"] or (None, None)
    values["siren"], values["jusqu_a"] = values["siret"][:9], None
    if profile["depuis"] and profile["benevoles"]:
        values["jusqu_a"] = profile["depuis"] + timedelta(days=profile["benevoles"])
    for key in ("resume", "presentation", "offre", "horaires", "accessibilite"):
        values[key] = tidy(values[key])
    assert set(values) == {column.key for column in COLUMNS}
    return values


def rows(directory):
    return sorted((row_of(member) for member in MemberPage.objects.in_directory(directory).live()), key=str)


class ExportThenImport(TestCase):
    """On both databases, with both formats that spreadsheets open."""

    @classmethod
    def setUpTestData(cls):
        cls.sectors = [SectorFactory(slug=f"s{number}", name=f"Secteur, {number}") for number in range(3)]

    @given(profiles=st.lists(SHEETS, min_size=1, max_size=4), extension=st.sampled_from(["csv", "xlsx"]))
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_is_the_identity(self, profiles, extension):
        pole, taken = PoleUnderTest(Pole.objects.get(pays__slug="saint-malo")), set()
        directory = pole.directory
        for number, profile in enumerate(profiles):
            add_member(directory, values_of(profile, number, self.sectors), taken)
        before = rows(directory)
        client = editor_client(pole.publisher)
        response = client.get(f"/admin/annuaire/{directory.pk}/export/{extension}/")
        content = b"".join(response.streaming_content) if response.streaming else response.content

        table = read_table(content)
        mapping = recognise(table.header, {})
        again = make_plan(directory, table.header, table.rows, mapping)
        assert (again.problems, again.new, again.changed) == ([], [], [])

        for member in MemberPage.objects.in_directory(directory):
            member.delete()
        found = MemberImport.begin(directory, pole.publisher, f"annuaire.{extension}", table)
        found.state = MemberImport.State.RUNNING
        found.save()
        with transaction.atomic():
            found.run()
        found.refresh_from_db()
        assert found.state == MemberImport.State.DONE, found.plan().problems
        assert rows(directory) == before
