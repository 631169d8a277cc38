"""What single dates of a series say of themselves (RECURRENCE-ID; RFC 5545, section 3.8.4.4).

It becomes a date that differs here, with a note; where no such date can say it, an event of its own.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from django.utils.translation import gettext as _
from icalendar import Event

from events.ical.texts import is_private, one_line, plain, status, web_address
from events.ical.times import (
    Known,
    Times,
    UnreadableEvent,
    can_end,
    coming_since,
    date_of,
    end_of,
    hour,
    length_of,
    number_of,
    planned,
    shown,
    times_of_series,
)
from events.schedule import ADDED, CANCELLED, FULL, MOVED, NOTED, Change, ScheduledTime

MAX_NOTE_LENGTH = 200


@dataclass(frozen=True)
class Words:
    """What a component says, of a series or of one of its dates."""

    title: str
    place: str
    text: str
    address: str
    sequence: int

    @classmethod
    def of(cls, component: Event) -> Self:
        return cls(
            title=one_line(component.get("SUMMARY", ""), 300),
            place=one_line(component.get("LOCATION", ""), 300),
            text=plain(component.get("DESCRIPTION", "")),
            address=web_address(component.get("URL", "")),
            sequence=number_of(component.get("SEQUENCE")),
        )

    # As our own calendars write a date that is cancelled or full:

    @property
    def title_when_cancelled(self) -> str:
        return _("Cancelled: %(title)s") % {"title": self.title[:255]}

    @property
    def title_when_full(self) -> str:
        return _("Full: %(title)s") % {"title": self.title[:255]}


def times_of(master: Event, overrides: list[Event]) -> Times:
    """When it takes place. Raises `UnreadableEvent`, or the `ValidationError` of a rule that agendas do not know."""
    times, copied = times_of_series(master)
    usual, known = Words.of(master), times.known() if overrides else {}
    for override in in_force(overrides):
        differ(times, usual, override, known, since=coming_since() if copied else None)
    times.check()
    times.schedule = replace(times.schedule, changes=tuple(dict.fromkeys(times.schedule.changes)))
    return times


def in_force(overrides: list[Event]) -> list[Event]:
    """Of several versions of one date, the one with the highest SEQUENCE; of equals the last."""
    latest: dict[object, Event] = {}
    for override in overrides:
        moment = date_of(override, "RECURRENCE-ID")
        key = shown(moment) if moment is not None else id(override)
        if key not in latest or number_of(override.get("SEQUENCE")) >= number_of(latest[key].get("SEQUENCE")):
            latest[key] = override
    return list(latest.values())


def differ(times: Times, usual: Words, override: Event, known: Known, since: date | None) -> None:
    """Take over what one date says of itself."""
    value = date_of(override, "RECURRENCE-ID")
    if value is None:
        return
    schedule = times.schedule
    when = planned(known, value)
    is_cancelled = status(override) == "CANCELLED"
    if is_private(override):
        if when is not None:
            times.take_out({when}, {when.date(): known[when.date()]})
            times.warn(_("%(day)s is private: it is left out.") % {"day": when.strftime("%d/%m/%Y")})
        return
    if when is None:
        if number_of(override.get("SEQUENCE")) < usual.sequence:
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
        times.change(Change(CANCELLED, day=when.date(), note=note_of(times, usual, override, day)))
        return
    try:
        start = date_of(override, "DTSTART") or value
    except UnreadableEvent:
        times.warn(_("What %(day)s says of its hours cannot be read: it is left as the others.") % {"day": day})
        start = value
    if isinstance(start, datetime) is schedule.is_all_day:
        set_apart(times, when, override, known)
        return
    begin = shown(start)
    length = length_of(override, start, times)
    if length != schedule.length and (schedule.is_all_day or not can_end(begin, begin + length)):
        set_apart(times, when, override, known)
        return
    note = note_of(times, usual, override, day)
    ends_at = end_of(begin, length, times)
    by_rule = ScheduledTime(when, when, when + schedule.length, schedule.is_all_day)
    written = ScheduledTime(when, begin, begin + length, schedule.is_all_day)
    if (written.start, written.end) == (by_rule.start, by_rule.end):
        ends_at = None  # the night when the clocks change is spelled out: it is what we make of it too
    moved = begin != when and written.start != by_rule.start
    if Words.of(override).title == usual.title_when_full:
        if moved or ends_at:
            times.warn(_("%(day)s is said to be full: its other hours are left as they were.") % {"day": day})
        times.change(Change(FULL, day=when.date(), note=note))
    elif not moved and not ends_at and not note:
        return
    elif not moved:
        edit(times, when, Change(NOTED, day=when.date(), ends_at=ends_at, note=note), known)
    elif known[when.date()][when]:
        times.take_out({when}, {})
        times.change(Change(ADDED, begin.date(), None, hour(begin, schedule), ends_at, note))
    else:
        starts_at = None if schedule.is_all_day else begin.time()
        times.change(Change(MOVED, when.date(), begin.date(), starts_at, ends_at, note))


def set_apart(times: Times, when: datetime, override: Event, known: Known) -> None:
    """Make an event of its own of a date that no date of the series can say."""
    times.take_out({when}, {when.date(): known[when.date()]})
    times.apart.append(override)
    times.warn(
        _("%(day)s has hours that the others have not: it becomes an event of its own.")
        % {"day": when.strftime("%d/%m/%Y")}
    )


def edit(times: Times, when: datetime, wanted: Change, known: Known) -> None:
    """Say it on the line of a date that was added; of the rule's dates, on a line of its own."""
    schedule = times.schedule
    if not known[when.date()][when]:
        times.change(wanted)
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


def note_of(times: Times, usual: Words, override: Event, day: str) -> str:
    """What one date says of itself, as its note: another title, another place, a text of its own."""
    own, parts = Words.of(override), []
    if own.title and own.title not in (usual.title, usual.title_when_cancelled, usual.title_when_full):
        parts.append(own.title)
    if own.place and own.place != usual.place:
        parts.append(_("Place: %(place)s") % {"place": own.place})
    is_note_of_ours = not parts and bool(usual.text) and own.text.endswith(usual.text)
    if own.text and own.text != usual.text:
        parts.append(one_line(own.text.removesuffix(usual.text), 1000))
    if own.address and own.address != usual.address:
        times.warn(_("%(day)s has an address of its own, which is left out: %(address)s") % {
            "day": day, "address": own.address
        })  # fmt: skip
    note = " – ".join(parts)
    if len(note) > MAX_NOTE_LENGTH:
        times.warn(_("What %(day)s says of itself is too long for its note: it is cut short.") % {"day": day})
        note = f"{note[: MAX_NOTE_LENGTH - 1]}…"
    if note and not is_note_of_ours:
        times.warn(_("%(day)s differs from the others; its note says: “%(note)s”.") % {"day": day, "note": note})
    return note
