from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commons.feeds import publication_entry
from core.feeds import FeedEntry
from events.vocabulary import State


def event_entry(event, request, root_url: str) -> FeedEntry:
    """An event as an item of a feed: its state, next date and place come before its summary."""
    facts = [str(event.get_state_display())] if event.state != State.CONFIRMED else []
    if event.is_unsure:
        facts.append(_("To be checked"))
    for occurrence in event.coming[:3]:
        when = date_format(
            occurrence.local_start, "SHORT_DATE_FORMAT" if occurrence.is_all_day else "SHORT_DATETIME_FORMAT"
        )
        state = (
            _("cancelled")
            if occurrence.is_cancelled
            else _("full")
            if occurrence.is_full
            else _("moved")
            if occurrence.is_moved
            else ""
        )
        facts.append(" – ".join(part for part in (when, state, occurrence.note) if part))
    facts.append(event.where)
    entry = publication_entry(event, request, root_url, event.listing_image)
    summary = " · ".join(fact for fact in facts if fact)
    return replace(entry, summary=f"{summary}. {event.summary}".strip())
