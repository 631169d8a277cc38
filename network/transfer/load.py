"""A pôle from its ZIP file (`network.transfer.export`) into this install, which may give everything other keys."""

import json
import zipfile

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, PageViewRestriction, Site

from core.models import SiteDocument, SiteIdentity, SiteImage
from core.transfer.mapping import Mapping
from network.governance import withdraw_rights
from network.provisioning import Refusal, Report, provision_pole
from network.transfer.export import FORMAT, IMAGE_FIELDS, transfer_parts
from poles.registry import Pole, PoleStatus

# What belongs to the tree, the people and the history of the install that a page comes from.
LEFT_BEHIND = (
    "path", "depth", "numchild", "url_path", "content_type", "owner", "locked_by", "locked", "locked_at",
    "latest_revision", "live_revision", "scheduled_revision", "index_entries", "comments",
    "wagtail_admin_comments", "latest_revision_created_at", "has_unpublished_changes",
)  # fmt: skip


@transaction.atomic
def import_pole(file, *, hostname: str = "") -> Report:
    """Open the pôle that `file` (a path or an open binary file) holds, at `hostname` or where it was.

    Raises `Refusal` where the file is not such an export, or the pays or the address are taken.
    """
    try:
        archive = zipfile.ZipFile(file)
        about = json.loads(archive.read("pole.json"))
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise Refusal(_("This file is not the export of a pôle.")) from None
    if about.get("format") != FORMAT:
        raise Refusal(_("This export is of another format than this release reads."))
    taken = Pole.objects.filter(pays__slug=about["pays"], site__isnull=False).first()
    if taken:
        raise Refusal(_("%(pole)s is in this install already.") % {"pole": taken})
    report = provision_pole(pays=about["pays"], name=about["name"], hostname=hostname or about["hostname"], starters=())
    mapping = Mapping()
    load_parts(mapping, archive, with_pages=False)
    load_sites(mapping, report.pole, about, json.loads(archive.read("sites.json")))
    load_files(mapping, archive, report.pole)
    load_identity(mapping, report.pole, about["identity"])
    rows = json.loads(archive.read("pages.json"))
    make_pages(mapping, report.pole, rows)
    load_parts(mapping, archive, with_pages=True)
    for row in rows:
        fill(mapping, row)
    report.pole.statuses.all().delete()
    for status in about["statuses"]:
        PoleStatus.objects.create(pole=report.pole, **{**status, "since": parse_date(status["since"])})
    if report.pole.is_closed:
        withdraw_rights(report.pole)
    transaction.on_commit(Site.clear_site_root_paths_cache)
    report.pole = Pole.objects.get(pk=report.pole.pk)  # its home page is another than the one it was opened with
    report.site = report.pole.site
    return report


def load_parts(mapping: Mapping, archive: zipfile.ZipFile, *, with_pages: bool) -> None:
    """What rooms bring by `transfer_parts`; an export of before a room came has no file of its parts."""
    for part in transfer_parts():
        if part.with_pages == with_pages:
            known = f"{part.name}.json" in archive.namelist()
            part.read(mapping, json.loads(archive.read(f"{part.name}.json")) if known else [])


def load_sites(mapping: Mapping, pole: Pole, about: dict, rows: list[dict]) -> None:
    """The sites that events name as organisers: its own, and those that are here under the same hostname."""
    here = dict(Site.objects.values_list("hostname", "pk"))
    mapping.keys[Site] = {}
    for row in rows:
        found = pole.site.pk if row["hostname"] == about["hostname"] else here.get(row["hostname"])
        if found is not None:
            mapping.add(Site, row["pk"], found)


def load_files(mapping: Mapping, archive: zipfile.ZipFile, pole: Pole) -> None:
    for model, listing, fields in (
        (SiteImage, "images.json", IMAGE_FIELDS),
        (SiteDocument, "documents.json", ["title"]),
    ):
        mapping.keys[model] = {}
        for row in json.loads(archive.read(listing)):
            if row["file"] is None:
                continue
            content = ContentFile(archive.read(row["file"]), name=row["file"].rpartition("/")[2])
            thing = model(collection=pole.collection, file=content, **{field: row[field] for field in fields})
            thing.save()
            model.objects.filter(pk=thing.pk).update(created_at=parse_datetime(row["created_at"]))
            mapping.add(model, row["pk"], thing.pk)


def load_identity(mapping: Mapping, pole: Pole, values: dict) -> None:
    identity = SiteIdentity.for_site(pole.site)
    known = {field.name for field in SiteIdentity._meta.concrete_fields} - {"id", "site", "logo", "social_links"}
    for name in known & set(values):
        setattr(identity, name, values[name])
    identity.logo_id = mapping.get(SiteImage, values.get("logo"))
    identity.state_since = parse_date(values.get("state_since") or "")
    identity.social_links = json.dumps(values.get("social_links", []))
    identity.save()


def make_pages(mapping: Mapping, pole: Pole, rows: list[dict]) -> None:
    """Every page, bare, so that all have a key before `fill` writes what they say, with the new keys in it."""
    home = pole.site.root_page.specific
    for child in home.get_children().specific():
        child.delete()
    home.refresh_from_db()
    for row in rows:
        model = apps.get_model(row["type"])
        data = row["data"]
        locale = Locale.objects.get(language_code=row["locale"])
        bare = {"title": data["title"], "slug": data["slug"], "locale": locale, "live": False}
        if row["parent"] is None and row["locale"] == settings.LANGUAGE_CODE:
            mapping.add(Page, row["pk"], home.pk)
            Page.objects.filter(pk=home.pk).update(translation_key=data["translation_key"])
            continue
        parent = (
            Page.get_first_root_node()
            if row["parent"] is None
            else Page.objects.get(pk=mapping.get(Page, row["parent"]))
        )
        page = parent.add_child(instance=model(translation_key=data["translation_key"], **bare))
        mapping.add(Page, row["pk"], page.pk)


def as_page(mapping: Mapping, here: Page, written: dict) -> Page:
    """What was `written` of a page, at the place in this install's tree of the page that is `here`."""
    model = type(here)
    data = mapping.data(model, {name: value for name, value in written.items() if name not in LEFT_BEHIND})
    data |= {"pk": here.pk, "locale": here.locale_id, "page_ptr": here.pk}
    page = model.from_serializable_data(data, check_fks=False)
    for name in ("path", "depth", "numchild", "url_path", "content_type_id", "locale_id"):
        setattr(page, name, getattr(here, name))
    return page


def fill(mapping: Mapping, row: dict) -> None:
    model = apps.get_model(row["type"])
    here = model.objects.get(pk=mapping.get(Page, row["pk"]))
    page = as_page(mapping, here, row["data"])
    page.save(clean=False)
    page.save_revision(clean=False)
    written_at = parse_datetime(row["data"]["latest_revision_created_at"] or "")
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=written_at)
    if page.live:
        latest = page.get_latest_revision()
        Page.objects.filter(pk=page.pk).update(live_revision=latest, has_unpublished_changes=False)
    if row["is_scheduled"]:
        page.save_revision(clean=False, approved_go_live_at=page.go_live_at)
    if row["draft"]:
        as_page(mapping, model.objects.get(pk=page.pk), row["draft"]).save_revision(clean=False)
    if row["password"]:
        PageViewRestriction.objects.create(page=page, restriction_type="password", password=row["password"])
