"""A directory as files: GeoJSON (RFC 7946), CSV, XLSX and JSON, with their licence and their date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from openpyxl import Workbook

from core.images.models import Licence
from core.spreadsheets import as_text, csv_lines
from members.columns import COLUMNS, Column
from members.map import address_of, addresses
from members.page import MemberPage
from members.profile import REFERENCE, row_of

PUBLIC_COLUMNS = tuple(column for column in COLUMNS if column.is_public)
LICENCE_ADDRESSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.OPEN_LICENCE: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
FORMAT_VERSION = 1
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Export:
    """What to write: sheets in order, the columns of each, and what is said of the whole."""

    title: str
    url: str
    licence: str
    at: datetime
    members: list[tuple[MemberPage, str, list[str]]]  # the sheet, its address, the pôles that hold one of it
    columns: tuple[Column, ...] = PUBLIC_COLUMNS

    @classmethod
    def of(cls, directory, request, entries, members: QuerySet, columns=PUBLIC_COLUMNS) -> "Export":
        known, here = addresses(request), directory.get_full_url(request)
        root_url = here.removesuffix(directory.get_url_parts()[2])
        sheets = members.with_sectors().in_bulk()
        listed = []
        for entry in entries:
            if (member := sheets.get(entry.row.pk)) is not None:
                address = address_of(member.url_path, known)
                address = address if "://" in address else root_url + address
                listed.append((member, address, directory.holders(entry)))
        return cls(directory.title, here, directory.data_licence, timezone.now(), listed, columns)

    @property
    def licence_name(self) -> str:
        return str(Licence(self.licence).label)

    @property
    def licence_url(self) -> str:
        return LICENCE_ADDRESSES.get(self.licence, "")

    @property
    def header(self) -> list[str]:
        return [REFERENCE, *(column.key for column in self.columns), "poles", "fiche"]

    def rows(self) -> Iterator[dict[str, str]]:
        for member, address, holders in self.members:
            row = row_of(member)
            yield {
                REFERENCE: str(member.translation_key),
                **{column.key: row[column.key] for column in self.columns},
                "poles": " | ".join(holders),
                "fiche": address,
            }

    def about(self) -> dict:
        return {
            "titre": self.title,
            "source": self.url,
            "documentation": f"{self.url}donnees/",
            "licence": self.licence_name,
            "adresse_de_la_licence": self.licence_url,
            "date": self.at.isoformat(timespec="seconds"),
            "version_du_format": FORMAT_VERSION,
            "nombre": len(self.members),
        }

    def filename(self, extension: str) -> str:
        return f"annuaire-{timezone.localdate(self.at):%Y-%m-%d}.{extension}"

    def sent(self, response: HttpResponse, extension: str) -> HttpResponse:
        """With the name of the file, and its licence where the format has no place for it (RFC 8288)."""
        response["Content-Disposition"] = f'attachment; filename="{self.filename(extension)}"'
        if self.licence_url:
            response["Link"] = f'<{self.licence_url}>; rel="license"'
        return response


def as_geojson(export: Export) -> HttpResponse:
    """RFC 7946: a Feature for each sheet, whose geometry is null where it has no position."""
    features = []
    for (member, _address, _holders), row in zip(export.members, export.rows(), strict=True):
        position = member.position
        # Longitude first (RFC 7946, section 3.1.1)
        geometry = {"type": "Point", "coordinates": [position.longitude, position.latitude]} if position else None
        features.append({"type": "Feature", "id": row[REFERENCE], "geometry": geometry, "properties": row})
    content = {"type": "FeatureCollection", **export.about(), "features": features}
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False}, content_type="application/geo+json")
    return export.sent(response, "geojson")


def as_json(export: Export) -> HttpResponse:
    content = {**export.about(), "membres": list(export.rows())}
    return export.sent(JsonResponse(content, json_dumps_params={"ensure_ascii": False}), "json")


def table(export: Export) -> Iterable[list[str]]:
    yield export.header
    for row in export.rows():
        yield [row[key] for key in export.header]


def as_csv(export: Export) -> HttpResponse:
    """Whole, so that it is kept until something changes: a streamed answer is made for each that asks."""
    content = "".join(csv_lines(table(export)))
    return export.sent(HttpResponse(content, content_type="text/csv; charset=utf-8"), "csv")


def workbook(rows: Iterable[list[str]], about: dict[str, str]) -> bytes:
    """A workbook whose first sheet holds `rows`, every cell a text, and whose second says what they are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Annuaire")
    sheet.freeze_panes = "C2"
    for row in rows:
        sheet.append([as_text(cell) for cell in row])
    if about:
        explained = book.create_sheet("À propos")
        for name, value in about.items():
            explained.append([name, as_text(value)])
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def as_xlsx(export: Export) -> HttpResponse:
    return export.sent(HttpResponse(workbook(table(export), export.about()), content_type=XLSX), "xlsx")


FORMATS = {
    "geojson": as_geojson,
    "csv": as_csv,
    "xlsx": as_xlsx,
    "json": as_json,
}
