"""Which pôle a page is of: the home pages of the sites, by their paths in the tree."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Substr
from wagtail.models import Page, Site

from core.identity import SiteIdentity, SiteState
from core.querysets import HOME_LENGTH
from poles.registry import Pole


def with_home_path(pages):
    """Pages, each with the `home_path` of its site."""
    return pages.annotate(home_path=Substr("path", 1, HOME_LENGTH))


def homes_by_state() -> dict[str, tuple[str, str]]:
    """Path of the home page of each site, translated homes too → name of its pôle ("" for the portal), its state."""
    of_home = {"site__root_page__translation_key": OuterRef("translation_key")}
    name = Pole.objects.filter(**of_home).values("name")[:1]
    state = SiteIdentity.objects.filter(**of_home).values("state")[:1]
    homes = Page.objects.filter(depth=2, translation_key__in=Site.objects.values("root_page__translation_key"))
    found = homes.annotate(
        pole_name=Coalesce(Subquery(name), Value("")), site_state=Coalesce(Subquery(state), Value(SiteState.OPEN))
    )
    return {path: (name, state) for path, name, state in found.values_list("path", "pole_name", "site_state")}


def names_where_open(homes: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Path of the home page of each open site among these → name of its pôle, "" for the portal.

    What a network shows of itself is what its pôles look after: a closed one, an archive, is in none of its lists.
    """
    return {path: name for path, (name, state) in homes.items() if state == SiteState.OPEN}


def pole_names_by_home_path() -> dict[str, str]:
    """Those of the whole install, translated homes too."""
    return names_where_open(homes_by_state())


@dataclass(frozen=True)
class PoleHomes:
    """A pôle as a list of several offers it to choose: its code in addresses, and the paths of its home pages."""

    code: str
    name: str
    paths: tuple[str, ...]


def homes_of_poles(names: dict[str, str]) -> list[PoleHomes]:
    """The pôles among these (`pole_names_by_home_path()`), by name; the code is the slug of the first home."""
    homes = Page.objects.filter(path__in=[path for path, name in names.items() if name])
    found: dict[str, list[tuple[str, str]]] = {}
    for path, slug in homes.order_by("depth", "path").values_list("path", "slug"):
        found.setdefault(names[path], []).append((slug, path))
    return [
        PoleHomes(code=homes[0][0], name=name, paths=tuple(path for _slug, path in homes))
        for name, homes in sorted(found.items())
    ]
