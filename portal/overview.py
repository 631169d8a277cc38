"""The network seen from above: what all pôles publish, and where they stand."""

from collections import Counter
from dataclasses import dataclass, field
from math import cos, radians

from django.db.models import OuterRef, Subquery
from django.utils import translation
from wagtail.models import Page

from core.querysets import HOME_LENGTH, below
from poles.homes import pole_names_by_home_path
from poles.registry import Departement, Pays, Pole, PoleStatus


@dataclass(frozen=True)
class Listed:
    """A publication in a list of several sites, with the name of its pôle ("" for the portal's)."""

    page: Page
    pole_name: str


def newest_of_the_network(model: type[Page], count: int) -> list[Listed]:
    """The newest publications of a kind, of every site, in the language of the page."""
    names = pole_names_by_home_path()
    found = (
        model.objects.published()
        .filter(below(names), locale__language_code=translation.get_language(), alias_of__isnull=True)
        .for_cards()
        .newest_first()[:count]
    )
    return [Listed(page, names.get(page.path[:HOME_LENGTH], "")) for page in found]


# Corners of the drawn map (WGS 84); kilometres are the unit, so that a degree east is as long as it is in Brittany.
WEST, NORTH = -4.95, 48.98
KM_A_DEGREE_NORTH = 111.0
KM_A_DEGREE_EAST = KM_A_DEGREE_NORTH * cos(radians(48.1))


@dataclass(frozen=True)
class Marker:
    """A pays on the map: kilometres from its north-west corner, and the state of its pôle ("" without one)."""

    pays: Pays
    x: float
    y: float
    status: str = ""
    status_label: str = ""
    since: object = None
    pole: Pole | None = None

    @property
    def url(self) -> str:
        return self.pole.site.root_url if self.pole and self.pole.site and self.status == "active" else ""


@dataclass
class NetworkMap:
    markers: list[Marker] = field(default_factory=list)

    @property
    def departements(self) -> list[tuple[str, list[Marker], list[Marker]]]:
        """The pays of each where there is a pôle, or where one is being studied; and those without one."""
        found = []
        for departement in Departement:
            here = [marker for marker in self.markers if marker.pays.departement == departement]
            found.append(
                (departement.label, [one for one in here if one.status], [one for one in here if not one.status])
            )
        return found

    @property
    def counts(self) -> Counter:
        return Counter(marker.status for marker in self.markers)

    @property
    def active_count(self) -> int:
        return self.counts[PoleStatus.Status.ACTIVE]

    @property
    def prefiguration_count(self) -> int:
        return self.counts[PoleStatus.Status.PREFIGURATION]


def position(latitude, longitude) -> tuple[float, float]:
    return (
        round((float(longitude) - WEST) * KM_A_DEGREE_EAST, 1),
        round((NORTH - float(latitude)) * KM_A_DEGREE_NORTH, 1),
    )


def network_map() -> NetworkMap:
    """Every pays with its pôle and the state it is in today, by name."""
    begun = PoleStatus.objects.begun().filter(pole__pays=OuterRef("pk"))
    territories = Pays.objects.select_related("pole__site").annotate(
        current_status=Subquery(begun.values("status")[:1]), current_since=Subquery(begun.values("since")[:1])
    )
    markers = []
    for pays in territories:
        x, y = position(pays.latitude, pays.longitude)
        status = pays.current_status or ""
        markers.append(
            Marker(
                pays=pays,
                x=x,
                y=y,
                status=status,
                status_label=PoleStatus.Status(status).label if status else "",
                since=pays.current_since,
                pole=getattr(pays, "pole", None),
            )
        )
    return NetworkMap(markers)
