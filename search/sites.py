"""The sites that a search goes through, and how results name them."""

from dataclasses import dataclass

from django.db.models import Model, OuterRef, Subquery
from wagtail.models import Page, Site

from core.identity import SiteIdentity, SiteState
from core.page_cache.generations import NETWORK
from core.page_cache.kept import kept
from core.querysets import HOME_DEPTH
from poles.registry import Pole


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
    """In one query: the homes, each with what is known of the site that stands on it or on the page it translates."""

    def known(model: type[Model], path: str, field: str) -> Subquery:
        return Subquery(model.objects.filter(**{path: OuterRef("translation_key")}).values(field)[:1])

    of_site = "site__root_page__translation_key"
    homes = Page.objects.filter(depth=HOME_DEPTH).annotate(
        site=known(Site, "root_page__translation_key", "pk"),
        pole=known(Pole, of_site, "name"),
        pays=known(Pole, of_site, "pays__name"),
        named=known(SiteIdentity, of_site, "name"),
        state=known(SiteIdentity, of_site, "state"),
        hostname=known(Site, "root_page__translation_key", "hostname"),
    )
    found: dict[int, SearchedSite] = {}
    rows = homes.filter(site__isnull=False).order_by("path")
    for row in rows.values("site", "path", "slug", "pole", "pays", "named", "state", "hostname"):
        paths = found[row["site"]].paths if row["site"] in found else ()
        found[row["site"]] = SearchedSite(
            code=found[row["site"]].code if paths else row["slug"],
            name=row["pole"] or row["named"] or row["hostname"],
            paths=(*paths, row["path"]),
            pays=row["pays"] or "",
            is_closed=row["state"] == SiteState.SUSPENDED,
        )
    return sorted(found.values(), key=lambda site: (not site.pays, site.name))
