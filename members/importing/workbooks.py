"""Workbooks into lines of text: XLSX, ODS, and the XLS of before 2007.

What a spreadsheet hides or means is not what its cells hold: hidden lines and sheets, merged cells, results that it
could not compute are each said.
"""

import io
import logging
import re
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)
from python_calamine import load_workbook as load_any_workbook

from core.words import ILLEGAL
from members.importing.limits import (
    FORMULA,
    MAX_COLUMNS,
    MAX_ROWS,
    Cells,
    UnreadableFile,
    check_length,
    numbers,
    refuse_too_many,
)

logger = logging.getLogger(__name__)
Lines = list[tuple[int, list[str]]]
# A workbook is a ZIP archive of XML: what it may hold, unpacked.
MAX_UNPACKED = 40 * 1024 * 1024
MAX_MEMBERS = 500
OLE = b"\xd0\xcf\x11\xe0"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
FIRST, LAST = re.compile(rb"""\bmin=["'](\d+)["']"""), re.compile(rb"""\bmax=["'](\d+)["']""")
NUMBER, HIDDEN = re.compile(rb"""\br=["'](\d+)["']"""), re.compile(rb"""\bhidden=["'](?:1|true)["']""")
HIDDEN_ROWS = re.compile(rb"<table:table-row\b([^>]*table:visibility=.(?:collapse|filter).[^>]*)>")
REPEATED = re.compile(rb"""table:number-rows-repeated=["'](\d+)["']""")
NOT_COMPUTED = re.compile(rb"""calcext:value-type=["']error["']""")
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def is_workbook(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", OLE))


def lines_of_workbook(content: bytes) -> tuple[Lines, list[str]]:
    """The lines of its first visible sheet, and how it was read. Raises `UnreadableFile`."""
    names: list[str] = []
    if content.startswith(OLE):
        if PROTECTED in content:
            raise closed()
    else:
        names = check_archive(content)
        refuse_other_archives(names)
    try:
        book = load_any_workbook(io.BytesIO(content))
    except PasswordError:
        raise closed() from None
    except CalamineError:
        raise cannot_be_read() from None
    try:
        sheet, others = sheet_of(book)
        refuse_too_long(sheet)
        if "xl/workbook.xml" in names:
            kind, (lines, remarks) = "XLSX", lines_of_xlsx(content, sheet.name)
        elif names:
            kind, (lines, remarks) = "ODS", lines_of_any(sheet)
            remarks += hidden_in_ods(content)
        else:
            kind, (lines, remarks) = "XLS", lines_of_any(sheet)
            remarks.append(_("Lines that it hides are read as the others."))
    except UnreadableFile:
        raise
    except Exception:  # openpyxl and the parser of calamine let through whatever theirs raise
        logger.info("unreadable workbook", exc_info=True)
        raise cannot_be_read() from None
    lines, merged = filled_in(lines, sheet.merged_cell_ranges or [])
    remarks = [
        _("Read as %(kind)s, sheet “%(sheet)s”.") % {"kind": kind, "sheet": sheet.name},
        *others,
        *remarks,
        *merged,
    ]
    return lines, remarks


def closed() -> UnreadableFile:
    return UnreadableFile(_("This workbook is closed with a password: take the password off, and save it again."))


def cannot_be_read() -> UnreadableFile:
    return UnreadableFile(_("This workbook cannot be read: save it again, or save the sheet as CSV."))


def check_archive(content: bytes) -> list[str]:
    """The names in it. Refuses what would not fit once unpacked, before anything is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise UnreadableFile(_("This workbook is too large once unpacked: keep only the sheet to import."))
            if archive.testzip() is not None:  # reads all, and no more than the directory says
                raise zipfile.BadZipFile
            return [member.filename for member in members]
    except UnreadableFile:
        raise
    except Exception:  # what a damaged archive makes zipfile and its decompressors raise is a long list
        logger.info("unreadable archive", exc_info=True)
        raise UnreadableFile(_("This workbook is damaged, or closed with a password: save it again.")) from None


def refuse_other_archives(names: list[str]) -> None:
    """Say what an archive is that is no workbook."""
    if any(name in ("xl/workbook.xml", "xl/workbook.bin", "content.xml") for name in names):
        return
    if "word/document.xml" in names:
        raise UnreadableFile(_("This is a text document, not a table: copy its table into a spreadsheet."))
    if any(name.endswith(".iwa") for name in names):
        raise UnreadableFile(_("This is a document of Numbers: export it as CSV or Excel (File, Export to)."))
    if any(name.lower().endswith((".csv", ".xlsx", ".ods", ".xls")) for name in names):
        raise UnreadableFile(_("This is an archive (.zip): unpack it, and send the table that it holds."))
    raise UnreadableFile(_("This is not a table: neither CSV nor a workbook (.xlsx, .ods, .xls)."))


def sheet_of(book: CalamineWorkbook) -> tuple[CalamineSheet, list[str]]:
    """The sheet to read, the first that can be seen and says something; what is said of the others."""
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
    if not sheets:
        raise UnreadableFile(_("This file is empty."))
    candidates = visible or hidden
    read = (book.get_sheet_by_name(name) for name in candidates)
    chosen = next((sheet for sheet in read if sheet.height), None) or book.get_sheet_by_name(candidates[0])
    said = []
    if others := [name for name in visible if name != chosen.name]:
        said.append(_("Only one sheet is read; left aside: %(sheets)s.") % {"sheets": ", ".join(others[:5])})
    if visible and hidden:
        said.append(_("Hidden sheets are left aside: %(sheets)s.") % {"sheets": ", ".join(hidden[:5])})
    return chosen, said


def refuse_too_long(sheet: CalamineSheet) -> None:
    """Count the lines before they are read for good: a small file may hold a million."""
    if sheet.height > MAX_ROWS + 1:
        refuse_too_many(sum(any(cell != "" for cell in row) for row in sheet.iter_rows()))


def lines_of_any(sheet: CalamineSheet) -> tuple[Lines, list[str]]:
    lines, kept = [], Cells()
    first = (sheet.start or (0, 0))[0] + 1
    for number, row in enumerate(sheet.to_python(), start=first):
        if any(cell != "" for cell in row):
            lines.append((number, kept.row(number, [text_of(cell, number) for cell in row[: MAX_COLUMNS + 1]])))
    return lines, kept.remarks()


def lines_of_xlsx(content: bytes, sheet: str) -> tuple[Lines, list[str]]:
    lines, cells = [], Cells()
    # Twice: what the cells show, and which of them are formulas, whose result a program may have left out.
    shown_book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    written_book = load_workbook(io.BytesIO(content), read_only=True)
    rows = zip(
        *(book[sheet].iter_rows(values_only=True, max_col=MAX_COLUMNS + 1) for book in (shown_book, written_book)),
        strict=False,
    )
    for number, (shown, formulas) in enumerate(rows, start=1):
        if number > 2 * MAX_ROWS and not any(formulas):
            break  # a sheet may be a million empty lines long
        if any(cell is not None for cell in formulas):
            texts = [cell_text(*both, number) for both in zip(shown, formulas, strict=False)]
            lines.append((number, cells.row(number, texts)))
            refuse_too_many(len(lines))
    said = {number for number, _row in lines}
    rows, columns = hidden_in_xlsx(content, sheet)
    hidden = [number for number in rows if number in said]
    remarks = said_of_hidden(hidden, len(hidden))
    used = [number for number in columns if any(row[number - 1 : number] for _n, row in lines)]
    if used:
        letters = ", ".join(map(get_column_letter, used))
        remarks.append(_("Columns are hidden, and read as the others: %(columns)s.") % {"columns": letters})
    return lines, [*remarks, *cells.remarks()]


def hidden_in_xlsx(content: bytes, sheet: str) -> tuple[list[int], list[int]]:
    """The numbers of the lines, and of the columns, that a filter or a person hides."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 (expat bounds what entities make)
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        sheets = {element.get("name"): link for element in book.iter() if (link := element.get(f"{RELATIONS}id"))}
        target = targets[sheets[sheet]]
        data = archive.read(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    rows = [match[1] for match in ROW.finditer(data) if HIDDEN.search(match[1])]
    columns = [match[1] for match in COLUMN.finditer(data) if HIDDEN.search(match[1])]
    spans = [(int(first[1]), int(last[1])) for span in columns
             if (first := FIRST.search(span)) and (last := LAST.search(span))]  # fmt: skip
    return (
        [int(number[1]) for row in rows if (number := NUMBER.search(row))],
        [number for first, last in spans for number in range(first, min(last, MAX_COLUMNS) + 1)],
    )


def hidden_in_ods(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("content.xml")
    repeated = [REPEATED.search(match[1]) for match in HIDDEN_ROWS.finditer(data)]
    # At the end of a sheet, a million empty lines may be hidden at once.
    count = sum(number for match in repeated if (number := int(match[1]) if match else 1) <= MAX_ROWS)
    found = said_of_hidden([], count)
    if errors := len(NOT_COMPUTED.findall(data)):
        found.append(
            ngettext(
                "One cell holds an error of the spreadsheet and is read as empty.",
                "%(count)s cells hold an error of the spreadsheet and are read as empty.",
                errors,
            )
            % {"count": errors}
        )
    return found


def said_of_hidden(lines: list[int], count: int) -> list[str]:
    if not count:
        return []
    where = f" ({numbers(lines)})" if lines else ""
    said = ngettext(
        "One line is hidden in the sheet%(where)s: it is read as the others. Delete it there if it should not be.",
        "%(count)s lines are hidden in the sheet%(where)s: they are read as the others. "
        "Delete them there if they should not be.",
        count,
    )
    return [said % {"count": count, "where": where}]


def filled_in(lines: Lines, merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Lines, list[str]]:
    """The lines, with what one cell says over several of them on each; and what is said of it."""
    by_number = dict(lines)
    filled: list[int] = []
    for (top, left), (bottom, right) in merged[: 10 * MAX_ROWS]:
        value = by_number.get(top + 1, [])[left : left + 1]
        if left != right or bottom <= top or not value or not value[0]:
            continue
        for number in range(top + 2, min(bottom, top + MAX_ROWS) + 2):
            cells = by_number.get(number)
            if cells is None:
                continue
            cells += [""] * (left + 1 - len(cells))
            cells[left] = cells[left] or value[0]
            filled.append(number)
    if not filled:
        return lines, []
    return lines, [
        _("Cells are merged: what they say is repeated on each of their lines (%(lines)s).")
        % {"lines": numbers(sorted(set(filled)))}
    ]


def cell_text(value, written, row: int) -> str:
    """What one would have typed, with a mark where the spreadsheet would compute it."""
    if isinstance(written, str) and written.startswith("=") and (value is None or str(value).startswith("#")):
        return FORMULA + (written if value is None else str(value))
    text = text_of(value, row)
    # A text that begins like a formula and is none was typed with an apostrophe before it.
    return f"'{text}" if text.startswith("=") else text


def text_of(value, row: int) -> str:
    """What one would have typed: a whole number without its zero after the point, a day without its hour."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date() if not (value.hour or value.minute or value.second) else value
    text = value.isoformat(*([" "] if isinstance(value, datetime) else [])) if isinstance(value, date) else str(value)
    return ILLEGAL.sub("", check_length(text, row))
