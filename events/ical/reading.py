"""The calendars of others, whatever is in them: what can be read, in the words of an agenda, and what cannot."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import unescape
from time import monotonic

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from core.words import ILLEGAL, decoded
from events import zone
from events.recurrence.rule import Rule
from events.recurrence.words import in_words
from events.rules import FIRST_DAY, LAST_DAY
from events.schedule import (
    ADDED,
    AHEAD,
    CANCELLED,
    MOVED,
    SKIPPED,
    SMALL_HOURS,
    Change,
    Schedule,
    ScheduledTime,
    last_day_of,
)

MAX_BYTES = 5 * 1024 * 1024
MAX_EVENTS = 5000
MAX_DATES = 200
MAX_LINES = 100_000
MAX_OCCURRENCES = 20_000  # in all: an agenda of a year, many times over
MAX_TEXT_LENGTH = 20_000
TIMEOUT = 10  # seconds for all the rules of a calendar
MAX_CATEGORIES = 50
LINE_ENDS = re.compile(r"<\s*(?:br|/p|/li|/div)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class UnreadableCalendar(ValidationError):
    """Nothing of it can be read; the message says why, for people."""


class UnreadableEvent(ValidationError):
    """One event of it cannot."""


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
    warnings: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def rhythm(self) -> str:
        """How it comes back, in words; "" for what happens once."""
        return in_words(self.schedule.rule) if self.schedule.rule else ""

    @property
    def last_day(self) -> date:
        return last_day_of(self.schedule.occurrences()) or self.schedule.starts_on


@dataclass
class ReadCalendar:
    name: str = ""
    events: list[Incoming] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)  # title and reason
    refused_uids: set[str] = field(default_factory=set)

    @property
    def categories(self) -> list[str]:
        """The most used ones, by name."""
        used = Counter(category for event in self.events for category in event.categories)
        return sorted(category for category, _count in used.most_common(MAX_CATEGORIES))


def read_calendar(content: bytes) -> ReadCalendar:
    """What is in an .ics file. Raises `UnreadableCalendar`."""
    if len(content) > MAX_BYTES:
        raise UnreadableCalendar(_("This calendar is larger than %(most)s MB.") % {"most": MAX_BYTES // 1024 // 1024})
    text = ILLEGAL.sub("", decoded(content)).strip()
    if not text[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise UnreadableCalendar(_("This is no calendar: an .ics file begins with BEGIN:VCALENDAR."))
    if text.upper().count("BEGIN:VEVENT") > MAX_EVENTS or text.count("\n") > MAX_LINES:
        raise UnreadableCalendar(_("This calendar holds more than %(most)s events.") % {"most": MAX_EVENTS})
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        components = [
            component for calendar in calendars for component in calendar.walk("VEVENT") if isinstance(component, Event)
        ]
        name = str(calendars[0].get("X-WR-CALNAME", "") or calendars[0].get("NAME", ""))[:120]
    except Exception as error:  # the parser was not written for hostile files: whatever it raises, this is one
        raise UnreadableCalendar(_("This calendar is damaged and cannot be read.")) from error
    if len(components) > MAX_EVENTS:
        raise UnreadableCalendar(_("This calendar holds more than %(most)s events.") % {"most": MAX_EVENTS})
    found = ReadCalendar(name)
    groups: dict[str, list[Event]] = {}
    until, occurrences = monotonic() + TIMEOUT, 0
    for number, component in enumerate(components):
        uid = one_line(component.get("UID", ""), 255) or f"{one_line(component.get('SUMMARY', ''), 100)}#{number}"
        groups.setdefault(uid, []).append(component)
    for uid, versions in groups.items():
        title = one_line(versions[0].get("SUMMARY", ""), 255) or _("Without a title")
        try:
            if monotonic() > until or occurrences > MAX_OCCURRENCES:
                raise UnreadableEvent(_("This calendar holds too many dates: export a shorter period."))
            event = incoming(uid, title, versions)
            occurrences += len(event.schedule.occurrences())
            found.events.append(event)
        except ValidationError as error:
            found.refused.append((title, " ".join(error.messages)))
            found.refused_uids.add(uid)
        except Exception:  # as above, for one event
            found.refused.append((title, _("It is damaged and cannot be read.")))
            found.refused_uids.add(uid)
    return found


def one_line(value: object, most: int) -> str:
    return " ".join(ILLEGAL.sub("", str(value)).split())[:most]


def plain(value: object) -> str:
    """A text without HTML, its lines kept."""
    text = ILLEGAL.sub("", str(value)[:MAX_TEXT_LENGTH])
    if TAG.search(text):
        text = unescape(strip_tags(LINE_ENDS.sub("\n", text)))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:8000]


def incoming(uid: str, title: str, versions: list[Event]) -> Incoming:
    masters = [version for version in versions if "RECURRENCE-ID" not in version]
    master = max(masters or versions, key=lambda version: number_of(version.get("SEQUENCE")))
    overrides = [version for version in versions if version is not master and "RECURRENCE-ID" in version]
    schedule, warnings = schedule_of(master, overrides)
    schedule.check()
    days = [schedule.starts_on, *(change.day for change in schedule.changes)]
    if not all(FIRST_DAY <= day <= LAST_DAY for day in days):
        raise UnreadableEvent(_("Its year is not one of an agenda."))
    latitude, longitude = position(master)
    return Incoming(
        uid=uid,
        title=title,
        schedule=schedule,
        description=plain(master.get("DESCRIPTION", "")),
        place=one_line(master.get("LOCATION", ""), 120),
        url=web_address(master.get("URL", "")),
        categories=categories(master),
        latitude=latitude,
        longitude=longitude,
        is_cancelled=str(master.get("STATUS", "")).upper() == "CANCELLED",
        warnings=tuple(warnings),
    )


def number_of(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0


def web_address(value: object) -> str:
    address = one_line(value, 300)
    return address if re.match(r"https?://[^\s<>\"]+$", address) else ""


def categories(master: Event) -> tuple[str, ...]:
    found = master.get("CATEGORIES", [])
    names = [name for part in (found if isinstance(found, list) else [found]) for name in getattr(part, "cats", [part])]
    return tuple(dict.fromkeys(name for name in (one_line(name, 60) for name in names) if name))[:12]


def position(master: Event) -> tuple[Decimal | None, Decimal | None]:
    geo = master.get("GEO")
    try:
        latitude, longitude = (Decimal(str(round(float(value), 6))) for value in (geo.latitude, geo.longitude))
    except (AttributeError, TypeError, ValueError, ArithmeticError):
        return None, None
    is_on_earth = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude)
    return (latitude, longitude) if is_on_earth else (None, None)


def value_of(component: Event, name: str) -> object:
    """A date, a moment or a duration, or None. Raises `UnreadableEvent` for one that cannot be read."""
    found = component.get(name)
    if found is None:
        return None
    try:
        return (found[0] if isinstance(found, list) else found).dt
    except Exception:
        raise UnreadableEvent(_("Its %(name)s is no date.") % {"name": name}) from None


def date_of(component: Event, name: str) -> date | None:
    """A date or a moment, or None. Raises `UnreadableEvent` for what is neither."""
    found = value_of(component, name)
    if found is None or isinstance(found, date):
        return found
    raise UnreadableEvent(_("Its %(name)s is no date.") % {"name": name})


def shown(value: date) -> datetime:
    """What the clocks of France show at that date or moment; without a zone it is taken as theirs."""
    if not isinstance(value, datetime):
        return zone.midnight(value)
    # An hour of France that no clock shows stays as it is written: others are counted from it.
    is_ours = value.tzinfo is None or getattr(value.tzinfo, "key", "") == zone.ZONE.key
    return (value.replace(tzinfo=None) if is_ours else zone.wall(value)).replace(microsecond=0)


def listed(component: Event, name: str) -> list[date]:
    """The values of EXDATE or RDATE; of a period, its beginning."""
    found = component.get(name, [])
    values = []
    for part in found if isinstance(found, list) else [found]:
        for moment in getattr(part, "dts", []):
            value = moment.dt
            values.append(value[0] if isinstance(value, tuple) else value)
    return values[: 10 * MAX_DATES]


def length_of(component: Event, start: date) -> timedelta:
    """How long it lasts by the wall clock; a day for a date without an end."""
    end, duration = value_of(component, "DTEND"), value_of(component, "DURATION")
    is_day = not isinstance(start, datetime)
    if isinstance(end, date) and isinstance(end, datetime) is isinstance(start, datetime):
        return max(shown(end) - shown(start), zone.DAY if is_day else timedelta(0))
    if isinstance(duration, timedelta) and timedelta(0) <= duration < timedelta(days=3660):
        if is_day:
            return max(timedelta(days=duration.days), zone.DAY)
        return zone.wall(zone.moment(shown(start)) + duration) - shown(start)
    return zone.DAY if is_day else timedelta(0)


def schedule_of(master: Event, overrides: list[Event]) -> tuple[Schedule, list[str]]:
    warnings = []
    start = date_of(master, "DTSTART")
    if start is None:
        raise UnreadableEvent(_("It has no beginning."))
    is_all_day = not isinstance(start, datetime)
    asked = getattr(master["DTSTART"], "params", {}).get("TZID")
    if isinstance(start, datetime) and start.tzinfo is None and asked:
        warnings.append(_("Unknown time zone “%(zone)s”: read as the time of France.") % {"zone": one_line(asked, 60)})
    begin, length = shown(start), length_of(master, start)
    schedule = whole(begin, length, is_all_day)
    rule, more = rule_of(master, start, schedule, warnings)
    changes = [Change(ADDED, day=when.date(), starts_at=hour(when, schedule)) for when in more]
    changes += [
        Change(ADDED, day=when.date(), starts_at=hour(when, schedule))
        for when in map(shown, listed(master, "RDATE"))
        if zone.moment(when) != zone.moment(begin)
    ]
    schedule = replace(schedule, rule=rule)
    if rule is not None:
        schedule = schedule.aligned()
    known = {when for when, _is_added in replace(schedule, changes=tuple(changes)).originals(schedule.horizon())}
    days = {when.date() for when in known}
    changes += [
        Change(SKIPPED, day=when.date()) for when in map(shown, listed(master, "EXDATE")) if when.date() in days
    ]
    note_of_all = plain(master.get("DESCRIPTION", ""))
    for override in overrides:
        changes = with_override(override, schedule, changes, days, note_of_all)
    if len(changes) > 10 * MAX_DATES:
        raise UnreadableEvent(_("Too many of its dates differ."))
    return replace(schedule, changes=tuple(unique(changes))), warnings


def unique(changes: list[Change]) -> list[Change]:
    return list(dict.fromkeys(changes))


def hour(when: datetime, schedule: Schedule) -> time | None:
    """The hour of a date, where it is another than the event's."""
    return None if schedule.is_all_day or when.time() == schedule.starts_at else when.time()


def whole(begin: datetime, length: timedelta, is_all_day: bool) -> Schedule:
    finish = begin + length
    if is_all_day:
        last = (finish - zone.DAY).date()
        return Schedule(begin.date(), ends_on=last if last > begin.date() else None)
    if length == timedelta(0):
        return Schedule(begin.date(), begin.time())
    ends_on = finish.date() if finish.date() != begin.date() else None
    return Schedule(begin.date(), begin.time(), ends_on, finish.time())


def rule_of(master: Event, start: date, schedule: Schedule, warnings: list[str]) -> tuple[Rule | None, list[datetime]]:
    """Its rule by the clocks of France; where no rule of ours says the same, the dates themselves."""
    found = master.get("RRULE")
    if found is None:
        return None, []
    text = (found[0] if isinstance(found, list) else found).to_ical().decode()
    theirs = start.tzinfo if isinstance(start, datetime) else None
    there = start.replace(tzinfo=None) if isinstance(start, datetime) and theirs is not None else schedule.begin
    rule = Rule.parse(text, there.time() if isinstance(start, datetime) else None)
    if theirs is None or getattr(theirs, "key", "") == zone.ZONE.key:
        return rule, []
    # Two years are enough to see whether its clocks turn as those of France do.
    horizon = max(there.date(), zone.today()) + AHEAD
    dates = [zone.wall(moment.replace(tzinfo=theirs)) for moment in rule.starts(there, horizon)]
    here = replace(rule, until=dates[-1].date()) if rule.until and dates else rule
    if dates == list(here.starts(schedule.begin, dates[-1].date() if dates else horizon)):
        return here, []
    warnings.append(_("Its time zone is not that of France: its dates are taken one by one, two years ahead at most."))
    return None, dates[1:][-MAX_DATES:]


def with_override(
    override: Event, schedule: Schedule, changes: list[Change], days: set[date], note_of_all: str
) -> list[Change]:
    """The changes, with what one of its occurrences says of itself."""
    differs, start = date_of(override, "RECURRENCE-ID"), date_of(override, "DTSTART")
    if differs is None:
        return changes
    original = shown(differs)
    note = plain(override.get("DESCRIPTION", ""))
    note = one_line(note.removesuffix(note_of_all), 200) if note.endswith(note_of_all) and note != note_of_all else ""
    is_ours = original.date() in days
    if str(override.get("STATUS", "")).upper() == "CANCELLED":
        return [*changes, Change(CANCELLED, day=original.date(), note=note)] if is_ours else changes
    if start is None or isinstance(start, datetime) is schedule.is_all_day:
        return changes
    begin, length = shown(start), length_of(override, start)
    finish = begin + length
    is_same_length = length == schedule.length or schedule.is_all_day
    can_say_end = finish.date() == begin.date() or (finish.date() - begin.date() == zone.DAY
                                                    and finish.time() <= SMALL_HOURS)  # fmt: skip
    ends_at = finish.time() if not is_same_length and can_say_end and length else None
    usual = ScheduledTime(original, original, original + schedule.length, schedule.is_all_day)
    written = ScheduledTime(original, begin, finish, schedule.is_all_day)
    if (written.start, written.end) == (usual.start, usual.end) and not note:
        return changes  # the night when the clocks change is spelled out: it is what we make of it too
    for place, change in enumerate(changes):
        if change.kind == ADDED and begin == original == schedule.begin_of(change):
            return [*changes[:place], replace(change, ends_at=ends_at, note=note), *changes[place + 1 :]]
    if begin == original and is_same_length:
        return changes
    if not is_ours:
        return [*changes, Change(ADDED, day=begin.date(), starts_at=hour(begin, schedule), ends_at=ends_at, note=note)]
    starts_at = None if schedule.is_all_day else begin.time()
    return [*changes, Change(MOVED, original.date(), begin.date(), starts_at, ends_at, note)]
