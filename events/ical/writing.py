"""Events as other calendars read them (RFC 5545, and the refresh interval of RFC 7986)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration, vRecur, vText

from core.words import ILLEGAL, plain_text
from events import zone
from events.ical.zones import paris
from events.recurrence.rule import Rule
from events.schedule import SKIPPED, Schedule, ScheduledTime
from events.vocabulary import State

if TYPE_CHECKING:
    from events.page import EventPage

PRODUCT = "-//Pôles de l’ESS//Agenda//FR"
REFRESH = timedelta(hours=6)
STATUSES = {State.CANCELLED: "CANCELLED", State.POSTPONED: "TENTATIVE"}
MAX_DESCRIPTION_LENGTH = 2000
CLOCKS_CHANGE = (time(1), time(4))  # between these hours an occurrence may last longer or shorter than the first


def text(value: str) -> str:
    return ILLEGAL.sub("", value).strip()


def line(value: str) -> str:
    return " ".join(text(value).split())


def calendar(events: Iterable["EventPage"], name: str, request: HttpRequest) -> bytes:
    """The events as one calendar. Each event is read with its `changes`, topics and organisers."""
    return calendar_of((component for event in events for component in components(event, request)), name)


def calendar_of_one_date(event: "EventPage", planned: ScheduledTime, request: HttpRequest) -> bytes:
    """One time of an event alone: under a UID of its own, so that a calendar that has the whole series keeps it."""
    found = override(event, event.schedule, properties(event, request), planned)
    del found["recurrence-id"]
    found["uid"] = vText(f"{planned.key}-{found['uid']}")
    return calendar_of([found], event.title)


def calendar_of(parts: Iterable[Event], name: str) -> bytes:
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("x-wr-calname", vText(line(name)))
    found.add("x-wr-timezone", zone.ZONE.key)
    found.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", vDuration(REFRESH))
    found.add_component(paris())
    for component in parts:
        found.add_component(component)
    written: bytes = found.to_ical()
    return written


def components(event: "EventPage", request: HttpRequest) -> list[Event]:
    """The event, then each of its occurrences that is not as its rule has it."""
    schedule = event.schedule
    common = properties(event, request)
    master = Event()
    for name, value in common.items():
        master.add(name, value)
    add_times(master, schedule, ScheduledTime(schedule.begin, schedule.begin, schedule.finish, schedule.is_all_day))
    if schedule.rule:
        master.add("rrule", vRecur.from_ical(rule_text(schedule, schedule.rule)))
    if skipped := excluded(schedule):
        master.add("exdate", [shown(schedule, begin) for begin in skipped])
    if more := [begin for begin, is_added in schedule.originals(schedule.horizon()) if is_added]:
        # Without a rule, readers forget the first date unless it is in the list too; twice, it counts once.
        first = [] if schedule.rule else [schedule.begin]
        master.add("rdate", [shown(schedule, begin) for begin in [*first, *more]])
    return [master, *(override(event, schedule, common, planned) for planned in different(schedule))]


def excluded(schedule: Schedule) -> list[datetime]:
    days = {change.day for change in schedule.changes if change.kind == SKIPPED}
    return [
        begin for begin, is_added in schedule.originals(schedule.horizon()) if begin.date() in days and not is_added
    ]


def may_differ(schedule: Schedule) -> bool:
    """Whether some occurrence may not be what a reader makes of the rule alone."""
    if schedule.changes:
        return True
    if schedule.rule is None or schedule.is_all_day:
        return False
    early, late = CLOCKS_CHANGE
    ends_next_day = schedule.finish.date() > schedule.starts_on
    return ends_next_day or (schedule.begin.time() < late and schedule.finish.time() > early)


def different(schedule: Schedule) -> list[ScheduledTime]:
    """The occurrences that a reader of the rule would get wrong: changed ones, and nights when the clocks change.

    RFC 5545, section 3.8.2.2: every occurrence lasts exactly as long as the first; people mean what the clock shows.
    """
    if not may_differ(schedule):
        return []
    length = max(zone.moment(schedule.finish) - zone.moment(schedule.begin), timedelta(0))
    return [
        planned
        for planned in schedule.occurrences()
        if planned.is_cancelled or planned.note or planned.is_moved or planned.is_full
        or planned.finish - planned.begin != schedule.length
        or (not planned.is_all_day and (planned.end - planned.start != length or is_unsure(planned)))
    ]  # fmt: skip


def is_unsure(planned: ScheduledTime) -> bool:
    """Whether it begins or ends at an hour that clocks show never, or twice: readers make different things of it."""
    return zone.is_doubtful(planned.begin) or zone.is_doubtful(planned.finish)


def override(event: "EventPage", schedule: Schedule, common: dict[str, object], planned: ScheduledTime) -> Event:
    found = Event()
    values = {**common}
    if planned.is_cancelled:
        values |= {"status": "CANCELLED", "summary": _("Cancelled: %(title)s") % {"title": line(event.title)}}
    elif planned.is_full:
        values["summary"] = _("Full: %(title)s") % {"title": line(event.title)}
    if planned.note:
        values["description"] = f"{text(planned.note)}\n\n{common.get('description', '')}".strip()
    for name, value in values.items():
        found.add(name, value)
    found.add("recurrence-id", shown(schedule, planned.original))
    add_times(found, schedule, planned)
    return found


def shown(schedule: Schedule, begin: datetime) -> date:
    return begin.date() if schedule.is_all_day else begin.replace(tzinfo=zone.ZONE)


def add_times(component: Event, schedule: Schedule, planned: ScheduledTime) -> None:
    """DTSTART and an exclusive DTEND; no end where none is known (section 3.6.1: it then ends as it begins).

    In UTC at the hours of which the clocks of France do not tell one from the other.
    """
    start, end = shown(schedule, planned.begin), shown(schedule, planned.finish)
    if not schedule.is_all_day and is_unsure(planned) and (schedule.rule is None or "recurrence-id" in component):
        start, end = planned.start, planned.end
    component.add("dtstart", start)
    if schedule.is_all_day or planned.end > planned.start:
        component.add("dtend", end)


def rule_text(schedule: Schedule, kept: Rule) -> str:
    """The rule; its UNTIL a date for what lasts all day, else the last second of that day in UTC (section 3.3.10)."""
    rule = for_every_reader(schedule, kept)
    if not rule.until:
        return str(rule)
    if schedule.is_all_day:
        return rule.spelled(rule.until.strftime("%Y%m%d"))
    end = zone.moment(datetime.combine(rule.until, time(23, 59, 59)))
    return rule.spelled(end.strftime("%Y%m%dT%H%M%SZ"))


def for_every_reader(schedule: Schedule, rule: Rule) -> Rule:
    """The same rule, written so that no reader errs: beside BYMONTH, ical.js 2.2 forgets INTERVAL and miscounts COUNT.

    “Every 2 months, but in August” becomes the months that it means, a number of times the day of the last.
    """
    if not rule.months:
        return rule
    if rule.count:
        *_others, last = rule.starts(schedule.begin, date.max)
        rule = replace(rule, count=None, until=last.date())
    if rule.frequency == "MONTHLY" and 12 % rule.interval == 0:
        first = schedule.starts_on.month
        months = tuple(month for month in rule.months if (month - first) % rule.interval == 0)
        rule = replace(rule, interval=1, months=months)
    return rule


def title_of(event: "EventPage") -> str:
    """The title, after its state if that changes what one does: many calendars show nothing else."""
    if event.state == State.CONFIRMED:
        return line(event.title)
    return _("%(state)s: %(title)s") % {"state": event.get_state_display(), "title": line(event.title)}


def description_of(event: "EventPage") -> str:
    """What one must know, in plain text."""
    lines = [event.state_note, event.summary]
    if event.is_unsure:
        lines.insert(0, _("To be checked: its organiser no longer announces it."))
    if event.recurrence:
        lines.append(event.recurrence_in_words.capitalize())
    if organisers := ", ".join(organiser["name"] for organiser in event.organised_by):
        lines.append(_("Organised by: %(names)s") % {"names": organisers})
    if event.price:
        lines.append(str(event.get_price_display()))
    if event.has_registration:
        ways = [event.registration_url, event.registration_email, event.registration_phone]
        lines.append(_("Registration: %(ways)s") % {"ways": ", ".join(way for way in ways if way)})
    if event.online_address:
        lines.append(_("Online: %(address)s") % {"address": event.online_address})
    if body := plain_text(str(event.body)):
        lines.append(body)
    return text("\n\n".join(line for line in lines if line))[:MAX_DESCRIPTION_LENGTH]


def properties(event: "EventPage", request: HttpRequest) -> dict[str, object]:
    """What the event and each of its occurrences say; `UID` never changes, whatever is renamed or moved."""
    revised = (event.last_published_at or event.published_at or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC)
    where = event.where or (_("Online") if event.is_online else "")
    categories = [str(event.get_kind_of_event_display()), *(topic.name for topic in event.topics)]
    if event.live_campaign:
        categories.append(event.live_campaign.name)
    values = {
        "uid": str(event.translation_key),
        "dtstamp": revised,
        "last-modified": revised,
        "created": (event.first_published_at or revised).astimezone(UTC),
        "sequence": event.sequence,
        "summary": title_of(event),
        "description": description_of(event),
        "location": line(where),
        "url": event.get_full_url(request),
        "categories": [line(category) for category in categories],
        "status": STATUSES.get(event.state, "CONFIRMED"),
        "transp": "TRANSPARENT" if event.is_cancelled else "OPAQUE",
    }
    if event.position and not event.is_elsewhere:
        values["geo"] = (event.position.latitude, event.position.longitude)
    return {name: value for name, value in values.items() if value not in ("", [])}
