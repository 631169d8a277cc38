"""When an event of another calendar takes place, in the words of an agenda: its rule, and the dates that differ.

RFC 5545, section 3.8.5. What one of its dates says of itself becomes a date that differs here, with a note; where no
such date can say it, that date becomes an event of its own. Nothing is left out without a warning.
"""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from icalendar import Event, vDDDTypes, vText
from icalendar.prop import vBroken

from events import zone
from events.ical.lines import RULES
from events.ical.texts import is_private, one_line, plain, web_address
from events.recurrence.rule import Rule
from events.schedule import (
    ADDED,
    AHEAD,
    CANCELLED,
    FULL,
    MOVED,
    NOTED,
    SKIPPED,
    SMALL_HOURS,
    Change,
    Schedule,
    ScheduledTime,
)

MAX_DATES = 200  # to come, of those that are copied one by one
MAX_CHANGES = 10 * MAX_DATES
MAX_NOTE_LENGTH = 200


class UnreadableEvent(ValidationError):
    """One event of a calendar cannot be read."""


@dataclass
class Times:
    """The schedule, what was not taken over as it was, and the dates that are events of their own."""

    schedule: Schedule
    warnings: list[str] = field(default_factory=list)
    apart: list[Event] = field(default_factory=list)

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)


def value_of(component: Event, name: str) -> object:
    """A date, a moment or a duration; None for one that is not there. Raises `UnreadableEvent`."""
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


def listed(component: Event, name: str, times: Times) -> list[date | tuple[date, date | timedelta]]:
    """The values of EXDATE or RDATE: dates, moments, or periods as pairs."""
    found, values = component.get(name, []), []
    for part in found if isinstance(found, list) else [found]:
        if isinstance(part, vBroken):
            times.warn(
                _("A date that it leaves out cannot be read: “%(text)s”.") % {"text": one_line(part, 60)}
                if name == "EXDATE"
                else _("A date that it adds cannot be read: “%(text)s”.") % {"text": one_line(part, 60)}
            )
            continue
        values += [moment.dt for moment in part.dts]
    return values


def length_of(component: Event, start: date, times: Times) -> timedelta:
    """How long it lasts by the wall clock; a day for a date without an end."""
    is_day = not isinstance(start, datetime)
    unknown = zone.DAY if is_day else timedelta(0)
    end, is_end_lost = readable(component, "DTEND")
    duration, is_duration_lost = readable(component, "DURATION")
    if (is_end_lost or is_duration_lost) and end is None and duration is None:
        times.warn(_("Its end cannot be read: it is left out."))
    if isinstance(end, date) and isinstance(end, datetime) is isinstance(start, datetime):
        return max(shown(end) - shown(start), unknown)
    if isinstance(duration, timedelta) and timedelta(0) <= duration < timedelta(days=3660):
        return elapsed(start, duration)
    return unknown


def readable(component: Event, name: str) -> tuple[object, bool]:
    """The value, or None; and whether there is one that cannot be read."""
    try:
        return value_of(component, name), False
    except UnreadableEvent:
        return None, True


def elapsed(start: date, duration: timedelta) -> timedelta:
    """What a duration that begins then is by the wall clock."""
    if not isinstance(start, datetime):
        return max(timedelta(days=duration.days), zone.DAY)
    return zone.wall(zone.moment(shown(start)) + duration) - shown(start)


def whole(begin: datetime, length: timedelta, is_all_day: bool) -> Schedule:
    finish = begin + length
    if is_all_day:
        last = (finish - zone.DAY).date()
        return Schedule(begin.date(), ends_on=last if last > begin.date() else None)
    if length == timedelta(0):
        return Schedule(begin.date(), begin.time())
    ends_on = finish.date() if finish.date() != begin.date() else None
    return Schedule(begin.date(), begin.time(), ends_on, finish.time())


def times_of(master: Event, overrides: list[Event]) -> Times:
    """When it takes place. Raises `UnreadableEvent`, or the `ValidationError` of a rule that agendas do not know."""
    start = date_of(master, "DTSTART")
    if start is None:
        raise UnreadableEvent(_("It has no beginning."))
    times = Times(Schedule(shown(start).date()))
    begin = shown(start)
    times.schedule = whole(begin, length_of(master, start, times), not isinstance(start, datetime))
    copied = repeat(times, master, start)
    add_dates(times, master, start)
    leave_out(times, master, start)
    if len(times.schedule.changes) > MAX_CHANGES:
        raise UnreadableEvent(_("Too many of its dates differ."))
    for override in in_force(overrides):
        differ(times, master, override, since=coming_since() if copied else None)
    if len(times.schedule.changes) > MAX_CHANGES:
        raise UnreadableEvent(_("Too many of its dates differ."))
    changes = tuple(dict.fromkeys(times.schedule.changes))
    times.schedule = replace(times.schedule, changes=changes)
    return times


def coming_since() -> date:
    """From when on dates are copied: this month's first day, so that a calendar is not another one every morning."""
    return zone.today().replace(day=1)


def coming(dates: Iterable[datetime]) -> list[datetime]:
    """The next dates, and those of this month that are over; the last ones of what is over altogether."""
    known = sorted(set(dates))
    ahead = [when for when in known if when.date() >= coming_since()]
    return ahead[: MAX_DATES + 31] if ahead else known[-MAX_DATES:]


def rules(master: Event, name: str) -> list[str]:
    """The values of RRULE or EXRULE, as they are written."""
    found = master.get(RULES[name], [])
    return ["".join(str(part).split()).strip(";") for part in (found if isinstance(found, list) else [found])]


def zone_of(start: date) -> tzinfo | None:
    """The zone of other clocks than ours by which it repeats."""
    theirs = start.tzinfo if isinstance(start, datetime) else None
    return None if theirs is None or getattr(theirs, "key", "") == zone.ZONE.key else theirs


def there(start: date) -> datetime:
    """Its beginning by the clocks by which it repeats."""
    theirs = zone_of(start)
    return start.replace(tzinfo=None) if theirs is not None and isinstance(start, datetime) else shown(start)


def parsed(text: str, start: date) -> Rule:
    """The rule. Raises `ValidationError`. What says the hour of the start again says nothing."""
    first = there(start)
    again = {"BYHOUR": first.hour, "BYMINUTE": first.minute, "BYSECOND": first.second}
    parts = [
        part.rstrip(",")
        for part in re.sub(r"COUNT=-\d+;?", "", text, flags=re.IGNORECASE).strip(";").split(";")
        if not ((name := part.partition("=")[0].upper()) in again and is_number(part.partition("=")[2], again[name]))
    ]
    starts_at = first.time() if isinstance(start, datetime) else None
    return Rule.parse(";".join(parts), starts_at, zone_of(start))


def first_to_end(times: Times, text: str, start: date) -> Rule:
    """The rule; of one that ends at a date and after a number of times, which RFC 5545 forbids, the first to end."""
    parts = text.split(";")
    ends = [name for name in ("UNTIL", "COUNT") if any(part.upper().startswith(f"{name}=") for part in parts)]
    if len(ends) < 2 or re.search(r"COUNT=-", text, re.IGNORECASE):
        return parsed(text, start)
    times.warn(_("Its repetition has two ends: the first of them is taken."))
    rules = [
        parsed(";".join(part for part in parts if not part.upper().startswith(f"{name}=")), start) for name in ends
    ]
    return min(rules, key=lambda rule: max(rule.starts(there(start), date.max), default=datetime.min))


def is_number(text: str, wanted: int) -> bool:
    return text.strip().isascii() and text.strip().isdigit() and int(text) == wanted


def dates_of(rule: Rule, start: date) -> list[datetime]:
    """Its dates by the clocks of France, two years ahead at most."""
    theirs, first = zone_of(start), there(start)
    # Two years are enough to see whether its clocks turn as those of France do.
    horizon = max(first.date(), zone.today()) + AHEAD
    found = rule.starts(first, horizon)
    return list(found) if theirs is None else [zone.wall(moment.replace(tzinfo=theirs)) for moment in found]


def repeat(times: Times, master: Event, start: date) -> bool:
    """Give the schedule its rule; where no rule of ours says the same, its dates one by one (then return True)."""
    texts, schedule = rules(master, "RRULE"), times.schedule
    if any(not text for text in texts):
        times.warn(_("Its repetition is empty: it takes place once."))
    texts = [text for text in texts if text]
    if not texts:
        return False
    begin, more, copied = schedule.begin, [], False
    if schedule.is_all_day and any(re.search("UNTIL=[0-9]{8}T", text, re.IGNORECASE) for text in texts):
        times.warn(_("Its repetition ends at an hour, and it lasts all day: check its last date."))
    for number, text in enumerate(texts):
        rule = first_to_end(times, text, start)
        dates = dates_of(rule, start)
        if number == 0 and (kept := same_here(rule, dates, start, schedule)) is not None:
            schedule = replace(schedule, rule=kept).aligned()
        else:
            copied = True
            more += [when for when in dates if when != begin]
    if copied:
        times.warn(why_copied(schedule))
    own = [begin] if schedule.begin != begin else []
    if own:
        times.warn(
            _("Its first date, %(day)s, is not one of its rule: it is kept as one more.")
            % {"day": begin.strftime("%d/%m/%Y")}
        )
    wanted = dict.fromkeys([*own, *coming(more)])
    changes = tuple(Change(ADDED, day=when.date(), starts_at=hour(when, schedule)) for when in wanted)
    times.schedule = replace(schedule, changes=changes)
    return copied and schedule.rule is None


def why_copied(schedule: Schedule) -> str:
    if schedule.rule is not None:
        said = _("It repeats by two rules: the dates of the second are taken one by one, the next %(most)s at most.")
    else:
        said = _(
            "Its time zone is not that of France: its dates are taken one by one, the next %(most)s within two years."
        )
    return said % {"most": MAX_DATES}


def same_here(rule: Rule, dates: list[datetime], start: date, schedule: Schedule) -> Rule | None:
    """The rule by the clocks of France, if it then says the same."""
    if zone_of(start) is None:
        return rule
    here = replace(rule, until=dates[-1].date()) if rule.until and dates else rule
    horizon = dates[-1].date() if dates else zone.today()
    return here if dates == list(here.starts(schedule.begin, horizon)) else None


def hour(when: datetime, schedule: Schedule) -> time | None:
    """The hour of a date, where it is another than the event's."""
    return None if schedule.is_all_day or when.time() == schedule.starts_at else when.time()


def add_dates(times: Times, master: Event, start: date) -> None:
    """RDATE: dates, or periods that say how long they last."""
    schedule, added = times.schedule, {}
    for value in listed(master, "RDATE", times):
        first, end = value if isinstance(value, tuple) else (value, None)
        if not isinstance(first, date) or isinstance(first, datetime) is not isinstance(start, datetime):
            times.warn(_("A date that it adds cannot be read: “%(text)s”.") % {"text": one_line(value, 60)})
            continue
        begin = shown(first)
        if zone.moment(begin) == zone.moment(schedule.begin):
            continue
        length = schedule.length
        if end is not None:
            length = elapsed(first, end) if isinstance(end, timedelta) else shown(end) - begin
        added[begin] = Change(ADDED, begin.date(), None, hour(begin, schedule), end_of(begin, length, times))
    wanted = coming(added) if len(added) > MAX_CHANGES // 2 else list(added)
    if len(wanted) < len(added):
        times.warn(_("Of the dates that it adds, the next %(most)s are taken.") % {"most": MAX_DATES})
    change(times, *(added[when] for when in wanted))


def end_of(begin: datetime, length: timedelta, times: Times) -> time | None:
    """The hour at which a date ends that lasts longer or shorter than the others; None as the others do."""
    if times.schedule.is_all_day or length == times.schedule.length:
        return None
    if not can_end(begin, begin + length):
        times.warn(_("One of its dates ends on another day than the others: its end is left as theirs."))
        return None
    return (begin + length).time()


def can_end(begin: datetime, finish: datetime) -> bool:
    """Whether the hour alone says when it ends: the same day, or in the small hours of the next."""
    is_night = finish.date() - begin.date() == zone.DAY and finish.time() <= SMALL_HOURS
    return finish.date() == begin.date() or is_night


def change(times: Times, *changes: Change) -> None:
    times.schedule = replace(times.schedule, changes=(*times.schedule.changes, *changes))


def begins_by_day(schedule: Schedule) -> dict[date, list[datetime]]:
    found: dict[date, list[datetime]] = {}
    for begin, _is_added in schedule.originals(schedule.horizon()):
        found.setdefault(begin.date(), []).append(begin)
    return found


def planned(schedule: Schedule, known: dict[date, list[datetime]], value: date) -> datetime | None:
    """The date of the schedule that is meant: at that moment, else the only one of that day."""
    when = shown(value)
    of_day = known.get(when.date(), [])
    return when if when in of_day else of_day[0] if len(of_day) == 1 else None


def without(times: Times, when: datetime) -> None:
    """Take one date out: of what was added, or of the rule."""
    schedule = times.schedule
    left = tuple(one for one in schedule.changes if not (one.kind == ADDED and schedule.begin_of(one) == when))
    is_of_rule = any(
        begin == when and not added for begin, added in replace(schedule, changes=()).originals(when.date())
    )
    skipped = (Change(SKIPPED, day=when.date()),) if is_of_rule else ()
    times.schedule = replace(schedule, changes=(*left, *skipped))


def leave_out(times: Times, master: Event, start: date) -> None:
    """EXDATE, and the EXRULE of before RFC 5545: of the rule's dates and of those that were added."""
    values = listed(master, "EXDATE", times)
    for text in filter(None, rules(master, "EXRULE")):
        values += dates_of(parsed(text, start), start)
    known = begins_by_day(times.schedule)
    wanted = {}
    for value in values:
        if isinstance(value, date) and (when := planned(times.schedule, known, value)) is not None:
            wanted[when] = value
            if isinstance(value, datetime) and isinstance(start, datetime) and shown(value) != when:
                times.warn(
                    _("It leaves out %(day)s at another hour than its own: that date is left out.")
                    % {"day": when.strftime("%d/%m/%Y")}
                )
    if len(wanted) > MAX_CHANGES:
        raise UnreadableEvent(_("Too many of its dates differ."))
    schedule = times.schedule
    left = tuple(one for one in schedule.changes if not (one.kind == ADDED and schedule.begin_of(one) in wanted))
    of_rule = {begin for begin, is_added in schedule.originals(schedule.horizon()) if not is_added}
    skipped = (Change(SKIPPED, day=when.date()) for when in sorted(wanted) if when in of_rule)
    times.schedule = replace(schedule, changes=(*left, *skipped))


def in_force(overrides: list[Event]) -> list[Event]:
    """Of several versions of one date, the one with the highest SEQUENCE; of equals the last."""
    latest: dict[object, Event] = {}
    for override in overrides:
        moment = date_of(override, "RECURRENCE-ID")
        key = shown(moment) if moment is not None else id(override)
        if key not in latest or number_of(override.get("SEQUENCE")) >= number_of(latest[key].get("SEQUENCE")):
            latest[key] = override
    return list(latest.values())


def number_of(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0


def differ(times: Times, master: Event, override: Event, since: date | None) -> None:
    """Take over what one date says of itself."""
    value = date_of(override, "RECURRENCE-ID")
    if value is None:
        return
    schedule = times.schedule
    when = planned(schedule, begins_by_day(schedule), value)
    is_cancelled = status(override) == "CANCELLED"
    if is_private(override):
        if when is not None:
            without(times, when)
            times.warn(_("%(day)s is private: it is left out.") % {"day": when.strftime("%d/%m/%Y")})
        return
    if when is None:
        if number_of(override.get("SEQUENCE")) < number_of(master.get("SEQUENCE")):
            times.warn(
                _("%(day)s is of an older version: it is left out.") % {"day": shown(value).strftime("%d/%m/%Y")}
            )
            return
        is_beyond = since is not None and (shown(value).date() < since or schedule.changes)
        if not is_cancelled and not is_beyond:
            times.apart.append(override)
        return
    day = when.strftime("%d/%m/%Y")
    if is_cancelled:
        change(times, Change(CANCELLED, day=when.date(), note=note_of(times, master, override, day)))
        return
    try:
        start = date_of(override, "DTSTART") or value
    except UnreadableEvent:
        times.warn(_("What %(day)s says of its hours cannot be read: it is left as the others.") % {"day": day})
        start = value
    if isinstance(start, datetime) is schedule.is_all_day:
        set_apart(times, when, override)
        return
    begin = shown(start)
    length = length_of(override, start, times)
    if length != schedule.length and (schedule.is_all_day or not can_end(begin, begin + length)):
        set_apart(times, when, override)
        return
    note = note_of(times, master, override, day)
    ends_at = end_of(begin, length, times)
    usual = ScheduledTime(when, when, when + schedule.length, schedule.is_all_day)
    written = ScheduledTime(when, begin, begin + length, schedule.is_all_day)
    if (written.start, written.end) == (usual.start, usual.end):
        ends_at = None  # the night when the clocks change is spelled out: it is what we make of it too
        if not note:
            return
    moved = begin != when and written.start != usual.start
    if is_full(master, override):
        if moved or ends_at:
            times.warn(_("%(day)s is said to be full: its other hours are left as they were.") % {"day": day})
        change(times, Change(FULL, day=when.date(), note=note))
    elif not moved:
        edit(times, when, Change(NOTED, day=when.date(), ends_at=ends_at, note=note))
    elif is_added(schedule, when):
        without(times, when)
        change(times, Change(ADDED, begin.date(), None, hour(begin, schedule), ends_at, note))
    else:
        starts_at = None if schedule.is_all_day else begin.time()
        change(times, Change(MOVED, when.date(), begin.date(), starts_at, ends_at, note))


def set_apart(times: Times, when: datetime, override: Event) -> None:
    """Make an event of its own of a date that no date of the series can say."""
    without(times, when)
    times.apart.append(override)
    times.warn(
        _("%(day)s has hours that the others have not: it becomes an event of its own.")
        % {"day": when.strftime("%d/%m/%Y")}
    )


def is_added(schedule: Schedule, when: datetime) -> bool:
    return any(one.kind == ADDED and schedule.begin_of(one) == when for one in schedule.changes)


def edit(times: Times, when: datetime, wanted: Change) -> None:
    """Say it on the line of a date that was added; of the rule's dates, on a line of its own."""
    schedule = times.schedule
    if not is_added(schedule, when):
        change(times, wanted)
        return
    times.schedule = replace(
        schedule,
        changes=tuple(
            replace(one, ends_at=wanted.ends_at or one.ends_at, note=wanted.note)
            if one.kind == ADDED and schedule.begin_of(one) == when
            else one
            for one in schedule.changes
        ),
    )


def status(component: Event) -> str:
    return one_line(component.get("STATUS", ""), 20).upper()


def titles_of_state(master: Event) -> dict[str, str]:
    """How our own calendars write a date that is cancelled or full."""
    title = one_line(master.get("SUMMARY", ""), 255)
    return {
        CANCELLED: _("Cancelled: %(title)s") % {"title": title},
        FULL: _("Full: %(title)s") % {"title": title},
    }


def is_full(master: Event, override: Event) -> bool:
    return one_line(override.get("SUMMARY", ""), 300) == titles_of_state(master)[FULL]


def note_of(times: Times, master: Event, override: Event, day: str) -> str:
    """What one date says of itself, as its note: another title, another place, a text of its own."""
    parts = []
    title, usual = (one_line(part.get("SUMMARY", ""), 300) for part in (override, master))
    if title and title not in (usual, *titles_of_state(master).values()):
        parts.append(title)
    place, usual = (one_line(part.get("LOCATION", ""), 300) for part in (override, master))
    if place and place != usual:
        parts.append(_("Place: %(place)s") % {"place": place})
    text, usual = (plain(part.get("DESCRIPTION", "")) for part in (override, master))
    is_note_of_ours = not parts and bool(usual) and text.endswith(usual)
    if text and text != usual:
        parts.append(one_line(text.removesuffix(usual), 1000))
    address, usual = (web_address(part.get("URL", "")) for part in (override, master))
    if address and address != usual:
        times.warn(_("%(day)s has an address of its own, which is left out: %(address)s") % {
            "day": day, "address": address
        })  # fmt: skip
    note = " – ".join(parts)
    if len(note) > MAX_NOTE_LENGTH:
        times.warn(_("What %(day)s says of itself is too long for its note: it is cut short.") % {"day": day})
        note = f"{note[: MAX_NOTE_LENGTH - 1]}…"
    if note and not is_note_of_ours:
        times.warn(_("%(day)s differs from the others; its note says: “%(note)s”.") % {"day": day, "note": note})
    return note


def original_of(override: Event) -> date:
    """The date that an override is about. Raises `UnreadableEvent`."""
    found = date_of(override, "RECURRENCE-ID")
    if found is None:
        raise UnreadableEvent(_("Its %(name)s is no date.") % {"name": "RECURRENCE-ID"})
    return found


def split_at_ranges(master: Event, overrides: list[Event]) -> list[tuple[Event, list[Event], list[str]]]:
    """RANGE=THISANDFUTURE (section 3.2.13): a series that changes from one date on is two, one after the other.

    Each with its overrides and its warnings.
    """
    ranges = [one for one in overrides if is_range(one)]
    if not ranges:
        return [(master, overrides, [])]
    turn = min(ranges, key=lambda one: shown(original_of(one)))
    cut = original_of(turn)
    try:
        before, after, shift = cut_in_two(master, turn, cut)
        early = [one for one in overrides if shown(original_of(one)) < shown(cut)]
        late = [one for one in overrides if one is not turn and one not in early]
        for one in late:
            one["RECURRENCE-ID"] = vDDDTypes(original_of(one) + shift, one["RECURRENCE-ID"].params)
    except (ValidationError, TypeError, ValueError):
        turn["RECURRENCE-ID"].params.pop("RANGE", None)
        (first, others, warnings), *rest = split_at_ranges(master, overrides)
        said = _("It changes from %(day)s on; only that date is changed here.") % {
            "day": shown(cut).strftime("%d/%m/%Y")
        }
        return [(first, others, [*warnings, said]), *rest]
    if status(turn) == "CANCELLED":
        said = _("It is cancelled from %(day)s on: its dates end before.") % {"day": shown(cut).strftime("%d/%m/%Y")}
        return [(before, early, [said])]
    return [(before, early, []), *split_at_ranges(after, late)]


def is_range(override: Event) -> bool:
    params = getattr(override.get("RECURRENCE-ID"), "params", {})
    return str(params.get("RANGE", "")).upper() == "THISANDFUTURE"


def cut_in_two(master: Event, turn: Event, cut: date) -> tuple[Event, Event, timedelta]:
    """The series up to a date, and the one that begins there as that date has it; by how much its hours move.

    Raises `ValidationError`, `TypeError` or `ValueError` where no two rules say the same.
    """
    start, begin = date_of(master, "DTSTART") or cut, date_of(turn, "DTSTART") or cut
    (text,) = rules(master, "RRULE")
    rule = parsed(text, start)
    first, when = there(start), there(cut)
    starts = [one for one in rule.starts(first, when.date()) if one <= when]
    if not starts or starts[-1] != when or len(starts) < 2:
        raise ValueError
    shift = begin - cut
    own = [text for text in rules(turn, "RRULE") if text]
    if not own and (rule.weekdays or rule.month_days or rule.months) and there(begin).date() != when.date():
        raise ValueError
    before, after = deepcopy(master), deepcopy(master)
    last = replace(rule, count=None, until=starts[-2].date())
    before[RULES["RRULE"]] = vText(last.spelled(starts[-2].strftime("%Y%m%d")))
    left = replace(rule, count=rule.count - len(starts) + 1) if rule.count else rule
    for name in ("EXDATE", "RDATE"):
        part_dates(before, after, name, cut, shift)
    for name in turn:
        if name not in ("RECURRENCE-ID", *RULES.values(), "EXDATE", "RDATE"):
            after[name] = turn[name]
            if name in ("DTEND", "DURATION"):
                after.pop("DURATION" if name == "DTEND" else "DTEND", None)
    spelled = left.spelled(left.until.strftime("%Y%m%d") if left.until else "")
    after[RULES["RRULE"]] = vText(own[0] if own else spelled)
    return before, after, shift


def part_dates(before: Event, after: Event, name: str, cut: date, shift: timedelta) -> None:
    """Give each of two series its own dates."""
    found = before.get(name)
    if found is None:
        return
    for part in found if isinstance(found, list) else [found]:
        if any(not isinstance(moment.dt, type(cut)) for moment in part.dts):
            raise ValueError
    later = deepcopy(found)
    for mine, theirs in zip(*((one if isinstance(one, list) else [one]) for one in (found, later)), strict=True):
        mine.dts = [moment for moment in mine.dts if shown(moment.dt) < shown(cut)]
        theirs.dts = [
            vDDDTypes(moment.dt + shift, moment.params) for moment in theirs.dts if shown(moment.dt) >= shown(cut)
        ]
    after[name] = later
