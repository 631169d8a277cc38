"""Tables that people open in a spreadsheet: a text is a text, whatever it begins with."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

# OWASP, "CSV Injection": what a spreadsheet may take for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_text(value) -> str:
    """`value` as a cell that no spreadsheet runs: an apostrophe before what begins like a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


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
