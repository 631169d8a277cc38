"""A file as people have it, into lines of text: CSV in any usual encoding and separator, or XLSX.

Nothing is guessed silently: `Table.remarks` says how the file was read. What cannot be read is refused, with where
and why.
"""

import csv
import io
import logging
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import load_workbook

from core.spreadsheets import from_text
from core.words import ILLEGAL

logger = logging.getLogger(__name__)
MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 100
MAX_CELL_LENGTH = 20_000
# A workbook is a ZIP archive of XML: what it may hold, unpacked.
MAX_UNPACKED = 40 * 1024 * 1024
# What is kept of a table: one text of a workbook may stand in a hundred thousand of its cells.
MAX_CHARACTERS = 20_000_000
MAX_MEMBERS = 500
# Before a cell that is a formula (no character: no text that is kept holds it, see core.words.ILLEGAL)
FORMULA = "\uffff"
# A quote that opens a cell and is never closed takes the rest of the file in: the limit (of the process) tells where.
csv.field_size_limit(MAX_CELL_LENGTH)
SEPARATORS = (";", ",", "\t", "|")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class UnreadableFile(ValidationError):
    """Its messages say where the file stops being readable, and what to do."""


@dataclass
class Table:
    """The header, the lines below it with the number that each has in the file, and how it was read."""

    header: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_table(content: bytes) -> Table:
    """Read the content of a file. Raises `UnreadableFile`."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(_("This file is larger than %(most)s MB.") % {"most": MAX_BYTES // 1024 // 1024})
    if content.startswith(b"PK\x03\x04"):
        lines, remarks = lines_of_workbook(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(_("This is a workbook of before 2007 (.xls): save it as .xlsx or as CSV."))
    else:
        lines, remarks = lines_of_csv(content)
    return as_table(lines, remarks)


def decode(content: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding it was in."""
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return decoded(content, encoding), {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}[encoding]
    sample = content[:2000]
    for encoding, odd in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(sample) > 3 and odd.count(0) > 0.6 * len(odd):
            return decoded(content, encoding), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            _(
                "The file says that it is in %(encoding)s, and is not, after %(count)s characters. "
                "Save it again as CSV UTF-8."
            )
            % {"encoding": encoding.upper().removesuffix("-SIG"), "count": error.start // 2}
        ) from None


def separator_of(text: str) -> str:
    """The character that cuts the first lines into the most columns, and into as many on each."""
    head = text[:20_000].splitlines()[:10]

    def columns(separator: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(head, delimiter=separator) if row]
        except csv.Error:
            widths = [1]
        first = widths[0] if widths else 1
        return (first > 1 and sum(width == first for width in widths), first)

    return max(SEPARATORS, key=columns)


def lines_of_csv(content: bytes) -> tuple[list[tuple[int, list[str]]], list[str]]:
    text, encoding = decode(content)
    if "\x00" in text:
        raise UnreadableFile(_("This is not a table: neither CSV nor XLSX."))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = text.partition("\n")[0].strip().lower()
    if first.startswith("sep=") and len(first) <= 5:  # Excel's own line, for itself
        text = text.partition("\n")[2]
    separator = separator_of(text)
    lines, started, weight = [], 1, Weight()
    try:
        reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
        for row in reader:
            lines.append((started, weight.add([marked(cell) for cell in row])))
            started = reader.line_num + 1
            refuse_too_many(len(lines))
    except csv.Error as error:
        raise UnreadableFile(explain(error, started)) from None
    names = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical bar")}
    remarks = [
        _("Read as CSV, %(encoding)s, separator: %(separator)s.")
        % {"encoding": encoding, "separator": names[separator]}
    ]
    return lines, remarks


def explain(error: csv.Error, line: int) -> str:
    if "field larger" in str(error):
        return _(
            "Line %(line)s: a cell is longer than %(most)s characters, "
            "or a quotation mark that opens it is never closed."
        ) % {"line": line, "most": MAX_CELL_LENGTH}
    if "unexpected end" in str(error):
        return _("Line %(line)s: a quotation mark opens a cell and is never closed.") % {"line": line}
    return _("Line %(line)s: a quotation mark stands inside a cell without being doubled.") % {"line": line}


class Weight:
    """How many characters were read so far. Raises `UnreadableFile` where they are too many to keep."""

    def __init__(self):
        self.left = MAX_CHARACTERS

    def add(self, row: list[str]) -> list[str]:
        self.left -= sum(map(len, row))
        if self.left < 0:
            raise UnreadableFile(_("This table holds too much text: cut it into several, or leave columns out."))
        return row


def refuse_too_many(count: int) -> None:
    if count > MAX_ROWS + 1:
        raise UnreadableFile(
            _("More than %(most)s lines: cut the file into several, and import one after the other.")
            % {"most": MAX_ROWS}
        )


def check_archive(content: bytes) -> None:
    """Refuse what would not fit once unpacked, before anything is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise UnreadableFile(_("This workbook is too large once unpacked: keep only the sheet to import."))
            if archive.testzip() is not None:  # reads all, and no more than the directory says
                raise zipfile.BadZipFile
    except UnreadableFile:
        raise
    except Exception:  # what a damaged archive makes zipfile and its decompressors raise is a long list
        logger.info("unreadable archive", exc_info=True)
        raise UnreadableFile(_("This workbook is damaged, or closed with a password: save it again.")) from None


def lines_of_workbook(content: bytes) -> tuple[list[tuple[int, list[str]]], list[str]]:
    check_archive(content)
    lines, weight = [], Weight()
    try:
        # Twice: what the cells show, and which of them are formulas, whose result a program may have left out.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        written = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        both = zip(
            *(one.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1) for one in (sheet, written)), strict=False
        )
        for number, (shown, formulas) in enumerate(both, start=1):
            if number > 2 * MAX_ROWS and not any(formulas):
                break  # a sheet may be a million empty lines long
            if any(cell is not None for cell in formulas):
                texts = [cell_text(*cells, number) for cells in zip(shown, formulas, strict=False)]
                lines.append((number, weight.add(texts)))
                refuse_too_many(len(lines))
    except UnreadableFile:
        raise
    except Exception:  # openpyxl lets through whatever its parsers raise
        logger.info("unreadable workbook", exc_info=True)
        raise UnreadableFile(_("This workbook cannot be read: save it again, or save the sheet as CSV.")) from None
    remarks = [_("Read as XLSX, sheet “%(sheet)s”.") % {"sheet": sheet.title}]
    if len(book.worksheets) > 1:
        others = ", ".join(other.title for other in book.worksheets[1:6])
        remarks.append(_("Only the first sheet is read; left aside: %(sheets)s.") % {"sheets": others})
    return lines, remarks


def marked(cell: str) -> str:
    """The text of a cell of ours or of anybody's; with a mark where a spreadsheet would compute it."""
    return FORMULA + cell if cell.startswith("=") else from_text(cell)


def cell_text(value, written, row: int) -> str:
    """What one would have typed: a whole number without its zero after the point, a day without its hour."""
    if isinstance(written, str) and written.startswith("=") and (value is None or str(value).startswith("#")):
        return FORMULA + (written if value is None else str(value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date() if not (value.hour or value.minute or value.second) else value
    text = value.isoformat() if isinstance(value, date) else str(value)
    if len(text) > MAX_CELL_LENGTH:
        raise UnreadableFile(
            _("Line %(line)s: a cell is longer than %(most)s characters.") % {"line": row, "most": MAX_CELL_LENGTH}
        )
    return ILLEGAL.sub("", from_text(text))


def as_table(lines: list[tuple[int, list[str]]], remarks: list[str]) -> Table:
    lines = [(number, row) for number, row in lines if any(cell.strip() for cell in row)]
    if not lines:
        raise UnreadableFile(_("This file is empty."))
    # A title above the table: the header is the first line with as many cells as the lines below it.
    widest = max(filled(row) for _number, row in lines[:20])
    skipped = next((at for at, (_n, row) in enumerate(lines[:10]) if filled(row) * 2 > widest), 0)
    if skipped:
        said = ngettext(
            "The line above the header was left aside.",
            "The %(count)s lines above the header were left aside.",
            skipped,
        )
        remarks.append(said % {"count": skipped})
    (_number, header), *rows = lines[skipped:]
    width = max(at for at, cell in enumerate(header) if cell.strip()) + 1
    width = max(width, max((last_filled(row) for _n, row in rows), default=0))
    if width > MAX_COLUMNS:
        raise UnreadableFile(_("More than %(most)s columns: keep those that say something.") % {"most": MAX_COLUMNS})
    names = [" ".join(name.split()) for name in islice(chain(header, [""] * width), width)]
    table = Table(
        [name or _("(column %(number)s, without a name)") % {"number": at} for at, name in enumerate(names, start=1)]
    )
    table.remarks = remarks
    table.rows = [(number, list(islice(chain(row, [""] * width), width))) for number, row in rows]
    return table


def filled(row: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def last_filled(row: list[str]) -> int:
    return max((at for at, cell in enumerate(row, start=1) if cell.strip()), default=0)
