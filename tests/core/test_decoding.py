"""Files as people have them: their letters come out right, and what cannot be told is said, line by line."""

import pytest

from core.decoding import decode

pytestmark = pytest.mark.database_independent("decodes bytes")

LINES = [
    "nom;commune",
    "L'Épicerie d'été;Saint-Malo",
    "La Ressourcerie à façon « bio »;Ploërmel",
    "Le Gîte où l'on rêve;Liffré",
    "ÉTÉ À CHÂTEAU;Noël",
    "Café;Bâle",
]
TEXT = "\n".join(LINES)
CURLY = TEXT.replace("'", "’") + "\nŒuvre – cœur – 12 €;Fougères\nBezañ e c’houlenn;Kemper"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_the_encoding_of_a_file_is_told_by_its_french(encoding):
    found = decode(CURLY.encode(encoding))

    assert found.text == CURLY and not found.doubts


def test_a_file_of_ms_dos_is_told_too():
    assert decode(TEXT.encode("cp850")).text == TEXT


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("line", LINES[1:])
def test_one_line_in_another_encoding_is_read_for_itself(encoding, line):
    content = f"{CURLY}\n".encode() + line.encode(encoding)

    found = decode(content)

    assert found.text == f"{CURLY}\n{line}"
    assert found.mended == [(len(CURLY.splitlines()) + 1, line)]


def test_what_was_encoded_twice_is_put_right_and_said():
    line = "L’Épicerie d’été;Saint-Malo"
    twice = line.encode().decode("cp1252").encode()

    found = decode(b"nom;commune\n" + twice)

    assert found.text.splitlines()[1] == line and found.mended == [(2, line)]


@pytest.mark.parametrize("content", ["nom\nF\ufffdte".encode()])
def test_letters_that_are_lost_are_doubtful(content):
    assert [number for number, _line in decode(content).doubts] == [2]


def test_any_bytes_are_read_somehow():
    assert decode(bytes(range(3, 256)) * 3).text
    assert decode(b"").text == ""
