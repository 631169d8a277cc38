"""A file as people have it, into lines of text: CSV in any usual encoding and separator, or a workbook.

Nothing is guessed silently: `Table.remarks` says how the file was read. What cannot be read is refused, with where
and why.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.decoding import decode
from members.importing.limits import (
    MAX_BYTES,
    MAX_CELL_LENGTH,
    MAX_COLUMNS,
    Cells,
    UnreadableFile,
    refuse_too_many,
)
from members.importing.workbooks import Lines, is_workbook, lines_of_workbook

SEPARATORS = (";", ",", "\t", "|")
MAX_SHOWN = 5
PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|table|meta|head|body)\b", re.IGNORECASE)
OLD_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml\b")


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
    refuse_other_kinds(content)
    lines, remarks = lines_of_workbook(content) if is_workbook(content) else lines_of_csv(content)
    return as_table(lines, remarks)


def refuse_other_kinds(content: bytes) -> None:
    """Say what a file is that no line can be read of, whatever its name says."""
    if PAGE.match(content):
        raise UnreadableFile(
            _("This is a web page, whatever its name says: open it in a spreadsheet, and save it as XLSX or CSV.")
        )
    if OLD_XML.match(content):
        raise UnreadableFile(
            _("This is an XML file, whatever its name says: open it in a spreadsheet, and save it as XLSX or CSV.")
        )
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise UnreadableFile(_("This is a PDF or a picture, not a table: ask for the table that it was made of."))


def separator_of(lines: list[str]) -> str:
    """The character that cuts the most of the first lines into the same number of columns, more than one."""

    def columns(separator: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        except csv.Error:
            widths = Counter()
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return count, width

    return max(SEPARATORS, key=columns)


def lines_of_csv(content: bytes) -> tuple[Lines, list[str]]:
    try:
        read = decode(content)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            _(
                "The file says that it is in %(encoding)s, and is not, after %(count)s characters. "
                "Save it again as CSV UTF-8."
            )
            % {"encoding": error.encoding.upper(), "count": error.start // 2}
        ) from None
    if "\x00" in read.text:
        raise UnreadableFile(_("This is not a table: neither CSV nor a workbook (.xlsx, .ods, .xls)."))
    text = read.text.replace("\r\n", "\n").replace("\r", "\n")
    first = text.partition("\n")[0].strip().lower()
    if first.startswith("sep=") and len(first) <= 5:  # Excel's own line, for itself
        text = text.partition("\n")[2]
    separator = separator_of(text[:20_000].splitlines()[:20])
    doubtful = {number for number, _line in read.doubts}
    cells = Cells()
    lines = cut(text, separator, doubtful, cells)
    remarks = []
    if inner := quoted_lines(lines):
        separator = separator_of(inner[:20])
        cells = Cells()
        lines = cut("\n".join(inner), separator, doubtful, cells)
        remarks.append(_("Each line was one cell between quotation marks: it was cut into its columns."))
    names = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical bar")}
    remarks.insert(
        0,
        _("Read as CSV, %(encoding)s, separator: %(separator)s.")
        % {"encoding": read.encoding, "separator": names[separator]},
    )
    if read.mended:
        shown = " / ".join(f"{number} : {line}" for number, line in read.mended[:MAX_SHOWN])
        remarks.append(
            _("Letters were put right, on lines that were encoded otherwise: check them (%(lines)s).")
            % {"lines": shown}
        )
    if read.doubts:
        shown = " / ".join(f"{number} : {line}" for number, line in read.doubts[:MAX_SHOWN])
        remarks.append(
            _("Letters cannot be told on some lines (%(lines)s). Correct them, or save the file again as CSV UTF-8.")
            % {"lines": shown}
        )
    return lines, [*remarks, *cells.remarks()]


def cut(text: str, separator: str, doubtful: set[int], cells: Cells) -> Lines:
    lines, started = [], 1
    try:
        reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
        for row in reader:
            is_doubtful = not doubtful.isdisjoint(range(started, reader.line_num + 1))
            lines.append((started, cells.row(started, row, is_doubtful=is_doubtful)))
            started = reader.line_num + 1
            refuse_too_many(len(lines))
    except csv.Error as error:
        raise UnreadableFile(explain(error, started)) from None
    return lines


def quoted_lines(lines: Lines) -> list[str]:
    """The lines inside their quotation marks, where each is one cell that holds separators; else none."""
    texts = [row[0] if row else "" for _number, row in lines if len(row) <= 1]
    if len(texts) < max(len(lines), 2) or any("\n" in text for text in texts):
        return []
    said = [text for text in texts if text.strip()]
    return texts if said and all(any(mark in text for mark in SEPARATORS) for text in said) else []


def explain(error: csv.Error, line: int) -> str:
    if "field larger" in str(error):
        return _(
            "Line %(line)s: a cell is longer than %(most)s characters, "
            "or a quotation mark that opens it is never closed."
        ) % {"line": line, "most": MAX_CELL_LENGTH}
    if "unexpected end" in str(error):
        return _("Line %(line)s: a quotation mark opens a cell and is never closed.") % {"line": line}
    return _("Line %(line)s: a quotation mark stands inside a cell without being doubled.") % {"line": line}


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
