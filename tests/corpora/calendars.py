"""Reads the calendars that Python packages ship for their own tests, and says where we understand them otherwise.

    .venv/bin/python tests/corpora/calendars.py [--show] [folder or file …]

Every .ics file of the installed packages (icalendar, recurring-ical-events…) and of the folders that are given is
read as if on the day of its first event, and the instants of two years are compared with those of another expander,
recurring-ical-events. Prints a table; exits with 1 where an event differs without a warning, or an exception came up.
"""

import argparse
import os
import sys
import warnings
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import django
import recurring_ical_events
import time_machine
from icalendar import Calendar

PACKAGES = ("icalendar", "recurring_ical_events", "ical", "x_wr_timezone")
PARIS = ZoneInfo("Europe/Paris")
WINDOW = timedelta(days=600)
CALENDAR_LIMIT = 2000  # events: more would only take longer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true", help="each event that differs")
    arguments = parser.parse_args()
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(root / "site"), str(root)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.testing")
    django.setup()
    warnings.simplefilter("ignore")
    counts: Counter[str] = Counter()
    for path in files(arguments.paths):
        for verdict, detail in compare(path):
            counts[verdict] += 1
            if arguments.show and verdict in ("differs", "exception"):
                print(f"{verdict:<10} {path.name}: {detail}")
    for verdict in sorted(counts):
        print(f"{verdict:<34}{counts[verdict]:>7}")
    raise SystemExit(bool(counts["differs"] or counts["exception"]))


def files(paths: list[Path]) -> list[Path]:
    folders = [Path(spec.origin).parent for name in PACKAGES if (spec := find_spec(name)) and spec.origin]
    found = {
        path for folder in [*folders, *paths] for path in ([folder] if folder.is_file() else folder.rglob("*.ics"))
    }
    return sorted(found)


def instant(value: date) -> date:
    """A day, or a moment in UTC; hours without a zone are those of France."""
    if not isinstance(value, datetime):
        return value
    return (value if value.tzinfo else value.replace(tzinfo=PARIS)).astimezone(UTC).replace(microsecond=0)


def theirs(content: bytes) -> tuple[dict[str, set[date]], date]:
    """UID → instants, and the first day; raises whatever their parser raises."""
    found: dict[str, set[date]] = {}
    calendars = Calendar.from_ical(content, multiple=True)
    begins = [
        begin.date() if isinstance(begin, datetime) else begin
        for calendar in calendars
        for event in calendar.walk("VEVENT")
        if (begin := event.get("DTSTART") and getattr(event["DTSTART"], "dt", None)) and event.get("UID")
    ]
    first = max(min(begins, default=date(2000, 1, 1)), date(1990, 1, 2))
    for calendar in calendars:
        query = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=True)
        for event in query.between(first, first + WINDOW):
            begin = event.start
            if (begin.date() if isinstance(begin, datetime) else begin) >= first:
                found.setdefault(" ".join(str(event.get("UID", "")).split()), set()).add(instant(begin))
    return found, first


def compare(path: Path) -> list[tuple[str, str]]:
    """(verdict, detail) of each event of a file."""
    from events.ical.reading import UnreadableCalendar, read_calendar

    content = path.read_bytes()
    try:
        expected, first = theirs(content)
    except Exception:  # what they refuse is read by us, or refused with a sentence
        expected, first = {}, None
    day = first or date(2020, 1, 1)
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), tick=False):
        try:
            read = read_calendar(content)
        except UnreadableCalendar:
            return [("file refused with a sentence", "")]
        except Exception as error:
            return [("exception", repr(error))]
        ours: dict[str, set[date]] = {}
        warned = {uid for uid in expected if any(uid == refused.split("/2")[0] for refused in read.refused_uids)}
        for event in read.events:
            uid = event.uid.split("/")[0] if event.uid not in expected else event.uid
            for planned in event.schedule.occurrences():
                begin = planned.begin.date() if planned.is_all_day else planned.start
                if day <= planned.begin.date() < day + WINDOW:
                    ours.setdefault(uid, set()).add(begin)
            if event.warnings:
                warned.add(uid)
    if first is None:
        return [("read where the other reader fails", "")] * max(len(read.events), 1)
    found = []
    for uid, instants in expected.items():
        # Around both ends of the window, zones decide which day it is.
        edge = {one for one in instants ^ ours.get(uid, set()) if not at_edge(one, day)}
        if not edge:
            found.append(("same instants", ""))
        elif uid in warned or read.warnings:
            found.append(("differs, and says so", ""))
        else:
            found.append(("differs", f"{uid} {sorted(map(str, edge))[:4]}"))
    found += [("refused with a sentence", "")] * len(read.refused)
    return found


def at_edge(one: date, day: date) -> bool:
    begin = one.date() if isinstance(one, datetime) else one
    return begin <= day + timedelta(days=1) or begin >= day + WINDOW - timedelta(days=1)


if __name__ == "__main__":
    main()
