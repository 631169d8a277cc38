"""Tables that people open in a spreadsheet: a text is a text, whatever it begins with."""

import csv
import re
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

# OWASP, "CSV Injection": what a spreadsheet may take for a formula.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
# What programs write for a cell that says nothing; what a spreadsheet writes where it could compute nothing.
NOTHING = {"nan", "NaN", "NAN", "NaT", "<NA>", "N/A", "n/a", "NULL", "null", "None", "undefined", "(null)"}
ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|VALEUR!|NAME\?|NOM\?|DIV/0!|NUL!|NULL!|NUM!|NOMBRE!|SPILL!|CALC!)")


def means_something_else(text: str) -> bool:
    """Whether who reads the cell would take it for a formula, an error or an empty cell."""
    bare = text.lstrip("'")
    return bool(FORMULA.match(text)) or bare in NOTHING or bool(ERROR.fullmatch(bare))


def as_text(value) -> str:
    """`value` as a cell that is a text to who reads it: an apostrophe before what begins like a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if means_something_else(text) and not NUMBER.fullmatch(text) else text


def from_text(cell: str) -> str:
    """What `as_text` was given, from what it gave."""
    return cell[1:] if cell.startswith("'") and means_something_else(cell) else cell


def neutralise_exports() -> None:
    """Make every export of the editor do so; by default Wagtail writes what people typed."""
    SpreadsheetExportMixin.custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        str: {SpreadsheetExportMixin.FORMAT_CSV: as_text, SpreadsheetExportMixin.FORMAT_XLSX: as_text},
    }


class _Echo:
    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[list]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), after a BOM, so that Excel reads its accents; `rows` with their header."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([as_text(cell) for cell in row])


def csv_response(filename: str, rows: Iterable[list]) -> StreamingHttpResponse:
    """The file of those rows, sent as it is made."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
