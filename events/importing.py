"""Taking in the events of other calendars: what would be done, then doing it; and following what changes."""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from commons.models import Topic
from core.fetcher import FetchError, FetchRefused, fetch
from core.identity import SiteIdentity, SiteState
from core.page_cache.changes import changed, scopes_of_page
from core.words import fold
from events import zone
from events.changing import add_event, keep, set_schedule, set_text, set_topics
from events.ical.reading import MAX_BYTES, Incoming, ReadCalendar, UnreadableCalendar, read_calendar
from events.page import EventPage
from events.sources import CalendarSource
from events.vocabulary import Kind, State
from trash.pages import in_trash

MAX_AT_ONCE = 200  # each is a page: a few seconds by the hundred
MAX_REPORT = 300
FORGOTTEN_AFTER = timedelta(days=7)
TIMEOUT = 20

NEW, CHANGED, SAME, OURS, DOUBLE, KEPT, BUSY, PAST = "new", "changed", "same", "ours", "double", "kept", "busy", "past"
REFUSED = "refused"

logger = logging.getLogger(__name__)


class CalendarImport(models.Model):
    """A calendar that was read and waits for somebody to say yes; with `url`, to be followed."""

    agenda = models.ForeignKey("events.EventIndexPage", on_delete=models.CASCADE, related_name="imports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=1000, blank=True)
    content = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.name

    def read(self) -> ReadCalendar:
        return read_calendar(self.content.encode())


@dataclass
class CalendarLine:
    """One event of the calendar, what would be done with it, and the page that it is already."""

    incoming: Incoming
    status: str
    page: EventPage | None = None


@dataclass
class CalendarPlan:
    """`gone` are pages of events that the calendar no longer holds; `hidden`, of those that it now keeps private."""

    lines: list[CalendarLine]
    gone: list[EventPage]
    hidden: list[EventPage]

    @property
    def counts(self) -> Counter:
        return Counter(line.status for line in self.lines)

    @property
    def to_write(self) -> list[CalendarLine]:
        """What is new, and what changed."""
        return [line for line in self.lines if line.status in (NEW, CHANGED)]

    @property
    def is_too_long(self) -> bool:
        return len(self.to_write) > MAX_AT_ONCE


def same_event(title: str, starts_on, starts_at, place: str) -> tuple:
    return fold(title), starts_on, starts_at, fold(place)


def plan(agenda: Page, calendar: ReadCalendar, source: CalendarSource | None = None) -> CalendarPlan:
    """What each event is to this agenda: known by its UID, else by its title, start and place."""
    known = list(EventPage.objects.descendant_of(agenda).own().defer_streamfields())
    ours = {str(page.translation_key): page for page in known}
    if source is not None and source.pk is None:
        by_uid = {}
    elif source is not None:  # wherever they were moved since
        by_uid = {page.source_uid: page for page in source.events.own().defer_streamfields()}
    else:
        by_uid = {page.source_uid: page for page in known if page.source_uid and page.source_id is None}
    forgotten = set(source.forgotten) if source is not None else set()
    deleted = in_trash(by_uid.values())
    forgotten |= {uid for uid, page in by_uid.items() if page.pk in deleted}
    alike = {same_event(page.title, page.starts_on, page.starts_at, page.place_name): page for page in known}
    lines, seen = [], set()
    for incoming in calendar.events:
        schedule = incoming.schedule
        key = same_event(incoming.title, schedule.starts_on, schedule.starts_at, incoming.place)
        page = by_uid.get(incoming.uid)
        if incoming.uid in ours:
            status, page = OURS, ours[incoming.uid]
        elif incoming.uid in forgotten or (page is not None and source is not None and not page.is_followed):
            status = KEPT
        elif page is not None and page.source_digest == incoming.digest and page.vanished_on is None:
            status = SAME
        elif page is not None and is_busy(page):
            status = BUSY
        elif page is not None:
            status = CHANGED
        elif key in alike or key in seen:
            status, page = DOUBLE, alike.get(key)
        elif incoming.last_day < zone.today():
            status = PAST
        else:
            status = NEW
        seen.add(key)
        lines.append(CalendarLine(incoming, status, page))
    uids = {incoming.uid for incoming in calendar.events} | calendar.refused_uids
    gone = [
        page
        for uid, page in by_uid.items()
        if source is not None and page.is_followed and uid not in uids and page.vanished_on is None
        and page.last_day and page.last_day >= zone.today() and page.pk not in deleted
    ]  # fmt: skip
    hidden = [
        page for uid, page in by_uid.items()
        if source is not None and page.is_followed and page.live and uid in calendar.private_uids
    ]  # fmt: skip
    return CalendarPlan(lines, gone, hidden)


def is_busy(page: EventPage) -> bool:
    """Whether somebody is writing it, reads it over or locked it: what they do comes first."""
    return page.has_unpublished_changes or page.locked or page.workflow_in_progress


def links_of(incoming: Incoming) -> list[tuple[str, str]]:
    """Where one reads more, unless its text says so already."""
    found = [(_("Attached file:"), address) for address in incoming.files]
    if incoming.url:
        found.insert(0, (_("More about it:"), incoming.url))
    return [(words, address) for words, address in found if address not in incoming.description]


def write(event: EventPage, incoming: Incoming, topics: dict[str, str], words: dict[str, Topic]) -> None:
    """What the other calendar says, onto the page; what only we say of it stays."""
    event.title = incoming.title
    set_schedule(event, incoming.schedule)
    set_text(event, incoming.description, links_of(incoming))
    event.place_name = incoming.place
    event.latitude, event.longitude = incoming.latitude, incoming.longitude
    event.state = State.CANCELLED if incoming.is_cancelled else State.CONFIRMED
    event.source_uid, event.source_digest, event.vanished_on = incoming.uid, incoming.digest, None
    chosen = dict.fromkeys(topics.get(category, "") for category in incoming.categories)
    if found := [words[slug] for slug in chosen if slug in words][:5]:
        set_topics(event, found)
    kinds = {fold(str(label)): code for code, label in Kind.choices}
    event.kind_of_event = next(
        (kinds[fold(category)] for category in incoming.categories if fold(category) in kinds), event.kind_of_event
    )


def write_line(
    agenda: Page, line: CalendarLine, user, *, topics, words, source: CalendarSource | None, publish: bool
) -> None:
    """One event onto its page, a new one where it has none."""
    if line.page is None:
        event = EventPage(kind_of_event=Kind.OTHER, registration="", source=source, is_followed=source is not None)
        write(event, line.incoming, topics, words)
        add_event(agenda, event, user, publish=publish)
    else:
        event = line.page.get_latest_revision_as_object()
        write(event, line.incoming, topics, words)
        keep(event, user, publish=line.page.live)


def carry_out(
    agenda: Page,
    found: CalendarPlan,
    user,
    *,
    topics: dict[str, str],
    source: CalendarSource | None = None,
    publish: bool,
) -> Counter:
    """Do what was planned, all of it or nothing; return what was done, by status."""
    words = {topic.slug: topic for topic in Topic.objects.live().filter(locale=agenda.locale)}
    with transaction.atomic():
        for line in found.to_write[:MAX_AT_ONCE]:
            try:
                with transaction.atomic():
                    write_line(agenda, line, user, topics=topics, words=words, source=source, publish=publish)
            except ValidationError:  # one event that no page can hold does not keep the others out
                logger.warning("calendar event %r of %s", line.incoming.title, source or agenda)
                line.status = REFUSED
        for page in found.gone:
            EventPage.objects.filter(pk=page.pk).update(vanished_on=zone.today())
            changed(scopes_of_page(page))
        for page in found.hidden:
            page.unpublish(user=user)
    return found.counts


def calendar_at(url: str) -> bytes:
    """The calendar at an address. Raises `UnreadableCalendar` with a sentence for people."""
    try:
        answer = fetch(url, max_bytes=MAX_BYTES, timeout=TIMEOUT)
    except FetchRefused:
        raise UnreadableCalendar(_("This address is not one that can be asked from here.")) from None
    except FetchError as error:
        logger.info("calendar %s: %s", url, error)
        raise UnreadableCalendar(_("The other site does not answer, or answers too much. Try again later.")) from None
    if not answer.is_ok:
        raise UnreadableCalendar(_("The other site answers with an error (%(status)s).") % {"status": answer.status})
    return answer.body


def report_of(calendar: ReadCalendar) -> list[list[str]]:
    """What was not taken over as it is written: title of the event ("" for the calendar as a whole) and sentence."""
    of_events = [
        [event.title, warning]
        for event in calendar.events if event.last_day >= zone.today()
        for warning in event.warnings
    ]  # fmt: skip
    found = [*(["", warning] for warning in calendar.warnings), *map(list, calendar.refused), *of_events]
    return found[:MAX_REPORT]


def refresh(source: CalendarSource) -> Counter:
    """Ask the calendar again and follow it. A calendar that cannot be read changes nothing."""
    asked_at = timezone.now()
    try:
        calendar = read_calendar(calendar_at(source.url))
        if calendar.is_cut:  # what is missing at its end has not vanished
            raise UnreadableCalendar(calendar.warnings[0])
        with transaction.atomic():
            # Who asks at the same time waits, then finds what was written.
            CalendarSource.objects.select_for_update().filter(pk=source.pk).first()
            found = plan(source.agenda, calendar, source)
            done = carry_out(source.agenda, found, None, topics=source.topics, source=source, publish=True)
        values = {"answered_at": asked_at, "problem": "", "report": report_of(calendar)}
    except UnreadableCalendar as error:
        done, values = Counter(), {"problem": " ".join(error.messages)[:200]}
    except Exception:  # one calendar must not keep the others from being asked
        logger.exception("calendar %s", source.url)
        done, values = Counter(), {"problem": _("Its events could not be written.")}
    CalendarSource.objects.filter(pk=source.pk).update(asked_at=asked_at, **values)
    source.refresh_from_db()
    return done


def refresh_due() -> None:
    """Those whose turn has come; claimed one by one, so that two runs at once do not ask the same."""
    for key in (
        CalendarSource.objects.due()
        .order_by(models.F("asked_at").asc(nulls_first=True))
        .values_list("pk", flat=True)[:50]
    ):
        claimed = CalendarSource.objects.due().filter(pk=key).update(asked_at=timezone.now())
        source = CalendarSource.objects.filter(pk=key).select_related("agenda").first() if claimed else None
        if source is not None and is_open(source.agenda):
            refresh(source)


def is_open(agenda: Page) -> bool:
    """Whether its site is one: nobody looks after what comes to an archive."""
    site = agenda.get_site()
    return site is not None and SiteIdentity.for_site(site).state == SiteState.OPEN


def forget_old_imports() -> None:
    CalendarImport.objects.filter(created_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()


def take_over(event: EventPage) -> None:
    """From now on the event is edited here; its calendar no longer changes it, nor brings it a second time."""
    with transaction.atomic():
        changed(scopes_of_page(event))
        EventPage.objects.filter(pk=event.pk).update(is_followed=False, vanished_on=None)
