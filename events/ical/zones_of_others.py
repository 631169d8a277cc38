"""The time zones that a calendar names: those of the world, by any of their names, and those that it describes."""

from datetime import datetime, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone import tzp

from events.ical.lines import RULES, Component

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
        try:
            known = tzp.timezone(name)
        except Exception:  # a name such as no zone has
            known = None
        if isinstance(known, ZoneInfo):
            return known
        component = self.described.get(name)
        if component is None:
            return None
        if (place := component.value("X-LIC-LOCATION")) and isinstance(tzp.timezone(place), ZoneInfo):
            return tzp.timezone(place)
        return made(component)


def made(component: Component) -> tzinfo | None:
    """The zone that a VTIMEZONE describes; None where its description cannot be followed."""
    lines = ["BEGIN:VTIMEZONE", "TZID:described"]
    for part in component.parts:
        if any(line.startswith(RULES["RRULE"]) and RHYTHM not in line.upper() for line in part.lines):
            return None
        written = [f"RRULE{line.removeprefix(RULES['RRULE'])}" if line.startswith(RULES["RRULE"]) else line
                   for line in part.lines]  # fmt: skip
        lines += [f"BEGIN:{part.name}", *written, f"END:{part.name}"]
    text = "\r\n".join([*lines, "END:VTIMEZONE", ""])
    if len(text) > MAX_LENGTH:
        return None
    try:
        zone: tzinfo = cast("Timezone", Timezone.from_ical(text)).to_tz(lookup_tzid=False)
        datetime(2027, 1, 1, tzinfo=zone).utcoffset()
    except Exception:  # the parsers were not written for descriptions that make no sense
        return None
    return zone
