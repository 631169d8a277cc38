"""The sites that a search goes through, and how results name them."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery
from wagtail.models import Page, Site

from core.identity import SiteIdentity, SiteState
from core.page_cache.generations import NETWORK
from core.page_cache.kept import kept
from core.querysets import HOME_DEPTH


@dataclass(frozen=True)
class SearchedSite:
    code: str  # in addresses
    name: str
    paths: tuple[str, ...]  # of its homes in the tree
    pays: str  # "" for the portal's
    is_closed: bool


def searched_sites() -> list[SearchedSite]:
    """Every site of the install, pôles by name, then the others."""
    return kept("searched sites", [NETWORK], read_sites)


def read_sites() -> list[SearchedSite]:
    """In two queries, however many sites there are."""
    paths: defaultdict[UUID, list[str]] = defaultdict(list)
    for path, key in Page.objects.filter(depth=HOME_DEPTH).order_by("path").values_list("path", "translation_key"):
        paths[key].append(path)
    identity = SiteIdentity.objects.filter(site=OuterRef("pk"))
    sites = Site.objects.annotate(
        named=Subquery(identity.values("name")[:1]), state=Subquery(identity.values("state")[:1])
    ).values(
        "root_page__translation_key", "root_page__slug", "hostname", "pole__name", "pole__pays__name", "named", "state"
    )
    found = [
        SearchedSite(
            code=site["root_page__slug"],
            name=site["pole__name"] or site["named"] or site["hostname"],
            paths=tuple(paths[site["root_page__translation_key"]]),
            pays=site["pole__pays__name"] or "",
            is_closed=site["state"] == SiteState.SUSPENDED,
        )
        for site in sites
    ]
    return sorted(found, key=lambda site: (not site.pays, site.name))
