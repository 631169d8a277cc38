"""Series that change from one date on: RANGE=THISANDFUTURE (RFC 5545, section 3.2.13)."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from icalendar import Event, vDDDTypes, vText

from events.ical.texts import status
from events.ical.times import UnreadableEvent, date_of, parsed, rules, shown, there


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
    before["X-RRULE"] = vText(last.spelled(starts[-2].strftime("%Y%m%d")))
    left = replace(rule, count=rule.count - len(starts) + 1) if rule.count else rule
    for name in ("EXDATE", "RDATE"):
        part_dates(before, after, name, cut, shift)
    for name in turn:
        if name not in ("RECURRENCE-ID", "X-RRULE", "X-EXRULE", "EXDATE", "RDATE"):
            after[name] = turn[name]
            if name in ("DTEND", "DURATION"):
                after.pop("DURATION" if name == "DTEND" else "DTEND", None)
    spelled = left.spelled(left.until.strftime("%Y%m%d") if left.until else "")
    after["X-RRULE"] = vText(own[0] if own else spelled)
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
