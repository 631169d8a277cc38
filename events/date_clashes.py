"""Date clashes: what else there is on a day, so that two pôles do not invite the same people twice."""

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
MAX_NEIGHBOURS = 12


@dataclass(frozen=True)
class Neighbour:
    """What else takes place on a day, and how far away: None where it is not known."""

    occurrence: Occurrence
    kilometres: float | None

    @property
    def event(self) -> EventPage:
        return self.occurrence.event


@dataclass(frozen=True)
class Around:
    """What one should know of a day."""

    day: date
    remarks: list[str]
    neighbours: list[Neighbour]

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
    occurrences = Occurrence.objects.of_events(published).touching(day, day).filter(near, is_cancelled=False)
    if but:
        occurrences = occurrences.exclude(event_id=but)
    neighbours = []
    for occurrence in with_events(occurrences.in_order()[: 5 * MAX_NEIGHBOURS]):
        event = occurrence.event
        metres = position.metres_to(event.position) if position and event.position else None
        if metres is None or metres <= WITHIN or event.path.startswith(home_path or "-"):
            neighbours.append(Neighbour(occurrence, None if metres is None else metres / 1000))
    return Around(day, remarks(day), neighbours[:MAX_NEIGHBOURS])
