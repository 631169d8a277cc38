"""Writing events by code: from other calendars, from a grid, from one another."""

import re
from collections.abc import Iterable

from django.utils.html import format_html, urlize
from django.utils.text import Truncator
from wagtail.models import Page

from commons.models import Topic
from core.slugs import free_slug_below, slug_of
from events.page import EventPage
from events.rows import EventChange, EventTopic
from events.schedule import Schedule
from events.vocabulary import State

SUMMARY = 300
ADDRESS = re.compile(r"https?://[^\s<>()\"]+[^\s<>()\".,;:!?’»]")
ASIDE = re.compile(r"\s*\(https?://[^\s()]+\)")


def add_event(agenda: Page, event: EventPage, user, *, publish: bool) -> EventPage:
    """Put a new event below `agenda`: on line at once with `publish`, else as a draft."""
    event.locale, event.owner = agenda.locale, user
    event.live = False
    event.slug = free_slug_below(agenda, slug_of(event.title) or "evenement")
    agenda.add_child(instance=event)
    keep(event, user, publish=publish)
    return event


def keep(event: EventPage, user, *, publish: bool) -> None:
    """A new version of the event; on line with `publish`."""
    revision = event.save_revision(user=user, log_action=not publish)
    if publish:
        revision.publish(user=user)


def set_schedule(event: EventPage, schedule: Schedule) -> None:
    event.starts_on, event.starts_at = schedule.starts_on, schedule.starts_at
    event.ends_on, event.ends_at = schedule.ends_on, schedule.ends_at
    event.recurrence = str(schedule.rule) if schedule.rule else ""
    event.changes = [
        EventChange(kind=change.kind, day=change.day, to_day=change.to_day, starts_at=change.starts_at,
                    ends_at=change.ends_at, note=change.note, sort_order=place)
        for place, change in enumerate(schedule.changes)
    ]  # fmt: skip


def set_topics(event: EventPage, topics: list[Topic]) -> None:
    event.page_topics = [EventTopic(topic=topic, sort_order=place) for place, topic in enumerate(topics)]


def set_text(event: EventPage, text: str, links: Iterable[tuple[str, str]] = ()) -> None:
    """A plain text: its beginning as the summary, the whole as the body where that is longer.

    Of a short one, the body has its addresses alone, which visitors follow. `links` are (words, address) of what the
    text does not say.
    """
    lines = [urlize(line, autoescape=True) for line in text.splitlines() if line.strip()]
    summary = text
    if len(text) <= SUMMARY:
        lines = [format_html('<a href="{}">{}</a>', address, address) for address in ADDRESS.findall(text)]
        summary = ASIDE.sub("", text)
    event.summary = Truncator(" ".join(summary.split())).chars(SUMMARY)
    lines += [format_html('{} <a href="{}">{}</a>', words, address, address) for words, address in links]
    event.body = [{"type": "paragraph", "value": "".join(f"<p>{line}</p>" for line in lines)}] if lines else []


def duplicate(event: EventPage, schedule: Schedule, user) -> EventPage:
    """A draft of the same event at another time, beside it; what was particular to the first is left out."""
    slug = free_slug_below(event.get_parent(), event.slug)
    copy = event.copy(
        copy_revisions=False,
        keep_live=False,
        user=user,
        update_attrs={"slug": slug},
    )
    set_schedule(copy, schedule)
    copy.state, copy.state_note, copy.follow_up = State.CONFIRMED, "", None
    copy.registration_until = None
    copy.save()
    keep(copy, user, publish=False)
    return copy
