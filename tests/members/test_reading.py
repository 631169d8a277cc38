"""Tables as people have them: every usual encoding and separator is read, and what cannot be says where and why."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from members.importing.limits import MAX_BYTES, UnreadableFile
from members.importing.mapping import recognise
from members.importing.reading import read_table
from tests.members.files import ods, workbook

pytestmark = pytest.mark.database_independent("reads files into memory")

TEXT = "Nom;Ville;Présentation\nLes Copeaux;Fougères;Menuiserie à façon\nÉcoute;Louvigné-du-Désert;Œuvre\n"
ROWS = [(2, ["Les Copeaux", "Fougères", "Menuiserie à façon"]), (3, ["Écoute", "Louvigné-du-Désert", "Œuvre"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_any_usual_encoding_separator_and_line_break(encoding, separator, line_break):
    table = read_table(TEXT.replace(";", separator).replace("\n", line_break).encode(encoding))

    assert table.header == ["Nom", "Ville", "Présentation"]
    assert table.rows == ROWS


def test_a_line_break_or_a_separator_inside_quotes_is_part_of_the_cell():
    table = read_table('Nom;Texte\n"Les ""Copeaux""";"une;\ndeux"\nÉcoute;trois\n'.encode())

    assert table.rows == [(2, ['Les "Copeaux"', "une;\ndeux"]), (4, ["Écoute", "trois"])]


def test_a_workbook_reads_as_one_would_have_typed_it():
    from datetime import datetime

    table = read_table(workbook(["Nom", "SIRET", "Depuis", "ETP"], ["Les Copeaux", 100019, datetime(2019, 3, 1), 4.5]))

    assert table.rows == [(2, ["Les Copeaux", "100019", "2019-03-01", "4.5"])]


def test_a_title_above_the_table_and_empty_lines_are_left_aside():
    table = read_table(b"Annuaire 2026;;\n;;\nNom;Ville;Site\nLes Copeaux;Romagne;\n;;\n")

    assert table.header == ["Nom", "Ville", "Site"]
    assert [number for number, _cells in table.rows] == [4]
    assert len(table.remarks) == 2


def test_the_line_of_excel_that_names_the_separator_is_no_header():
    assert read_table(b"sep=;\nNom;Ville\nA;B\n").header == ["Nom", "Ville"]


def test_short_and_long_lines_are_completed():
    table = read_table(b"Nom;Ville\nA\nB;C;D\n")

    assert len(table.header) == 3
    assert table.rows == [(2, ["A", "", ""]), (3, ["B", "C", "D"])]


def archive(name: str) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as written:
        written.writestr(name, "")
    return output.getvalue()


def bomb() -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/worksheets/profile1.xml", b"0" * (200 * 1024 * 1024))
    return output.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"\n\n;;\n", "vide"),
        (b'Nom;Ville\n"Les Copeaux;Fougeres\nB;C\n', "2"),
        (b'Nom;Ville\nA;B\nC;"d"e"\n', "3"),
        (b'Nom;Ville\nA;"' + b"x" * 30_000, "2"),
        (b"Nom\n" + b"A\n" * 5_002, "5"),
        (b"PK\x03\x04 nothing", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "classeur"),
        (bytes(range(256)) * 20, ""),
        (b"\xff\xfeN\x00o\x00m", ""),
        (b"x" * (MAX_BYTES + 1), "10"),
        (workbook(["Nom"], ["x" * 25_000]), "2"),
        (workbook(["Nom", *range(150)], ["x", *range(150)]), "100"),
    ],
    ids=range(13),
)
def test_what_cannot_be_read_says_where_and_why(content, said):
    if content == b"\xff\xfeN\x00o\x00m":
        content += b"\x00\x00\xd8"  # half a character
    with pytest.raises(UnreadableFile) as refusal:
        read_table(content)
    assert said in refusal.value.messages[0]


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(UnreadableFile):
        read_table(bomb())


def test_headers_are_recognised_by_any_usual_name_and_the_first_of_two_wins():
    header = ["Raison sociale", "N° SIRET", "CP", "Ville", "E-mail", "Tél.", "Ville", "Remarques"]

    assert recognise(header, {}) == ["nom", "siret", "code_postal", "commune", "courriel", "telephone", "", ""]


def test_what_was_chosen_last_time_is_chosen_again():
    assert recognise(["Structure", "Remarques"], {"remarques": "presentation", "structure": "nom"}) == [
        "nom",
        "presentation",
    ]


def test_what_a_workbook_hides_is_said():
    book = Workbook()
    for row in (["Nom", "Commune"], ["A", "Vitré"], ["B", None], ["C", "Dol"], ["D", "Dol"]):
        book.active.append(row)
    book.active.row_dimensions[4].hidden = True
    book.active.merge_cells("B2:B3")
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Brouillon").sheet_state = "hidden"
    book.create_sheet("Anciens")
    output = BytesIO()
    book.save(output)

    table = read_table(output.getvalue())

    assert [cells for _number, cells in table.rows] == [["A", "Vitré"], ["B", "Vitré"], ["C", "Dol"], ["D", "Dol"]]
    said = " ".join(table.remarks)
    assert "masquée" in said and "(4)" in said and "fusionnées" in said and "Brouillon" in said and "Anciens" in said
    assert "Des colonnes" in said and "B" in said


def test_an_empty_or_hidden_first_sheet_is_not_the_one_that_is_read():
    book = Workbook()
    book.active.title = "Vide"
    sheet = book.create_sheet("Adhérents")
    for row in (["Nom"], ["A"]):
        sheet.append(row)
    output = BytesIO()
    book.save(output)

    table = read_table(output.getvalue())

    assert table.header == ["Nom"] and "Adhérents" in table.remarks[0]


def test_an_open_document_is_read_and_its_hidden_lines_are_said():
    table = read_table(ods("Nom;Commune", "A;Vitré", "B;Dol", hidden=1))

    assert [cells for _number, cells in table.rows] == [["A", "Vitré"], ["B", "Dol"]]
    assert "ODS" in table.remarks[0] and "masquée" in table.remarks[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html xmlns:x='urn:schemas'><table><tr><td>Nom</td></tr></table></html>", "page web"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0" + b" " * 600 + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (archive("word/document.xml"), "document texte"),
        (archive("Index/Document.iwa"), "Numbers"),
        (archive("liste.csv"), "archive"),
        (archive("photo.jpg"), "tableau"),
        (workbook(*([number] for number in range(6000))), "5000"),
    ],
    ids=range(9),
)
def test_what_is_no_table_is_told_as_what_it_is(content, said):
    with pytest.raises(UnreadableFile) as refusal:
        read_table(content)
    assert said in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("content", "header", "first"),
    [
        ("Adhérents du pôle, liste au 3 mars\nNom;Commune\nA;Vitré\nB;Dol\n", ["Nom", "Commune"], ["A", "Vitré"]),
        ('"Nom,Commune"\n"A,Vitré"\n"B,Dol"\n', ["Nom", "Commune"], ["A", "Vitré"]),
        (
            "Nom;Adresse\nA;1, rue du Port, Vitré\nB;2, rue du Lac, Dol\n",
            ["Nom", "Adresse"],
            ["A", "1, rue du Port, Vitré"],
        ),
        ("Nom;Commune\nA;nan\nB;NULL\n", ["Nom", "Commune"], ["A", ""]),
    ],
)
def test_tables_as_spreadsheets_save_them(content, header, first):
    table = read_table(content.encode())

    assert table.header == header and table.rows[0][1] == first


def test_letters_put_right_are_shown_with_their_line():
    table = read_table(b"Nom;Commune\nA;Dol\n" + "Été;Vitré\n".encode("cp1252") + "É;Liffré\n".encode())

    assert [cells[0] for _number, cells in table.rows] == ["A", "Été", "É"]
    assert "3 : Été;Vitré" in table.remarks[1]
