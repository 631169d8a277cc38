"""What time changes by itself."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Substr

from core.page_cache.changes import changed, scopes_of_page
from core.querysets import HOME_LENGTH
from events import zone
from events.occurrences import Occurrence, write_occurrences
from events.page import EventPage
from events.schedule import last_day_of
from events.sources import CalendarSource


def extend_occurrences() -> None:
    """Events without end are written down two years ahead: once a month or so, the months that came into sight."""
    soon = zone.today() + timedelta(days=640)
    endless = EventPage.objects.live().exclude(recurrence="").exclude(recurrence__contains="UNTIL")
    for event in endless.exclude(recurrence__contains="COUNT").filter(last_day__lt=soon).iterator(chunk_size=100):
        planned = event.schedule.occurrences()
        with transaction.atomic():
            changed(scopes_of_page(event))
            write_occurrences(event, planned)
            if (last_day := last_day_of(planned)) != event.last_day:
                EventPage.objects.filter(pk=event.pk).update(last_day=last_day)


def follow_move(sender, instance, **kwargs) -> None:
    """Occurrences know the home of their site by its path: whoever moves takes them along.

    The tree also gives new paths to what stood beside the page, without a word: a home that moves moves them all.
    """
    moved = EventPage.objects.all()
    if instance.depth > 2:
        moved = moved.filter(path__startswith=instance.path)
    homes = moved.order_by().annotate(home=Substr("path", 1, HOME_LENGTH)).values_list("home", flat=True).distinct()
    for path in list(homes):
        here = moved.filter(path__startswith=path)
        Occurrence.objects.filter(event__in=here).exclude(home_path=path).update(home_path=path)


def remember_deletion(sender, instance, **kwargs) -> None:
    """What a pôle deletes of a calendar that it follows does not come back with the next answer."""
    source = CalendarSource.objects.filter(pk=instance.source_id).first() if instance.is_followed else None
    if source is not None and instance.source_uid not in source.forgotten:
        source.forgotten = [*source.forgotten, instance.source_uid]
        source.save(update_fields=["forgotten"])
