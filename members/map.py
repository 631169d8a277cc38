"""The points on the map of a directory."""

from django.conf import settings
from wagtail.models import Site

from members.directory import Directory
from members.vocabulary import Family


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
        for pk, latitude, longitude in directory.profiles.filter(
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
