"""The calendars of others, whatever is in them: what can be read, in the words of an agenda, and what cannot.

Nothing is left out in silence: what is not an event here is refused with its reason, what is not as it was written has
a warning.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from time import monotonic
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from icalendar import Event
from icalendar.prop import vBroken

from events import zone
from events.ical.lines import RULES, ZONE, Component, Components, components
from events.ical.overrides import times_of
from events.ical.ranges import split_at_ranges
from events.ical.texts import (
    attached,
    categories,
    is_cut_short,
    is_private,
    one_line,
    plain,
    position,
    status,
    web_address,
)
from events.ical.times import UnreadableEvent, date_of, number_of
from events.ical.zones_of_others import Zones
from events.recurrence.words import in_words
from events.rules import FIRST_DAY, LAST_DAY
from events.schedule import Schedule, ScheduledTime, last_day_of

MAX_BYTES = 5 * 1024 * 1024
MAX_EVENTS = 5000
MAX_LINES = 100_000
MAX_OCCURRENCES = 20_000  # to come, in all: an agenda of a year, many times over
TIMEOUT = 10  # seconds for all the rules of a calendar
MAX_CATEGORIES = 50
MAX_PLACE_LENGTH, MAX_TITLE_LENGTH = 120, 255
MAX_DOUBTS_SHOWN = 10
# What an event may say several times; of anything else, the first counts.
SEVERAL = {"EXDATE", "RDATE", "CATEGORIES", "ATTACH", "IMAGE", "X-RRULE", "X-EXRULE"}
REPETITION = {"X-RRULE", "X-EXRULE", "RDATE", "EXDATE"}
DATES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")


class UnreadableCalendar(ValidationError):
    """Nothing of it can be read; the message says why, for people."""


@dataclass(frozen=True)
class Incoming:
    """An event of another calendar. `warnings` say what was not taken as it was."""

    uid: str
    title: str
    schedule: Schedule
    description: str = ""
    place: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    is_cancelled: bool = False
    files: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Changes with what would be written of it; not with the language in which its warnings are said."""
        return hashlib.sha256(repr(replace(self, warnings=())).encode()).hexdigest()

    @property
    def rhythm(self) -> str:
        """How it comes back, in words; "" for what happens once."""
        return in_words(self.schedule.rule) if self.schedule.rule else ""

    @cached_property
    def occurrences(self) -> list[ScheduledTime]:
        return self.schedule.occurrences()

    @property
    def first_begin(self) -> datetime:
        """By the wall clock: a date that was added may come before the rule's."""
        return min((planned.begin for planned in self.occurrences), default=self.schedule.begin)

    @property
    def last_day(self) -> date:
        return last_day_of(self.occurrences) or self.schedule.starts_on


@dataclass
class ReadCalendar:
    """`private_uids` are those that its author shows to nobody; `is_cut` says that the end of the file is missing."""

    name: str = ""
    events: list[Incoming] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)  # title and reason
    refused_uids: set[str] = field(default_factory=set)
    private_uids: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    is_cut: bool = False

    @property
    def categories(self) -> list[str]:
        """The most used ones, by name."""
        used = Counter(category for event in self.events for category in event.categories)
        return sorted(category for category, _count in used.most_common(MAX_CATEGORIES))

    def refuse(self, uid: str, title: str, reason: str) -> None:
        self.refused.append((title, reason))
        self.refused_uids.add(uid)


@dataclass
class Series:
    """The versions of one event: as it is, and the dates that differ."""

    uid: str
    master: Event
    overrides: list[Event] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_calendar(content: bytes) -> ReadCalendar:
    """What is in an .ics file. Raises `UnreadableCalendar`."""
    if len(content) > MAX_BYTES:
        raise UnreadableCalendar(_("This calendar is larger than %(most)s MB.") % {"most": MAX_BYTES // 1024 // 1024})
    too_many = UnreadableCalendar(_("This calendar holds more than %(most)s events.") % {"most": MAX_EVENTS})
    if len(re.findall(rb"[\r\n]+", content)) > MAX_LINES:
        raise too_many
    try:
        read = components(content, MAX_EVENTS)
    except ValueError:
        raise too_many from None
    if not read.calendars and not read.events:
        raise UnreadableCalendar(_("This is no calendar: an .ics file begins with BEGIN:VCALENDAR."))
    name = read.calendars[0].value("X-WR-CALNAME", "NAME") if read.calendars else ""
    found = ReadCalendar(name, is_cut=read.is_cut)
    found.name = one_line(found.name.replace("\\", ""), 120)
    found.warnings = warnings_of(read)
    zones = Zones(read.zones)
    groups: dict[str, list[Event]] = {}
    for number, component in enumerate(read.events):
        if not component.is_whole:
            found.refused.append((title_of(component.value("SUMMARY")), _("Its end is missing.")))
            continue
        event = event_of(component, zones)
        uid = one_line(event.get("UID", ""), 255) or f"{one_line(event.get('SUMMARY', ''), 100)}#{number}"
        groups.setdefault(uid, []).append(event)
    if read.is_cut and not groups:
        raise UnreadableCalendar(_("This calendar is damaged and cannot be read."))
    limits = Limits()
    for uid, versions in groups.items():
        for series in series_of(uid, versions):
            read_series(found, series, limits)
    return found


class Limits:
    """How long reading may go on, and how many dates to come are counted."""

    def __init__(self) -> None:
        self.until, self.left = monotonic() + TIMEOUT, MAX_OCCURRENCES

    def check(self) -> None:
        if monotonic() > self.until or self.left < 0:
            raise UnreadableEvent(_("This calendar holds too many dates: export a shorter period."))

    def count(self, event: Incoming) -> None:
        today = zone.today()
        self.left -= sum(planned.last_day >= today for planned in event.occurrences)


def warnings_of(read: Components) -> list[str]:
    """What is said of the calendar as a whole."""
    found = []
    if read.is_cut:
        found.append(_("The end of this calendar is missing: it was not sent to the end. Export it again."))
    names = {
        "VTODO": pgettext("calendar", "tasks"),
        "VJOURNAL": pgettext("calendar", "notes"),
        "VFREEBUSY": pgettext("calendar", "busy hours"),
        "VAVAILABILITY": pgettext("calendar", "busy hours"),
    }
    if others := ", ".join(dict.fromkeys(names[name] for name in read.others if name in names)):
        found.append(_("It also holds what is no event, and is left out: %(what)s.") % {"what": others})
    for lines, said in (
        (read.mended, _("Written in another encoding than the rest, and read as: “%(text)s”.")),
        (read.doubts, _("Some letters cannot be told: “%(text)s”. Put them right before you publish.")),
    ):
        found += [said % {"text": one_line(line, 120)} for _number, line in lines[:MAX_DOUBTS_SHOWN]]
    return found


def title_of(summary: object) -> str:
    return one_line(summary, MAX_TITLE_LENGTH) or _("Without a title")


def event_of(component: Component, zones: Zones) -> Event:
    """The event of these lines, its hours in their zones. A line that nothing can be made of is in its `errors`."""
    try:
        event = parsed(component.lines)
    except Exception:  # the parser was not written for hostile files: whatever it raises, a line of this one does
        event = parsed([line for line in component.lines if is_readable(line)])
    for name, value in list(event.items()):
        if isinstance(value, list) and name not in SEVERAL:
            event[name] = value[0]
    usual = component.calendar.usual_zone if component.calendar else ""
    for name in DATES:
        found = event.get(name)
        for part in found if isinstance(found, list) else [found]:
            if part is None or isinstance(part, vBroken):
                continue
            asked = str(getattr(part, "params", {}).get(ZONE, ""))
            for moment in getattr(part, "dts", [part]):
                if hasattr(moment, "dt"):
                    moment.dt = in_zone(moment.dt, asked, usual, zones, event)
    return event


def parsed(lines: list[str]) -> Event:
    text = "\r\n".join(["BEGIN:VEVENT", *map(for_parser, lines), "END:VEVENT", ""])
    return cast("Event", Event.from_ical(text))


def for_parser(line: str) -> str:
    """The line as the parser reads the most of it.

    Rules go on as they are written, under another name: it empties what it does not understand. Of a list of dates each
    has a line: one that cannot be read leaves the others. A position is parted by a semicolon.
    """
    name = re.split("[;:]", line, maxsplit=1)[0]
    if name in RULES:
        return f"X-{line}"
    if name == "GEO" and ";" not in line:
        return line.replace(",", ";")
    if name not in ("EXDATE", "RDATE") or "," not in line:
        return line
    value = line.rpartition('"')[2].partition(":")[2]
    head = line.removesuffix(value)
    return "\r\n".join(f"{head}{part.strip()}" for part in value.split(",") if part.strip())


def is_readable(line: str) -> bool:
    try:
        parsed([line])
    except Exception:
        return False
    return True


def in_zone(value: object, asked: str, usual: str, zones: Zones, event: Event) -> object:
    """A moment without a zone in that of its line, else of its calendar; any other value as it is."""
    if isinstance(value, tuple):
        return tuple(in_zone(one, asked, usual, zones, event) for one in value)
    if not isinstance(value, datetime) or value.tzinfo is not None:
        return value
    name = asked or usual
    zone_of_others = zones.of(name) if name else None
    if name and zone_of_others is None and name not in [known for known, _error in event.errors]:
        event.errors.append((name, ZONE))
    return value if zone_of_others is None else value.replace(tzinfo=zone_of_others)


def series_of(uid: str, versions: list[Event]) -> list[Series]:
    """What of the same UID is one event, and what are several."""
    masters = [version for version in versions if "RECURRENCE-ID" not in version]
    overrides = [version for version in versions if "RECURRENCE-ID" in version]
    if not masters:
        said = _("Its series is not in this calendar: its dates are taken as this one gives them.")
        return [
            Series(apart(uid, override), alone(override), warnings=[said] if "RDATE" in override else [])
            for override in overrides
        ]
    latest = max(number_of(version.get("SEQUENCE")) for version in masters)
    in_force = [version for version in masters if number_of(version.get("SEQUENCE")) == latest]
    different = {(repr(version.get("DTSTART")), str(version.get("SUMMARY"))): version for version in in_force}
    if len(different) == 1:
        return [Series(uid, in_force[-1], overrides)]
    # An author who gives one UID to several events: each is one, and none has dates of its own to say.
    found = [Series(f"{apart(uid, one)}/{one_line(one.get('SUMMARY', ''), 20)}", one) for one in different.values()]
    found[0].overrides = overrides
    return found


def apart(uid: str, version: Event) -> str:
    """A UID of its own for one date of a series, or for one of several events of one UID."""
    value = version.get("RECURRENCE-ID", version.get("DTSTART"))
    begin = value.to_ical().decode() if hasattr(value, "to_ical") else str(value)
    return f"{uid[:220]}/{begin}"[:255]


def alone(override: Event) -> Event:
    """One date of a series as an event that takes place once."""
    return Event(
        {name: value for name, value in override.items() if name not in ("RECURRENCE-ID", "X-RRULE", "X-EXRULE")}
    )


def read_series(found: ReadCalendar, series: Series, limits: Limits) -> None:
    """Add the event to the calendar, and those that its dates become; or the reason why it is refused."""
    title = title_of(series.master.get("SUMMARY", ""))
    try:
        limits.check()
        if is_private(series.master):
            found.private_uids.add(series.uid)
            raise UnreadableEvent(_("Its author keeps it private: it is not published."))
        readable = [one for one in series.overrides if is_about_a_date(one)]
        if len(readable) < len(series.overrides):
            series.warnings.append(_("It cannot be told which of its dates some lines are about: they are left out."))
        for number, (master, overrides, warnings) in enumerate(split_at_ranges(series.master, readable)):
            uid = apart(series.uid, master) if number else series.uid
            event, others = incoming(uid, master, overrides, [*series.warnings, *warnings])
            limits.count(event)
            found.events.append(event)
            once = {name: value for name, value in master.items() if name not in REPETITION}
            for other in others:
                read_series(found, Series(apart(series.uid, other), alone(Event({**once, **other}))), limits)
    except ValidationError as error:
        found.refuse(series.uid, title, " ".join(error.messages))
    except Exception:  # as above, for one event
        found.refuse(series.uid, title, _("It is damaged and cannot be read."))


def is_about_a_date(override: Event) -> bool:
    try:
        return date_of(override, "RECURRENCE-ID") is not None
    except UnreadableEvent:
        return False


def incoming(uid: str, master: Event, overrides: list[Event], warnings: list[str]) -> tuple[Incoming, list[Event]]:
    """The event, and those of its dates that are events of their own. Raises `ValidationError`."""
    times = times_of(master, overrides)
    schedule = times.schedule
    schedule.check()
    days = [schedule.starts_on, *(change.day for change in schedule.changes)]
    if not all(FIRST_DAY <= day <= LAST_DAY for day in days):
        raise UnreadableEvent(_("Its year is not one of an agenda."))
    latitude, longitude = position(master)
    pictures, files = attached(master)
    found = Incoming(
        uid=uid,
        title=title_of(master.get("SUMMARY", "")),
        schedule=schedule,
        description=plain(master.get("DESCRIPTION", "")),
        place=one_line(master.get("LOCATION", ""), MAX_PLACE_LENGTH),
        url=web_address(master.get("URL", "")),
        categories=categories(master),
        latitude=latitude,
        longitude=longitude,
        is_cancelled=status(master) == "CANCELLED",
        files=tuple(filter(None, files)),
        warnings=(*zone_warnings(master), *warnings, *times.warnings, *text_warnings(master, pictures, files)),
    )
    return found, times.apart


def zone_warnings(master: Event) -> list[str]:
    return [
        _("Unknown time zone “%(zone)s”: read as the time of France.") % {"zone": one_line(name, 60)}
        for name, kind in master.errors
        if kind == ZONE
    ]


def text_warnings(master: Event, pictures: list[str], files: list[str]) -> list[str]:
    """What of its words, pictures and files was not taken over."""
    found = []
    if len(one_line(master.get("SUMMARY", ""), 1000)) > MAX_TITLE_LENGTH:
        found.append(_("Its title is too long: it is cut short."))
    place = one_line(master.get("LOCATION", ""), 1000)
    if len(place) > MAX_PLACE_LENGTH:
        found.append(_("Its place is too long and is cut short: “%(place)s”.") % {"place": place[:300]})
    if is_cut_short(master.get("DESCRIPTION", "")):
        found.append(_("Its text is too long: the end is left out."))
    if master.get("URL") and not web_address(master["URL"]):
        found.append(_("Its address cannot be read: “%(text)s”.") % {"text": one_line(master["URL"], 80)})
    if "GEO" in master and position(master) == (None, None):
        found.append(_("Its position cannot be read: it is left out."))
    if pictures:
        found.append(
            ngettext(
                "Its picture is left out: add it once the event is here.",
                "Its %(count)s pictures are left out: add them once the event is here.",
                len(pictures),
            )
            % {"count": len(pictures)}
        )
    if "" in files:
        found.append(_("A file that is attached to it is left out."))
    return found
