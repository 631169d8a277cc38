"""Files as people have them, made on the spot."""

from io import BytesIO

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
