"""Importing a table: what would change is shown, all or nothing is written, and it can be undone for a week."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.env import ROOT
from core.heavy_work import one_at_a_time
from demo.shared_content import SECTORS
from members.columns import COLUMNS
from members.models import MemberImport, MemberPage
from tests.factories import MemberPageFactory, SectorFactory
from tests.members.files import send, workbook

pytestmark = pytest.mark.django_db
SAMPLES = ROOT / "demo/imports"
GOOD = """Nom;Famille;CP;Ville;Secteur;Couleur
Les Copeaux;SCOP;35300;Fougères;Bois;bleu
Écoute;Association loi 1901;35420;Louvigné;;vert
"""


@pytest.fixture(autouse=True)
def sectors(db):
    return [SectorFactory(slug="bois", name="Bois"), SectorFactory(slug="cuisine", name="Cuisine, traiteur")]


def names(pole):
    return sorted(MemberPage.objects.child_of(pole.directory).live().values_list("title", flat=True))


def sent(pole, content, name="membres.csv") -> MemberImport:
    response = send(
        pole.publisher_client, pole.directory, content.encode() if isinstance(content, str) else content, name
    )
    assert response.status_code == 200
    return MemberImport.objects.get()


def act(pole, found, action, **more):
    address = f"/admin/annuaire/{pole.directory.pk}/import/{found.pk}/"
    return pole.publisher_client.post(address, {"action": action, **more}, follow=True)


def run(pole, found, capture):
    with capture(execute=True):
        response = act(pole, found, "run")
    found.refresh_from_db()
    return response


def columns(found) -> dict:
    return {f"column-{at}": key for at, key in enumerate(found.mapping)}


def problems(found):
    return [(problem.line, problem.column, problem.message) for problem in found.plan().problems]


def test_a_file_is_read_shown_and_imported(north, django_capture_on_commit_callbacks):
    found = sent(north, GOOD)
    page = north.publisher_client.get(f"/admin/annuaire/{north.directory.pk}/import/{found.pk}/").content.decode()
    assert "Couleur" in page and names(north) == []

    run(north, found, django_capture_on_commit_callbacks)

    assert found.counts == {"new": 2, "changed": 0, "unchanged": 0}
    assert names(north) == ["Les Copeaux", "Écoute"]
    copeaux = MemberPage.objects.get(title="Les Copeaux")
    assert (copeaux.family, copeaux.commune, copeaux.sectors[0].slug) == ("scop", "Fougères", "bois")
    assert north.visitor.get("/annuaire/les-copeaux/").status_code == 200


def test_the_same_file_twice_changes_nothing(north, django_capture_on_commit_callbacks):
    run(north, sent(north, GOOD), django_capture_on_commit_callbacks)
    MemberImport.objects.all().delete()

    plan = sent(north, GOOD).plan()

    assert (len(plan.new), len(plan.changed), len(plan.unchanged)) == (0, 0, 2)


def test_what_would_change_is_shown_as_a_difference(north, django_capture_on_commit_callbacks):
    member = MemberPageFactory(
        parent=north.directory, title="Les Copeaux", family="scop", siret="00000001800010", phone="02 61 91 00 01"
    )
    found = sent(north, "SIRET;Nom;Tél\n000 000 018 00010;Les Copeaux du Nançon;0261910002\n")

    (line,) = found.plan().changed

    assert line.member.pk == member.pk
    assert line.changes == {
        "nom": ("Les Copeaux", "Les Copeaux du Nançon"),
        "telephone": ("02 61 91 00 01", "02 61 91 00 02"),
    }
    run(north, found, django_capture_on_commit_callbacks)
    member = MemberPage.objects.get(pk=member.pk)
    assert (member.title, member.phone, member.family) == ("Les Copeaux du Nançon", "02 61 91 00 02", "scop")


FAULTS = {
    "Nom;Famille;SIRET\nA;scop;00000001800011\n": (2, "SIRET"),
    "Nom;Famille;SIRET\nA;scop;3,53E+13\n": (2, "SIRET"),
    "Nom;Famille;SIRET\nA;scop;000000018\n": (2, "SIRET"),
    "Nom;Famille;RNA\nA;association;X353001234\n": (2, "RNA"),
    "Nom;Famille\nA;sarl\n": (2, "Famille"),
    "Nom;Famille\nA;scop\n;scop\n": (3, "Nom"),
    "Nom;Famille;Secteur\nA;scop;Bois | Inconnu\n": (2, "Secteur"),
    "Nom;Famille;Latitude;Longitude\nA;scop;353000;6789000\n": (2, "Latitude"),
    "Nom;Famille;Latitude;Longitude\nA;scop;-1,2;48,35\n": (2, "Latitude"),
    "Nom;Famille;Latitude;Longitude\nA;scop;48,35;\n": (2, "Longitude"),
    "Nom;Famille;Latitude;Longitude\nA;scop;nord;-1\n": (2, "Latitude"),
    "Nom;Famille;Depuis\nA;scop;31/02/2024\n": (2, "Depuis"),
    "Nom;Famille;Depuis\nA;scop;hier\n": (2, "Depuis"),
    "Nom;Famille;Depuis\nA;scop;03/25/2019\n": (2, "Depuis"),
    "Nom;Famille;Depuis\nA;scop;43525\n": (2, "Depuis"),
    "Nom;Famille;Depuis\nA;scop;01/03/2019 00:00:00\nB;scop;1er mars 2019\nC;scop;mars 2019\n": None,
    "Nom;Famille;Tél\nA;scop;6,12346E+08\n": (2, "Tél"),
    "Nom;Famille;Tél\nA;scop;33612345678\nB;scop;612345678\n": None,
    "Nom;Famille;Site\nA;scop;contact@exemple.bzh\n": (2, "Site"),
    "Nom;Famille;Mail\nA;scop;www.exemple.bzh\n": (2, "Mail"),
    "Nom;Famille;Latitude;Longitude\nA;scop;0;0\n": (2, "Latitude"),
    "Nom;Famille;Commune\nA;scop;#N/A\n": (2, "Commune"),
    "Nom;Famille;Commune\nA;scop;F\ufffdte\n": (2, "Commune"),
    "Nom;Famille\nnan;scop\n": (2, "Nom"),
    "Nom;Famille;Depuis;Jusqu’à\nA;scop;2024;2020\n": (2, "Jusqu’à"),
    "Nom;Famille;Bénévoles\nA;scop;2,5\n": (2, "Bénévoles"),
    "Nom;Famille;Salariés\nA;scop;-3\n": (2, "Salariés"),
    "Nom;Famille;Site\nA;scop;javascript:alert(1)\n": (2, "Site"),
    "Nom;Famille;Mail\nA;scop;pas une adresse\n": (2, "Mail"),
    "Nom;Famille;CP\nA;scop;3530\n": None,  # Excel took the zero away
    "Nom;Famille;CP\nA;scop;35-300\n": (2, "CP"),
    "Nom;Famille;Tél\nA;scop;demander Yann\n": (2, "Tél"),
    "Nom;Famille;Code APE\nA;scop;4332\n": (2, "Code APE"),
    f"Nom;Famille\n{'A' * 300};scop\n": (2, "Nom"),
    "Nom;Famille;SIRET\nA;scop;00000001800010\nB;scop;00000001800010\n": (3, "SIRET"),
    "Nom;Famille\nA;scop\na;scop\n": (3, "Nom"),
    "Nom\nA\n": (2, "famille"),
    "Famille\nscop\n": (0, "nom"),
}


@pytest.mark.parametrize("content", FAULTS, ids=range(len(FAULTS)))
def test_every_fault_has_its_line_and_column_and_nothing_is_written(north, content, django_capture_on_commit_callbacks):
    found = sent(north, content)

    if FAULTS[content] is None:
        assert problems(found) == []
        return
    assert [(line, column) for line, column, _message in problems(found)] == [FAULTS[content]]
    run(north, found, django_capture_on_commit_callbacks)
    assert found.state == MemberImport.State.READ
    assert names(north) == []


def test_the_empty_model_is_empty_and_its_examples_pass_our_own_checks(north):
    model = north.publisher_client.get(f"/admin/annuaire/{north.directory.pk}/export/modele/")
    answer = send(north.publisher_client, north.directory, model.content, "modele.xlsx")
    assert "rien" in str(answer.context["form"].errors)

    for slug in ("habitat-batiment", "insertion"):
        SectorFactory(slug=slug, name=slug)
    header = ";".join(str(column.key) for column in COLUMNS)
    example = ";".join(f'"{column.example}"' for column in COLUMNS)
    assert problems(sent(north, f"{header}\n{example}\n")) == []


def test_one_file_is_read_at_a_time_and_the_next_is_asked_to_wait(north):
    with one_at_a_time("reading a file"):
        busy = send(north.publisher_client, north.directory, b"Nom;Famille\nA;scop\n")
    assert busy.status_code == 422 and "quelques secondes" in busy.content.decode()

    assert problems(sent(north, "Nom;Famille\nA;scop\n")) == []


def test_one_wrong_line_among_many_stops_all(north, django_capture_on_commit_callbacks):
    lines = "".join(f"Organisation {number};scop\n" for number in range(50))
    found = sent(north, f"Nom;Famille\n{lines}Fautive;inconnue\n")
    run(north, found, django_capture_on_commit_callbacks)

    assert problems(found)[0][:2] == (52, "Famille")
    assert names(north) == []


def test_faulty_lines_are_left_out_on_purpose_and_come_back_as_a_file_to_correct(
    north, django_capture_on_commit_callbacks
):
    found = sent(north, GOOD + "Trop court;SCOP;353;Fougères;Bois;\n")
    assert "Écarter 1 ligne" in act(north, found, "map", **columns(found)).content.decode()

    page = act(north, found, "leave_out").content.decode()
    assert "1 ligne du fichier est écartée" in page
    run(north, found, django_capture_on_commit_callbacks)

    assert names(north) == ["Les Copeaux", "Écoute"]
    address = f"/admin/annuaire/{north.directory.pk}/import/{found.pk}/ecartees/"
    lines = north.publisher_client.get(address).getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Nom,Famille,CP") and len(lines) == 2
    assert lines[1].startswith("Trop court,SCOP,353") and "CP : " in lines[1]


def test_lines_that_were_left_out_are_taken_again(north):
    found = sent(north, GOOD + "Trop court;SCOP;353;Fougères;Bois;\n")
    act(north, found, "leave_out")

    act(north, found, "take_back")

    found.refresh_from_db()
    assert [number for number, _cells in found.rows] == [2, 3, 4] and found.left_out == []
    assert problems(found)


def test_an_error_of_the_columns_leaves_nothing_out(north):
    found = sent(north, "Couleur;Ville\nbleu;Fougères\n")

    page = act(north, found, "map", **columns(found)).content.decode()

    assert "Écarter" not in page


def test_a_process_killed_in_the_middle_writes_nothing_and_one_may_start_again(
    north, monkeypatch, django_capture_on_commit_callbacks
):
    from members.importing import imports

    found, real = sent(north, GOOD), imports.add_member
    calls = []

    def killed(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(imports, "add_member", killed)
    found.state = MemberImport.State.RUNNING
    found.save()
    with pytest.raises(KeyboardInterrupt):
        found.run()
    assert names(north) == []

    monkeypatch.setattr(imports, "add_member", real)
    found.refresh_from_db()
    assert found.was_stopped and found.can_run
    run(north, found, django_capture_on_commit_callbacks)
    assert names(north) == ["Les Copeaux", "Écoute"]


def test_columns_are_corrected_on_the_screen_and_remembered(north):
    found = sent(north, "Machin;Truc\nLes Copeaux;SCOP\n")
    assert found.mapping == ["", ""]

    act(north, found, "map", **{"column-0": "nom", "column-1": "famille"})

    found.refresh_from_db()
    assert problems(found) == [] and len(found.plan().new) == 1
    send(north.publisher_client, north.directory, b"Truc;Machin\nSCOP;Autre\n")
    assert MemberImport.objects.first().mapping == ["famille", "nom"]


def test_two_columns_said_to_be_the_same_are_refused(north, django_capture_on_commit_callbacks):
    found = sent(north, "Nom;Famille;Autre nom\nA;scop;B\n")
    act(north, found, "map", **{"column-0": "nom", "column-1": "famille", "column-2": "nom"})
    found.refresh_from_db()
    run(north, found, django_capture_on_commit_callbacks)

    assert names(north) == []


def test_an_import_is_undone_for_a_week_but_for_what_changed_since(north, django_capture_on_commit_callbacks):
    kept = MemberPageFactory(
        parent=north.directory, title="Avant", family="scop", siret="00000001800010", phone="02 61 91 00 01"
    )
    found = sent(north, "Nom;Famille;SIRET;Tél\nAvant;scop;00000001800010;0261910009\nNeuve;scop;;\nRetouchée;scop;;\n")
    run(north, found, django_capture_on_commit_callbacks)
    touched = MemberPage.objects.get(title="Retouchée")
    touched.phone = "02 61 91 55 55"
    touched.save_revision().publish()

    act(north, found, "undo")

    assert names(north) == ["Avant", "Retouchée"]
    assert MemberPage.objects.get(pk=kept.pk).phone == "02 61 91 00 01"
    found.refresh_from_db()
    assert found.state == MemberImport.State.UNDONE


def test_after_a_week_nothing_is_undone_and_the_lines_are_forgotten(north, django_capture_on_commit_callbacks):
    from members.importing.imports import forget_old_imports

    found = sent(north, GOOD)
    run(north, found, django_capture_on_commit_callbacks)
    long_ago = timezone.now() - timedelta(days=8)
    MemberImport.objects.update(created_at=long_ago, done_at=long_ago)

    act(north, found, "undo")
    forget_old_imports()

    found.refresh_from_db()
    assert names(north) == ["Les Copeaux", "Écoute"] and found.rows == []


def test_somebodys_draft_is_neither_published_nor_lost(north, django_capture_on_commit_callbacks):
    member = MemberPageFactory(parent=north.directory, title="Les Copeaux", family="scop", siret="00000001800010")
    member.summary = "Un brouillon."
    member.save_revision()
    found = sent(north, "SIRET;Nom;Tél\n00000001800010;Les Copeaux;0261910002\n")
    run(north, found, django_capture_on_commit_callbacks)

    member = MemberPage.objects.get(pk=member.pk)
    assert (member.summary, member.phone) == ("", "02 61 91 00 02")
    draft = member.get_latest_revision_as_object()
    assert (draft.summary, draft.phone) == ("Un brouillon.", "02 61 91 00 02")


def test_a_workbook_is_imported_too(north, django_capture_on_commit_callbacks):
    content = workbook(["Nom", "Famille", "SIRET", "CP"], ["Les Copeaux", "SCOP", "00000001800010", 35300])
    found = sent(north, content, "membres.xlsx")
    run(north, found, django_capture_on_commit_callbacks)

    assert MemberPage.objects.get().postcode == "35300"


def test_an_unreadable_file_is_refused_with_a_reason_and_nothing_is_kept(north):
    response = send(north.publisher_client, north.directory, b'Nom\n"A\n')

    assert response.status_code == 422
    assert response.context["form"].errors
    assert not MemberImport.objects.exists()


def test_only_those_who_publish_in_a_directory_import_into_it(north, south):
    for client in (north.writer_client, south.publisher_client):
        response = send(client, north.directory, GOOD.encode())
        assert response.redirect_chain or response.status_code == 403
        assert not MemberImport.objects.exists()


def test_lines_that_may_be_several_profiles_ask_for_a_number(north):
    for number in range(2):
        MemberPageFactory(parent=north.directory, title="Les Copeaux", slug=f"copeaux-{number}", family="scop")

    assert problems(sent(north, "Nom;Famille;CP\nLes Copeaux;scop;35300\n"))[0][:2] == (2, "Nom")


def test_the_faulty_sample_of_the_demo_gets_its_exact_lines_and_columns(north):
    for slug, name in SECTORS:
        SectorFactory(slug=slug, name=name)
    found = sent(north, (SAMPLES / "adherents-fautes.csv").read_bytes(), "adherents-fautes.csv")

    assert found.header[2] == "Activité principale" and found.mapping[2] == ""
    act(north, found, "map", **{f"column-{at}": key for at, key in enumerate(found.mapping)} | {"column-2": "secteurs"})
    found.refresh_from_db()
    assert [(line, column) for line, column, _message in problems(found)] == [
        (4, "Adhérent depuis"),  # 31 February
        (5, "Statut"),  # a SARL is no family of the ESS
        (6, "N° SIRET"),  # shortened by Excel
        (7, "Mail"),
        (7, "Lat"),  # swapped with the longitude
        (8, "Lat"),  # Lambert-93
        (9, "N° SIRET"),  # the same as line 3
        (10, "Raison sociale"),  # empty
        (11, "Activité principale"),  # unknown
        (11, "Raison sociale"),  # a formula
    ]


def test_the_clean_sample_of_the_demo_is_imported_as_it_is(north, django_capture_on_commit_callbacks):
    for slug, name in SECTORS:
        SectorFactory(slug=slug, name=name)
    found = sent(north, (SAMPLES / "adherents-propre.csv").read_bytes())
    run(north, found, django_capture_on_commit_callbacks)

    assert names(north) == ["Le Fil commun", "Les Pains perdus"]
