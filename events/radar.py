"""The date radar: what else there is on a day, so that two pôles do not invite the same people twice."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from core.geo import Position
from core.words import fold
from events.agenda import with_events
from events.days import remarks
from events.occurrences import Occurrence
from events.page import EventPage

WITHIN = 30_000  # metres
KM_A_DEGREE = 111
MOST_NEIGHBOURS = 12


@dataclass(frozen=True)
class Around:
    """What one should know of a day. `neighbours` are occurrences with `kilometres`, None where it is not known."""

    day: date
    remarks: list[str]
    neighbours: list[Occurrence]

    def __bool__(self):
        return bool(self.remarks or self.neighbours)


def around(day: date, *, position: Position | None, commune: str = "", home_path: str = "", but: int | None = None):
    """The day, and what is published for it within 30 km, or in the commune, or on the same site."""
    near = Q(event__in=EventPage.objects.filter(path__startswith=home_path)) if home_path else Q(pk__in=[])
    if position is not None:
        high, wide = WITHIN / 1000 / KM_A_DEGREE, 1.6 * WITHIN / 1000 / KM_A_DEGREE
        near |= Q(
            event__latitude__range=(position.latitude - high, position.latitude + high),
            event__longitude__range=(position.longitude - wide, position.longitude + wide),
        )
    if commune:
        near |= Q(event__commune_key=fold(commune)[:80])
    published = EventPage.objects.published().own()
    found = Occurrence.objects.of_events(published).touching(day, day).filter(near, is_cancelled=False)
    if but:
        found = found.exclude(event_id=but)
    neighbours = []
    for one in with_events(found.in_order()[: 5 * MOST_NEIGHBOURS]):
        here = one.event.position
        one.kilometres = position.metres_to(here) / 1000 if position and here else None
        if one.kilometres is None or one.kilometres * 1000 <= WITHIN or one.event.path.startswith(home_path or "-"):
            neighbours.append(one)
    return Around(day, remarks(day), neighbours[:MOST_NEIGHBOURS])
