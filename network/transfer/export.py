"""A pôle in one ZIP file: pages as JSON and as HTML, pictures and documents, people, redirects, journal.

pole.json       who it is: register, identity, address, when it was exported
pages.json      every page in every language and state, parents first (Wagtail's own serialisation)
pages.csv       the same as a table to read
pages/…html     what visitors see, page by page, at the path of its address
images.json     and media/… the files; documents.json likewise
sites.json      the sites by number, which events name as organisers
topics.json …   what rooms bring by the hook `transfer_parts`: words of the network, rows that belong to pages
team.csv redirects.csv journal.csv
"""

import json
import zipfile
from datetime import datetime
from io import BytesIO

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.models import SiteDocument, SiteIdentity, SiteImage
from core.querysets import pages as every_page
from core.querysets import seen_as_in_the_editor
from core.seams import brought
from core.spreadsheets import csv_lines
from core.transfer.parts import TransferPart
from poles.registry import Pole
from poles.team import Team

FORMAT = 2
IMAGE_FIELDS = [
    "title", "description", "is_decorative", "credit", "licence",
    "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
]  # fmt: skip


def pages_of(pole: Pole) -> list[Page]:
    """Every page of the pôle, parents before children."""
    found = []
    for home in sorted(pole.homes(), key=lambda page: page.pk != pole.site.root_page_id):  # the main language first
        found += Page.objects.descendant_of(home, inclusive=True).order_by("path").specific()
    return found


@seen_as_in_the_editor()
def export_pole(pole: Pole, journal_rows=()) -> BytesIO:
    """The ZIP file, from its beginning. `journal_rows` are the lines of the journal, already readable."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        found = pages_of(pole)
        write_json(archive, "pole.json", about(pole))
        write_json(archive, "pages.json", [page_data(page) for page in found])
        for part in transfer_parts():
            write_json(archive, f"{part.name}.json", part.write(found))
        write_json(archive, "sites.json", list(Site.objects.values("pk", "hostname")))
        write_csv(archive, "pages.csv", page_rows(found))
        write_csv(archive, "team.csv", team_rows(pole))
        write_csv(archive, "redirects.csv", redirect_rows(pole))
        write_csv(archive, "journal.csv", journal_rows)
        handler = BaseHandler()
        handler.load_middleware()
        for page in every_page().published().filter(pk__in=[page.pk for page in found]):
            response = handler.get_response(visit(page))
            if response.status_code == 200:
                archive.writestr(f"pages{html_path(page)}", response.content)
        folders = pole.collection.get_descendants(inclusive=True)
        images = [
            write_file(archive, image, {field: getattr(image, field) for field in IMAGE_FIELDS})
            for image in SiteImage.objects.filter(collection__in=folders).order_by("pk")
        ]
        documents = [
            write_file(archive, document, {"title": document.title})
            for document in SiteDocument.objects.filter(collection__in=folders).order_by("pk")
        ]
        write_json(archive, "images.json", images)
        write_json(archive, "documents.json", documents)
    output.seek(0)
    return output


def about(pole: Pole) -> dict:
    identity = SiteIdentity.for_site(pole.site)
    return {
        "format": FORMAT,
        "exported_at": timezone.now(),
        "pays": pole.pays.slug,
        "name": pole.name,
        "hostname": pole.site.hostname,
        "statuses": list(pole.statuses.order_by("since").values("status", "since", "note")),
        "identity": {
            **model_to_dict(identity, exclude=["id", "site", "social_links"]),
            **{field: getattr(identity, field) for field in ("state", "state_notice", "state_since")},
            "social_links": list(identity.social_links.raw_data),
        },
    }


def page_data(page: Page) -> dict:
    parent = page.get_parent()
    restriction = page.view_restrictions.first()
    return {
        "type": page._meta.label,
        "pk": page.pk,
        "parent": None if page.depth == 2 else parent.pk,
        "locale": page.locale.language_code,
        "url_path": page.url_path,
        "password": restriction.password if restriction else None,
        "data": page.serializable_data(),
        "draft": page.latest_revision.content if page.latest_revision and page.has_unpublished_changes else None,
        "is_scheduled": page.scheduled_revision is not None,
    }


def transfer_parts() -> list[TransferPart]:
    """What leaves with a pôle beside its pages and files."""
    return [part for part in brought("transfer_parts") if isinstance(part, TransferPart)]


def page_rows(found):
    yield ["title", "type", "address", "published", "first published", "last published", "language"]
    for page in found:
        yield [
            page.title, page.get_verbose_name(), page.full_url, page.live, page.first_published_at,
            page.last_published_at, page.locale.language_code,
        ]  # fmt: skip


def team_rows(pole: Pole):
    yield ["first name", "last name", "e-mail", "role"]
    for member in Team(pole).members():
        yield [member.user.first_name, member.user.last_name, member.user.email, member.role.label]


def redirect_rows(pole: Pole):
    yield ["from", "to", "permanent"]
    for redirect in Redirect.objects.filter(site=pole.site):
        yield [redirect.old_path, redirect.link, redirect.is_permanent]


def html_path(page: Page) -> str:
    """/actualites/titre/ → /actualites/titre/index.html"""
    path = page.get_url_parts()[2]
    return f"{path}index.html"


def visit(page: Page) -> WSGIRequest:
    """A visitor's request for the page, that a suspended site answers too."""
    _site_id, root_url, path = page.get_url_parts()
    scheme, _, host = root_url.partition("://")
    name, _, port = host.partition(":")
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "SERVER_NAME": name,
            "SERVER_PORT": port or ("443" if scheme == "https" else "80"),
            "HTTP_HOST": host,
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(),
        }
    )
    request.is_dummy = True  # as Wagtail marks its own: core.middleware.SiteMiddleware lets it through
    return request


def write_file(archive: zipfile.ZipFile, thing, data: dict) -> dict:
    """Put the file of a picture or document in the archive; a file that is lost is said so, and stops nothing."""
    name = f"media/{thing.file.name}"
    try:
        with thing.file.open("rb") as content:
            archive.writestr(name, content.read())
    except FileNotFoundError:
        name = None
    return {"pk": thing.pk, "file": name, "created_at": thing.created_at, **data}


class ExactEncoder(DjangoJSONEncoder):
    """Django's, but with the microseconds of a date: what is imported must be what was exported."""

    def default(self, value):
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def write_json(archive: zipfile.ZipFile, name: str, data) -> None:
    archive.writestr(name, json.dumps(data, cls=ExactEncoder, ensure_ascii=False, indent=1))


def write_csv(archive: zipfile.ZipFile, name: str, rows) -> None:
    archive.writestr(name, "".join(csv_lines(rows)))
