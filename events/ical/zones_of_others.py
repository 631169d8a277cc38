"""The time zones that a calendar names: those of the world, by any of their names, and those that it describes."""

from datetime import datetime, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone import tzp

from events.ical.lines import Component

# Any other rhythm of clocks is a mistake, or is made to be computed for ever.
RHYTHM = "FREQ=YEARLY"
MAX_LENGTH = 4000  # characters of a description


class Zones:
    """By name, for one file: what one calendar calls its zone says nothing to another."""

    def __init__(self, described: list[Component]):
        self.described = {component.value("TZID"): component for component in reversed(described)}
        self.known: dict[str, tzinfo | None] = {}

    def of(self, name: str) -> tzinfo | None:
        """The zone, or None for one that nothing is known of."""
        if name not in self.known:
            self.known[name] = self.found(name)
        return self.known[name]

    def found(self, name: str) -> tzinfo | None:
        if (known := of_the_world(name)) is not None:
            return known
        component = self.described.get(name)
        return None if component is None else of_the_world(component.value("X-LIC-LOCATION")) or made(component)


def of_the_world(name: str) -> ZoneInfo | None:
    """The zone that goes by that name everywhere."""
    try:
        known = tzp.timezone(name) if name else None
    except Exception:  # a name such as no zone has
        return None
    return known if isinstance(known, ZoneInfo) else None


def made(component: Component) -> tzinfo | None:
    """The zone that a VTIMEZONE describes; None where its description cannot be followed."""
    lines = ["BEGIN:VTIMEZONE", "TZID:described"]
    for part in component.parts:
        if any(line.startswith("RRULE") and RHYTHM not in line.upper() for line in part.lines):
            return None
        lines += [f"BEGIN:{part.name}", *part.lines, f"END:{part.name}"]
    text = "\r\n".join([*lines, "END:VTIMEZONE", ""])
    if len(text) > MAX_LENGTH:
        return None
    try:
        zone: tzinfo = cast("Timezone", Timezone.from_ical(text)).to_tz(lookup_tzid=False)
        datetime(2027, 1, 1, tzinfo=zone).utcoffset()
    except Exception:  # the parsers were not written for descriptions that make no sense
        return None
    return zone
