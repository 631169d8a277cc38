"""When an event of another calendar takes place, in the words of an agenda: its rule, and the dates beside it.

RFC 5545, section 3.8.5. Nothing is left out without a warning; `events.ical.overrides` adds what single dates say.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from icalendar import Event
from icalendar.prop import vBroken

from events import zone
from events.ical.texts import one_line
from events.recurrence.rule import Rule
from events.schedule import ADDED, AHEAD, SKIPPED, SMALL_HOURS, Change, Schedule

MAX_DATES = 200  # to come, of those that are copied one by one
MAX_CHANGES = 10 * MAX_DATES


class UnreadableEvent(ValidationError):
    """One event of a calendar cannot be read."""


Known = dict[date, dict[datetime, bool]]  # day → when it begins by the wall clock, and whether that date was added


@dataclass
class Times:
    """The schedule, what was not taken over as it was, and the dates that are events of their own."""

    schedule: Schedule
    warnings: list[str] = field(default_factory=list)
    apart: list[Event] = field(default_factory=list)

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    def change(self, *changes: Change) -> None:
        self.schedule = replace(self.schedule, changes=(*self.schedule.changes, *changes))

    def known(self) -> Known:
        """Each date of the schedule, by its day."""
        found: Known = {}
        for begin, is_added in self.schedule.originals(self.schedule.horizon()):
            found.setdefault(begin.date(), {})[begin] = is_added
        return found

    def take_out(self, wanted: Container[datetime], known: Known) -> None:
        """Take these dates out: of what was added, or of the rule."""
        schedule = self.schedule
        left = tuple(one for one in schedule.changes if not (one.kind == ADDED and schedule.begin_of(one) in wanted))
        of_rule = (begin for day in known.values() for begin, is_added in day.items() if not is_added)
        skipped = (Change(SKIPPED, day=begin.date()) for begin in of_rule if begin in wanted)
        self.schedule = replace(schedule, changes=(*left, *skipped))

    def check(self) -> None:
        """Raise `UnreadableEvent` where more of its dates differ than an agenda holds."""
        if len(self.schedule.changes) > MAX_CHANGES:
            raise UnreadableEvent(_("Too many of its dates differ."))


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


def times_of_series(master: Event) -> tuple[Times, bool]:
    """When it takes place by its rule and its own dates, and whether only the coming ones of these were copied.

    Raises `UnreadableEvent`, or the `ValidationError` of a rule that agendas do not know.
    """
    start = date_of(master, "DTSTART")
    if start is None:
        raise UnreadableEvent(_("It has no beginning."))
    times = Times(Schedule(shown(start).date()))
    times.schedule = whole(shown(start), length_of(master, start, times), not isinstance(start, datetime))
    copied = repeat(times, master, start)
    add_dates(times, master, start)
    leave_out(times, master, start)
    times.check()
    return times, copied


def coming_since() -> date:
    """From when on dates are copied: this month's first day, so that a calendar is not another one every morning."""
    return zone.today().replace(day=1)


def coming(dates: Iterable[datetime]) -> list[datetime]:
    """The next dates, and those of this month that are over; the last ones of what is over altogether."""
    known = sorted(set(dates))
    ahead = [when for when in known if when.date() >= coming_since()]
    return ahead[: MAX_DATES + 31] if ahead else known[-MAX_DATES:]


def rules(master: Event, name: str) -> list[str]:
    """The values of RRULE or EXRULE, as they are written (`events.ical.reading.for_parser`)."""
    found = master.get(f"X-{name}", [])
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
    times.change(*(added[when] for when in wanted))


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


def planned(known: Known, value: date) -> datetime | None:
    """The date of the schedule that is meant: at that moment, else the only one of that day."""
    when = shown(value)
    of_day = known.get(when.date(), {})
    return when if when in of_day else next(iter(of_day)) if len(of_day) == 1 else None


def leave_out(times: Times, master: Event, start: date) -> None:
    """EXDATE, and the EXRULE of before RFC 5545: of the rule's dates and of those that were added."""
    values = listed(master, "EXDATE", times)
    for text in filter(None, rules(master, "EXRULE")):
        values += dates_of(parsed(text, start), start)
    known, wanted = times.known(), set()
    for value in values:
        if isinstance(value, date) and (when := planned(known, value)) is not None:
            wanted.add(when)
            if isinstance(value, datetime) and isinstance(start, datetime) and shown(value) != when:
                times.warn(
                    _("It leaves out %(day)s at another hour than its own: that date is left out.")
                    % {"day": when.strftime("%d/%m/%Y")}
                )
    times.take_out(wanted, known)


def number_of(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
