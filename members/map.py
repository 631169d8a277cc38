"""The map of a directory: whose ground it shows, and the points on it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

from members.directory import Directory
from members.vocabulary import Family


@dataclass(frozen=True)
class Tiles:
    """Where the ground of a map comes from: an address with {z}, {x} and {y}, and whom to thank for it."""

    url: str
    attribution: str

    @classmethod
    def from_settings(cls) -> "Tiles | None":
        """None where no server is set: the map then has a plain ground."""
        return cls(settings.MAP_TILES_URL, settings.MAP_TILES_ATTRIBUTION) if settings.MAP_TILES_URL else None

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname.removeprefix("{s}.")

    @property
    def origin(self) -> str:
        """As a Content-Security-Policy names it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def addresses(request) -> list[tuple[str, str]]:
    """Path of the home of each site in the tree, and what to put instead of it: nothing on the site one is on."""
    here = Site.find_for_request(request)
    found = []
    for root in Site.get_site_root_paths():
        root_url = "" if here and root.site_id == here.pk else root.root_url
        prefix = "" if root.language_code == settings.LANGUAGE_CODE else f"/{root.language_code}"
        found.append((root.root_path, f"{root_url}{prefix}/"))
    return found


def address_of(url_path: str, known: list[tuple[str, str]]) -> str:
    """The address of a page by its path in the tree; "" where no site shows it."""
    for home, instead in known:
        if url_path.startswith(home):
            return instead + url_path[len(home) :]
    return ""


def points(directory: Directory, request) -> dict:
    """What the map draws: `families` (code → words), `points` (latitude, longitude, name, address, family, commune).

    `without` counts the entries that have no position.
    """
    positions = {
        pk: (float(latitude), float(longitude))
        for pk, latitude, longitude in directory.sheets.filter(
            latitude__isnull=False, longitude__isnull=False
        ).values_list("pk", "latitude", "longitude")
    }
    known = addresses(request)
    found = [
        [
            *positions[entry.row.pk],
            entry.row.title,
            address_of(entry.row.url_path, known),
            entry.row.family,
            entry.row.commune,
        ]
        for entry in directory.entries
        if entry.row.pk in positions
    ]
    return {"families": dict(Family.choices), "points": found, "without": len(directory.entries) - len(found)}
