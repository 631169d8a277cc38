"""Files as people have them, made on the spot."""

from io import BytesIO
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def send(client, directory, content: bytes, name="membres.csv"):
    """Send a file as one does on the screen; returns the answer."""
    return client.post(
        f"/admin/annuaire/{directory.pk}/import/", {"file": SimpleUploadedFile(name, content)}, follow=True
    )


def ods(*rows: str, hidden: int = 0) -> bytes:
    """A workbook of LibreOffice; the last `hidden` lines are hidden by a filter."""
    lines = []
    for at, row in enumerate(rows):
        hide = ' table:visibility="filter"' if at >= len(rows) - hidden else ""
        cells = "".join(f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>"
                        for cell in row.split(";"))  # fmt: skip
        lines.append(f"<table:table-row{hide}>{cells}</table:table-row>")
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                     for name in ("office", "table", "text"))  # fmt: skip
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name='Feuille1'>"
        f"{''.join(lines)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    output = BytesIO()
    with ZipFile(output, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        archive.writestr("content.xml", content)
    return output.getvalue()
