"""The places where events took place before: one types their address once."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

MAX_PLACES = 200
PLACE = ("street", "postcode", "commune", "latitude", "longitude")


@dataclass(frozen=True)
class KnownPlace:
    name: str
    street: str = ""
    postcode: str = ""
    commune: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def known_places(events: QuerySet) -> list[KnownPlace]:
    """The places of these events, by name; each as it was last written."""
    rows = (
        events.exclude(place_name="")
        .order_by("-latest_revision_created_at", "-pk")
        .values_list("place_name", "street", "postcode", "commune", "latitude", "longitude")
    )
    found = {}
    for row in rows[: 10 * MAX_PLACES]:
        found.setdefault(row[0], KnownPlace(*row))
    return sorted(found.values(), key=lambda place: place.name.lower())[:MAX_PLACES]
