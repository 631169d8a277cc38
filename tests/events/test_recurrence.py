"""The rules by which events come back, and the clocks of France."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from events import zone
from events.recurrence.fields import RecurrenceFormField, spoken, written
from events.recurrence.rule import Rule
from events.recurrence.words import in_words
from events.schedule import ADDED, CANCELLED, MOVED, SKIPPED, Change, Schedule
from tests.events.expander import expand
from tests.events.strategies import DAYS, HOURS, rules, schedules

pytestmark = pytest.mark.database_independent("works dates out from rules, in memory")

SECOND_TUESDAY = "FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,2,3,4,5,6,7,9,10,11,12"


@given(st.data(), DAYS, HOURS)
def test_our_occurrences_are_those_of_an_expander_that_looks_at_every_day(data, day, hour):
    schedule = Schedule(day, hour, rule=data.draw(rules(day))).aligned()
    horizon = day + timedelta(days=900)

    assert list(schedule.rule.starts(schedule.begin, horizon)) == expand(schedule.rule, schedule.begin, horizon)


@given(st.integers(0, 6), st.integers(2024, 2030))
def test_eight_in_the_evening_every_week_stays_eight_across_both_changes_of_the_clocks(weekday, year):
    first = date(year, 1, 1) + timedelta(days=weekday)
    schedule = Schedule(first, time(20), None, time(22), Rule.parse("FREQ=WEEKLY;COUNT=53"))

    found = schedule.occurrences()

    assert {one.start.astimezone(zone.ZONE).time() for one in found} == {time(20)}
    assert {one.start.astimezone(UTC).hour for one in found} == {18, 19}
    assert {one.end - one.start for one in found} == {timedelta(hours=2)}


@given(schedules())
def test_no_occurrence_ends_before_it_begins_and_they_come_in_order(schedule):
    found = schedule.occurrences()

    assert all(one.start <= one.end and one.first_day <= one.last_day for one in found)
    assert found == sorted(found, key=lambda one: (one.start, one.original))


@given(st.data(), DAYS)
def test_a_rule_that_people_can_say_is_the_same_once_it_went_through_the_form(data, day):
    rule = data.draw(rules(day))
    parts = spoken(str(rule))

    assert Rule.parse(RecurrenceFormField().clean(parts)) == rule
    with translation.override("fr"):
        assert in_words(rule)


def test_the_2nd_tuesday_but_in_august_is_said_so_and_comes_so():
    rule = Rule.parse(SECOND_TUESDAY)
    schedule = Schedule(date(2026, 7, 1), time(18, 30), rule=rule).aligned()

    assert schedule.starts_on == date(2026, 7, 14)
    assert [one.first_day for one in schedule.occurrences()][:3] == [
        date(2026, 7, 14), date(2026, 9, 8), date(2026, 10, 13),
    ]  # fmt: skip
    with translation.override("fr"):
        assert in_words(rule) == "tous les mois, le 2ᵉ mardi, sauf en août"


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY", "FREQ=HOURLY;COUNT=3", "FREQ=DAILY;COUNT=10000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31", "FREQ=WEEKLY;BYDAY=2TU", "FREQ=MONTHLY;BYDAY=6TU",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101", "FREQ=DAILY;UNTIL=demain", "FREQ=DAILY;BYHOUR=9", "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=MONTHLY;BYSETPOS=2", "FREQ=WEEKLY;BYMONTHDAY=3", "TOUS LES JOURS", "",
        "FREQ=DAILY;INTERVAL=99999999999999",
        "FREQ=DAILY;UNTIL=99999999", "FREQ=DAILY;BYDAY=" + ",".join(["MO"] * 50) + ",XX",
    ],
)  # fmt: skip
def test_a_rule_that_nobody_means_is_refused_with_a_reason(text):
    with pytest.raises(ValidationError) as error:
        Rule.parse(text)
    assert error.value.messages[0]


@pytest.mark.parametrize("text", ["FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=MONTHLY;BYDAY=5SA;BYMONTHDAY=1"])
def test_a_rule_that_never_comes_true_is_refused_without_being_waited_for(text):
    with pytest.raises(ValidationError):
        Schedule(date(2026, 9, 1), time(9), rule=Rule.parse(text)).check()


def test_more_than_a_thousand_dates_are_refused_and_a_rule_without_end_is_not():
    with pytest.raises(ValidationError):
        Schedule(date(2026, 1, 1), time(9), rule=Rule.parse("FREQ=DAILY;UNTIL=20351231")).check()

    endless = Schedule(zone.today(), time(9), rule=Rule.parse("FREQ=DAILY"))
    endless.check()
    assert 700 < len(endless.occurrences()) < 740


def test_an_hour_that_no_clock_shows_is_read_an_hour_later():
    """28 March 2027: at 2:00 the clocks go to 3:00."""
    schedule = Schedule(date(2027, 3, 28), time(2, 30), None, time(4))
    (one,) = schedule.occurrences()

    assert one.start == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert one.start.astimezone(zone.ZONE).time() == time(3, 30)
    assert schedule.skipped_hours([one]) == [one]


def test_an_hour_that_comes_twice_is_the_first_of_the_two():
    (one,) = Schedule(date(2026, 10, 25), time(2, 30)).occurrences()

    assert one.start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "field"),
    [
        (Schedule(date(2026, 9, 1), time(18), None, time(17)), "ends_at"),
        (Schedule(date(2026, 9, 1), time(18), date(2026, 8, 31), time(19)), "ends_on"),
        (Schedule(date(2026, 9, 1), None, date(2026, 8, 31)), "ends_on"),
        (Schedule(date(2026, 9, 1), None, None, time(17)), "starts_at"),
        (Schedule(date(2026, 9, 1), None, date(2028, 9, 1)), "ends_on"),
        (Schedule(date(2026, 9, 1), rule=Rule.parse("FREQ=DAILY;UNTIL=20260801")), "recurrence"),
        (Schedule(date(2026, 9, 1), changes=(Change(CANCELLED, date(2026, 9, 2)),)), "changes"),
        (Schedule(date(2026, 9, 1), changes=(Change(MOVED, date(2026, 9, 1)),)), "changes"),
        (Schedule(date(2026, 9, 1), changes=(Change(ADDED, date(2026, 9, 3), starts_at=time(9)),)), "changes"),
    ],
)
def test_dates_that_make_no_sense_are_refused_where_they_stand(schedule, field):
    with pytest.raises(ValidationError) as error:
        schedule.check()
    assert list(error.value.message_dict) == [field]


def test_an_evening_that_ends_after_midnight_belongs_to_the_day_on_which_it_begins():
    (one,) = Schedule(date(2026, 9, 5), time(21), None, time(1)).occurrences()

    assert one.end - one.start == timedelta(hours=4)
    assert one.last_day == date(2026, 9, 5)


def test_each_date_that_differs_does_so_alone():
    schedule = Schedule(
        date(2026, 9, 1), time(18), None, time(20), Rule.parse("FREQ=WEEKLY;COUNT=5"),
        (
            Change(CANCELLED, date(2026, 9, 8), note="Grève"),
            Change(MOVED, date(2026, 9, 15), date(2026, 9, 16), time(19)),
            Change(SKIPPED, date(2026, 9, 22)),
            Change(ADDED, date(2026, 10, 10), starts_at=time(10), ends_at=time(12)),
        ),
    )  # fmt: skip
    schedule.check()

    assert [(f"{one.begin:%d/%m %H:%M}", one.is_cancelled, one.is_moved) for one in schedule.occurrences()] == [
        ("01/09 18:00", False, False), ("08/09 18:00", True, False), ("16/09 19:00", False, True),
        ("29/09 18:00", False, False), ("10/10 10:00", False, False),
    ]  # fmt: skip


def test_once_needs_no_rule():
    assert written({"frequency": ""}) == "" == RecurrenceFormField().clean({"frequency": ""})


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_whatever_is_written_instead_of_a_rule_is_a_rule_or_a_refusal(text):
    try:
        Rule.parse(f"FREQ=DAILY;{text}")
    except ValidationError as error:
        assert error.messages
