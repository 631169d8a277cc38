"""What others make of our calendars: the Python package `ical` and ical.js, which share no code with ours."""

import json
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from events.changing import set_schedule
from events.ical.writing import calendar
from events.models import EventPage
from events.schedule import Schedule

ICAL_JS = Path(__file__).parent / "ical_js"


def page_of(schedule: Schedule, **values) -> EventPage:
    """An event that is on no site, for its times."""
    page = EventPage(title=values.pop("title", "Événement"), published_at=timezone.now(), **values)
    set_schedule(page, schedule)
    page.get_full_url = lambda request=None: "https://pole.example.org/agenda/evenement/"
    return page


def written(*pages: EventPage) -> str:
    return calendar(pages, "Agenda", None).decode()


def instant(value) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ours(schedule: Schedule, until: date) -> list[tuple]:
    """(start, exclusive end, is cancelled) of each occurrence that begins by then: days for what lasts all day."""
    found = []
    for one in schedule.occurrences():
        begin, end = (one.begin.date(), one.finish.date()) if one.is_all_day else (one.start, one.end)
        if one.first_day <= until:
            found.append((instant(begin), instant(end), one.is_cancelled))
    return sorted(found)


def by_ical(text: str, until: date) -> dict[str, list[tuple]]:
    """As the package `ical` (Home Assistant's) reads and expands it."""
    found = {}
    for event in IcsCalendarStream.calendar_from_ics(text).timeline:
        first = event.dtstart.date() if isinstance(event.dtstart, datetime) else event.dtstart
        if first > until:
            break
        is_cancelled = str(getattr(event.status, "value", event.status)) == "CANCELLED"
        found.setdefault(event.uid, []).append((instant(event.dtstart), instant(event.end), is_cancelled))
    return {uid: sorted(occurrences) for uid, occurrences in found.items()}


class IcalJs:
    """One process of Node.js that reads calendars as long as it is asked."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["node", "expand.js"], cwd=ICAL_JS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def read(self, text: str, until: date) -> dict[str, list[tuple]]:
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        last = instant(datetime.combine(until, time.max, UTC) - timedelta(hours=1))
        return {
            uid: sorted((start, end, status == "CANCELLED") for start, end, status in occurrences if start <= last)
            for uid, occurrences in answer["found"].items()
        }

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(5)
