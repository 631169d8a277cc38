"""Schedules as people, and other calendars, might have them."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from hypothesis import assume
from hypothesis import strategies as st

from events.recurrence.rule import WEEKDAYS, Rule
from events.schedule import ADDED, CANCELLED, FULL, MOVED, NOTED, SKIPPED, Change, Schedule

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
# Quarters of an hour; the hours around which clocks change come often.
HOURS = st.builds(time, st.one_of(st.integers(0, 23), st.sampled_from([1, 2, 3, 20])), st.sampled_from([0, 15, 30, 45]))


@st.composite
def rules(draw, first: date) -> Rule:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if frequency == "WEEKLY" and draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True))
        parts.append("BYDAY=" + ",".join(days))
    if frequency == "MONTHLY":
        way = draw(st.sampled_from(["same", "nth", "number", "last"]))
        if way == "nth":
            parts.append(f"BYDAY={draw(st.sampled_from([1, 2, 3, 4, 5, -1]))}{draw(st.sampled_from(WEEKDAYS))}")
        elif way == "number":
            parts.append(f"BYMONTHDAY={draw(st.integers(1, 31))}")
        elif way == "last":
            parts.append("BYMONTHDAY=-1")
    if frequency != "YEARLY" and draw(st.booleans()):
        months = draw(st.lists(st.integers(1, 12), min_size=3, max_size=11, unique=True))
        parts.append("BYMONTH=" + ",".join(map(str, sorted(months))))
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    else:
        parts.append(f"UNTIL={first + timedelta(days=draw(st.integers(0, 800))):%Y%m%d}")
    try:
        return Rule.parse(";".join(parts))
    except ValidationError:
        assume(False)


@st.composite
def schedules(draw, changed: bool = True) -> Schedule:
    """Valid schedules: once, by a rule, all day, over several days, with dates that differ."""
    first, starts_at = draw(DAYS), draw(st.one_of(st.none(), HOURS))
    ends_on, ends_at = None, None
    if starts_at is None:
        ends_on = first + timedelta(days=draw(st.integers(1, 4))) if draw(st.booleans()) else None
    elif draw(st.booleans()):
        finish = datetime.combine(first, starts_at) + timedelta(minutes=15 * draw(st.integers(1, 60)))
        ends_on, ends_at = (finish.date() if finish.date() > first else None), finish.time()
    rule = draw(st.one_of(st.none(), rules(first)))
    schedule = Schedule(first, starts_at, ends_on, ends_at, rule).aligned()
    try:
        schedule.check()
    except ValidationError:
        assume(False)
    if not (changed and draw(st.booleans())):
        return schedule
    days = sorted(schedule.days_of_rule())
    assume(days[-1].year < 2090)
    changes = []
    for day in draw(st.lists(st.sampled_from(days), max_size=3, unique=True)) if rule else []:
        kind = draw(st.sampled_from([SKIPPED, CANCELLED, MOVED, FULL, NOTED]))
        to_day = day + timedelta(days=draw(st.integers(1, 3))) if kind == MOVED else None
        hour = draw(HOURS) if kind == MOVED and starts_at and draw(st.booleans()) else None
        says = kind == NOTED or (kind in (CANCELLED, FULL) and draw(st.booleans()))
        changes.append(Change(kind, day, to_day, hour, note="Avec Nolwenn" if says else ""))
    for away in draw(st.lists(st.integers(1, 200), max_size=2, unique=True)):
        day = days[-1] + timedelta(days=away)
        changes.append(Change(ADDED, day, None, draw(HOURS) if starts_at and draw(st.booleans()) else None))
    schedule = Schedule(schedule.starts_on, starts_at, schedule.ends_on, ends_at, schedule.rule, tuple(changes))
    try:
        schedule.check()
    except ValidationError:
        assume(False)
    return schedule
