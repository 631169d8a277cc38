"""Who may what: the one table of roles, and the function that writes it into Wagtail's permissions.

A pôle's groups hold rights on its tree, its collection and its site alone. No global model permission is ever given
to them, because those cross sites, but the two that `core.isolation.guard` ties to the page in question: opening the
editor and translating.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)

from core.seams import network_models

WRITE_FILES = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
CHOOSE_FILES = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
REDIRECTS = (
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
)
STAFF = ("wagtailadmin.access_admin", "wagtail_localize.submit_translation")


@dataclass(frozen=True)
class Role:
    """What a group may do: on pages of its tree, in its collection, on its site, and everywhere."""

    key: str
    label: str
    description: str
    held_by: str = ""  # the field of a pôle that names its group
    on_pages: tuple[str, ...] = ()
    in_collection: tuple[str, ...] = ()
    on_site: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = STAFF
    writes_snippets: bool = False  # all that rooms bring by the hook `network_permissions`


REDACTION = Role(
    key="redaction",
    label="Rédaction",
    description=_("Writes and edits pages, adds pictures and documents, submits for review."),
    held_by="writers",
    on_pages=("wagtailcore.add_page", "wagtailcore.change_page"),
    in_collection=WRITE_FILES,
)
PUBLICATION = Role(
    key="publication",
    label="Publication",
    description=_("The same, and publishes, reviews, changes the site’s look, invites and removes colleagues."),
    held_by="publishers",
    on_pages=(
        "wagtailcore.add_page",
        "wagtailcore.change_page",
        "wagtailcore.publish_page",
        "wagtailcore.lock_page",
        "wagtailcore.unlock_page",
        "wagtailcore.bulk_delete_page",
    ),
    in_collection=WRITE_FILES,
    on_site=("core.change_siteidentity", *REDIRECTS),
)
RESEAU = Role(
    key="reseau",
    label="Réseau",
    description=_("Writes the portal and what all sites share, helps every pôle, opens new ones."),
    on_pages=PUBLICATION.on_pages,
    in_collection=WRITE_FILES,
    writes_snippets=True,
    everywhere=(
        *STAFF,
        "core.change_siteidentity",
        *REDIRECTS,
        "poles.change_pole",
        "poles.view_pole",
        "poles.view_pays",
    ),
)
POLE_ROLES = (REDACTION, PUBLICATION)
ROLES = {role.key: role for role in (*POLE_ROLES, RESEAU)}


def group_name(role: Role, pole_name: str) -> str:
    return f"{role.label} – {pole_name}"


def grant(role: Role, group: Group, *, root: Page, collection: Collection, site: Site | None = None) -> None:
    """Give `group` exactly what `role` may on this tree, collection and site: missing rights added, others removed."""
    set_exactly(
        GroupPagePermission,
        {"group": group, "page": root},
        permissions(role.on_pages),
    )
    set_exactly(
        GroupCollectionPermission,
        {"group": group, "collection": collection},
        permissions(role.in_collection),
    )
    if site is not None:
        set_exactly(GroupSitePermission, {"group": group, "site": site}, permissions(role.on_site))
    group.permissions.set(permissions(role.everywhere) + (snippet_permissions() if role.writes_snippets else []))


def set_exactly(model, where: dict, wanted: list[Permission]) -> None:
    model.objects.filter(**where).exclude(permission__in=wanted).delete()
    for permission in wanted:
        model.objects.get_or_create(**where, permission=permission)


def snippet_permissions() -> list[Permission]:
    """All that may be done with the snippets of the network."""
    kinds = ContentType.objects.get_for_models(*network_models()).values()
    return list(Permission.objects.filter(content_type__in=kinds))


def permissions(names: tuple[str, ...]) -> list[Permission]:
    found = []
    for name in names:
        app_label, codename = name.split(".")
        found.append(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    return found


def allow_choosing_shared_files(group: Group, collection: Collection) -> None:
    """Let a pôle's group choose the network's pictures and documents, not change them."""
    set_exactly(
        GroupCollectionPermission,
        {"group": group, "collection": collection},
        permissions(CHOOSE_FILES),
    )
