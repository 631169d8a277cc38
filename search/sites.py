"""The sites that a search goes through, and how results name them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db.models import OuterRef, Subquery
from wagtail.models import Page, Site

from core.identity import SiteIdentity, SiteState
from core.page_cache.generations import NETWORK
from core.page_cache.kept import kept
from core.querysets import HOME_DEPTH
from core.site_context import SiteContext
from search.entries import SearchEntryQuerySet


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


@dataclass(frozen=True)
class Scope:
    """What of the network may be shown to one who reads on a site."""

    language: str
    homes: tuple[str, ...]  # the paths of the homes of the site
    closed: tuple[str, ...]  # those of the sites that nobody may read
    is_portal: bool

    @classmethod
    def of(cls, context: SiteContext) -> Self:
        homes = (context.home.path, context.site.root_page.path)
        sites = searched_sites()
        return cls(
            language=context.language,
            homes=next((site.paths for site in sites if {*homes} & {*site.paths}), homes),
            closed=tuple(path for site in sites if site.is_closed for path in site.paths),
            is_portal=getattr(context.home.specific_class, "site_kind", "") == "portal",
        )

    def shown(self, found: SearchEntryQuerySet) -> SearchEntryQuerySet:
        return found.order_by().shown(self.language).of_network(self.homes, self.closed)
