"""The months and weeks of an agenda. Only those exist that can hold an event: a crawler comes to an end."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from events import zone
from events.occurrences import Occurrence, OccurrenceQuerySet

BEFORE, AFTER = timedelta(days=366), timedelta(days=730)
SHOWN_IN_A_CELL = 2


def month_after(day: date, count: int = 1) -> date:
    """The first day of the month that many months later."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def last_of_month(day: date) -> date:
    return month_after(day) - zone.DAY


@dataclass(frozen=True)
class Bounds:
    """The first and last day of which an agenda has something to show."""

    first: date
    last: date

    @classmethod
    def of(cls, occurrences: OccurrenceQuerySet) -> "Bounds":
        """Of a year back and two years to come; today where there is nothing."""
        today = zone.today()
        within = occurrences.beginning(today - BEFORE, today + AFTER)
        first = within.order_by("start").values_list("first_day", flat=True).first()
        last = within.order_by("-start").values_list("first_day", flat=True).first()
        return cls(min(first or today, today), max(last or today, today))

    def holds(self, first: date, last: date) -> bool:
        return first <= self.last and last >= self.first


@dataclass
class Cell:
    """A day in the grid of a month; `is_outside` for those of the months beside it."""

    day: date
    is_outside: bool = False
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def shown(self) -> list[Occurrence]:
        return self.occurrences[:SHOWN_IN_A_CELL]

    @property
    def more(self) -> int:
        return len(self.occurrences) - len(self.shown)

    @property
    def is_today(self) -> bool:
        return self.day == zone.today()

    @property
    def week(self) -> tuple[int, int]:
        return self.day.isocalendar()[:2]

    @property
    def dots(self) -> str:
        """How much takes place, at a glance."""
        return "•" * min(len(self.occurrences), 3)


def cells(first: date, last: date, occurrences: list[Occurrence], *, month: int = 0) -> list[Cell]:
    """A cell for each day from `first` to `last`, with what takes place on it, in order."""
    found = {}
    day = first
    while day <= last:
        found[day] = Cell(day, is_outside=bool(month) and day.month != month)
        day += zone.DAY
    for occurrence in occurrences:
        day = max(occurrence.first_day, first)
        while day <= min(occurrence.last_day, last):
            found[day].occurrences.append(occurrence)
            day += zone.DAY
    return list(found.values())


def weeks_of(first: date, last: date) -> tuple[date, date]:
    """From the Monday of the week of `first` to the Sunday of that of `last`."""
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
