"""What a file may hold, and how a cell of it is marked: common to every kind of table."""

import csv

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.spreadsheets import ERROR, NOTHING, from_text

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 100
MAX_CELL_LENGTH = 20_000
# What is kept of a table: one text of a workbook may stand in a hundred thousand of its cells.
MAX_CHARACTERS = 20_000_000
# Before a cell that is a formula (no character: no text that is kept holds it, see core.words.ILLEGAL)
FORMULA = "\uffff"
# Before a cell of which letters cannot be told
DOUBTFUL = "\ufffe"
MARKS = (FORMULA, DOUBTFUL)
# A quote that opens a cell and is never closed takes the rest of the file in: the limit (of the process) tells where.
csv.field_size_limit(MAX_CELL_LENGTH)


class UnreadableFile(ValidationError):
    """Its messages say where the file stops being readable, and what to do."""


class Cells:
    """The cells of a table as they are kept; counts their characters, and those that say nothing in a word."""

    def __init__(self):
        self.left = MAX_CHARACTERS
        self.emptied: list[int] = []

    def row(self, number: int, texts: list[str], *, is_doubtful: bool = False) -> list[str]:
        """The texts of a line, marked; raises `UnreadableFile` where all together are too many to keep."""
        found = [self.cell(number, text, is_doubtful) for text in texts]
        self.left -= sum(map(len, found))
        if self.left < 0:
            raise UnreadableFile(_("This table holds too much text: cut it into several, or leave columns out."))
        return found

    def cell(self, number: int, text: str, is_doubtful: bool) -> str:
        bare = text.strip()
        if is_doubtful and not text.isascii():
            return DOUBTFUL + text
        if text.startswith(("=", FORMULA)) or ERROR.fullmatch(bare):
            return FORMULA + text.removeprefix(FORMULA)
        if bare in NOTHING:
            self.emptied.append(number)
            return ""
        return from_text(text)

    def remarks(self) -> list[str]:
        if not self.emptied:
            return []
        said = _("Cells that say “nan”, “NULL” or the like are read as empty, on lines: %(lines)s.")
        return [said % {"lines": numbers(sorted(set(self.emptied)))}]


def refuse_too_many(count: int) -> None:
    if count > MAX_ROWS + 1:
        raise UnreadableFile(
            _("More than %(most)s lines: cut the file into several, and import one after the other.")
            % {"most": MAX_ROWS}
        )


def check_length(text: str, row: int) -> str:
    if len(text) > MAX_CELL_LENGTH:
        raise UnreadableFile(
            _("Line %(line)s: a cell is longer than %(most)s characters.") % {"line": row, "most": MAX_CELL_LENGTH}
        )
    return text


def unmarked(cell: str) -> str:
    """The text of the cell, for people."""
    return cell[1:] if cell.startswith(MARKS) else cell


def numbers(lines: list[int]) -> str:
    """The numbers of lines, for people: the first ones."""
    shown = ", ".join(map(str, lines[:10]))
    return f"{shown}…" if len(lines) > 10 else shown
