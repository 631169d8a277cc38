"""Our calendars as others read them: the same instants, for every parser and after a round trip."""

from datetime import date, time

import pytest
from hypothesis import example, given

from events.ical.reading import read_calendar
from events.recurrence.rule import Rule
from events.schedule import ADDED, Change, Schedule
from tests.events.calendars import by_ical, ours, page_of, written
from tests.events.strategies import schedules

pytestmark = pytest.mark.django_db

FOREVER = date(2034, 1, 1)


@given(schedules())
def test_a_python_parser_finds_the_instants_that_we_show(schedule):
    text = written(page_of(schedule))

    assert list(by_ical(text, FOREVER).values()) == [ours(schedule, FOREVER)]


@pytest.mark.ical_js
@given(schedules())
def test_ical_js_finds_the_instants_that_we_show(ical_js, schedule):
    text = written(page_of(schedule))

    assert list(ical_js.read(text, FOREVER).values()) == [ours(schedule, FOREVER)]


@given(schedules())
@example(Schedule(date(2024, 3, 1), time(2), None, time(3), Rule.parse("FREQ=DAILY;UNTIL=20240401")))
@example(
    Schedule(date(2024, 3, 30), time(13), date(2024, 3, 31), time(2), Rule.parse("FREQ=WEEKLY;BYDAY=MO,SA;COUNT=2"))
)
@example(Schedule(date(2024, 3, 31), time(2), changes=(Change(ADDED, date(2024, 4, 1)),)))
def test_what_we_write_we_read_back_as_the_same_instants(schedule):
    (read,) = read_calendar(written(page_of(schedule)).encode()).events

    assert ours(read.schedule, FOREVER) == ours(schedule, FOREVER)
    assert read.warnings == ()
    assert said_of(read.schedule) == said_of(schedule)


def said_of(schedule) -> list[tuple]:
    return sorted((one.start, one.is_cancelled, one.is_full, one.note) for one in schedule.occurrences())
