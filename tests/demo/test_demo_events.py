"""The demo's agenda: alive whatever the day, and calendars that two other parsers read as we do."""

from datetime import date, timedelta

import pytest

from demo.events import content_of, event_of
from demo.loader import pole_slugs
from events import zone
from tests.events.calendars import by_ical, ours, written
from tests.factories import CampaignFactory

pytestmark = pytest.mark.django_db

FAR = date(2036, 1, 1)


@pytest.fixture
def events():
    campaign = CampaignFactory()
    found = [event_of(row, campaign, {}) for slug in pole_slugs() for row in content_of(slug)]
    for event in found:
        event.get_full_url = lambda request=None: "https://pole.example.org/agenda/evenement/"
    return found


def test_every_pole_has_events_of_every_kind(events):
    assert len(events) > 250
    for slug in pole_slugs():
        rows = content_of(slug)
        assert {"annule", "complet", "reporte"} <= {row.get("state") for row in rows}, slug
        assert any("rule" in row and row.get("changes") for row in rows), slug
        assert any(row.get("lasts", 1) > 1 for row in rows) and any("starts_at" not in row for row in rows), slug
        assert any(row.get("campaign") for row in rows), slug


def test_the_dates_of_the_demo_make_sense_today(events):
    today = zone.today()
    for event in events:
        event.schedule.check()
    coming = [event for event in events if any(one.last_day >= today for one in event.schedule.occurrences())]
    assert len(coming) > 200
    endless = next(event for event in events if event.rule and event.rule.is_endless)
    assert max(one.first_day for one in endless.schedule.occurrences()) > today + timedelta(days=600)


def expected(events) -> dict:
    return {str(event.translation_key): ours(event.schedule, FAR) for event in events if not event.is_cancelled}


def kept(found: dict, events) -> dict:
    """Of events that are cancelled as a whole every occurrence says so: compared apart."""
    cancelled = {str(event.translation_key) for event in events if event.is_cancelled}
    for uid in cancelled:
        assert all(is_cancelled for _start, _end, is_cancelled in found.pop(uid))
    return found


def until_horizon(found: dict, events) -> dict:
    """A rule without end goes on for ever elsewhere: as far as we write it down."""
    last = {str(event.translation_key): event.schedule.horizon().isoformat() for event in events}
    return {
        uid: [one for one in occurrences if one[0][:10] <= last[uid]] for uid, occurrences in found.items()
    }  # fmt: skip


def test_a_python_parser_reads_the_demos_calendars_as_we_do(events):
    text = written(*events)

    assert until_horizon(kept(by_ical(text, FAR), events), events) == expected(events)


@pytest.mark.ical_js
def test_ical_js_reads_the_demos_calendars_as_we_do(ical_js, events):
    found = ical_js.read(written(*events), FAR)

    assert until_horizon(kept(found, events), events) == expected(events)
