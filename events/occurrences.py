"""Every time that an event takes place, written down, so that an agenda is one look in an index."""

from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.querysets import HOME_LENGTH
from events import zone
from events.schedule import ScheduledTime


class OccurrenceQuerySet(models.QuerySet):
    def of_events(self, events):
        """Those of the events that are among `events`, asked one by one: a list ends long before all are looked at."""
        return self.filter(Exists(events.filter(pk=OuterRef("event_id"))))

    def on_sites(self, home_paths: list[str] | None):
        """On the sites whose homes have these paths in the tree; None for all."""
        return self if home_paths is None else self.filter(home_path__in=home_paths)

    def beginning(self, since: date, before: date | None = None) -> "OccurrenceQuerySet":
        """Those that begin on that day or later, and before `before`."""
        found = self.filter(start__gte=zone.moment(zone.midnight(since)))
        return found if before is None else found.filter(start__lt=zone.moment(zone.midnight(before)))

    def going_on(self, day):
        """Those that began before that day and are not over on it."""
        return self.filter(spans_days=True, last_day__gte=day, first_day__lt=day)

    def touching(self, first, last):
        """Those that touch a day from `first` to `last`, both included."""
        begins = Q(start__gte=zone.moment(zone.midnight(first)), start__lt=zone.moment(zone.midnight(last + zone.DAY)))
        return self.filter(begins | Q(spans_days=True, first_day__lt=first, last_day__gte=first))

    def in_order(self):
        return self.order_by("start", "event_id")


class Occurrence(models.Model):
    """One time; derived from its event whenever that is saved, never written by hand."""

    event = models.ForeignKey("events.EventPage", on_delete=models.CASCADE, related_name="occurrences")
    home_path = models.CharField(max_length=HOME_LENGTH)
    original = models.CharField(max_length=15)  # as RECURRENCE-ID writes it, by the wall clock
    start = models.DateTimeField(db_index=True)
    end = models.DateTimeField()
    first_day = models.DateField()
    last_day = models.DateField()
    is_all_day = models.BooleanField(default=False)
    spans_days = models.BooleanField(default=False)
    is_cancelled = models.BooleanField(default=False)
    is_moved = models.BooleanField(default=False)
    is_full = models.BooleanField(default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "original"], name="events_occurrence_once")]
        indexes = [
            models.Index(fields=["home_path", "start"]),
            models.Index(fields=["event", "start"]),
            models.Index(fields=["last_day"], condition=Q(spans_days=True), name="events_long"),
        ]

    def __str__(self):
        return f"{self.event} ({self.original})"

    @classmethod
    def of(cls, event, planned: ScheduledTime) -> "Occurrence":
        return cls(
            event=event,
            home_path=event.path[:HOME_LENGTH],
            original=planned.key,
            start=planned.start,
            end=planned.end,
            first_day=planned.first_day,
            last_day=planned.last_day,
            is_all_day=planned.is_all_day,
            spans_days=planned.last_day > planned.first_day,
            is_cancelled=planned.is_cancelled,
            is_moved=planned.is_moved,
            is_full=planned.is_full,
            note=planned.note,
        )

    @property
    def facts(self) -> tuple:
        """What makes it another occurrence than before."""
        return (self.home_path, self.original, self.start, self.end, self.is_all_day, self.is_cancelled,
                self.is_moved, self.is_full, self.note)  # fmt: skip

    @cached_property
    def local_start(self):
        return self.start.astimezone(zone.ZONE)

    @cached_property
    def local_end(self):
        return self.end.astimezone(zone.ZONE)

    @cached_property
    def original_start(self):
        """When it would have begun by its rule, by the wall clock."""
        return datetime.strptime(self.original, "%Y%m%dT%H%M%S")

    @property
    def has_end(self) -> bool:
        return self.end > self.start

    @property
    def is_off(self) -> bool:
        """Whether nobody should come then."""
        return self.is_cancelled or self.event.is_off

    @property
    def is_over(self) -> bool:
        return self.last_day < zone.today()


@transaction.atomic
def write_occurrences(event, planned: list[ScheduledTime]) -> None:
    """Write down when the event takes place, where that is news."""
    wanted = [Occurrence.of(event, time) for time in planned]
    # Two at once would each write them down: the second waits for the first.
    type(event).objects.select_for_update().filter(pk=event.pk).values_list("pk", flat=True).first()
    before = [occurrence.facts for occurrence in event.occurrences.order_by("start", "original")]
    if before == sorted((occurrence.facts for occurrence in wanted), key=lambda facts: (facts[2], facts[1])):
        return
    event.occurrences.all().delete()
    Occurrence.objects.bulk_create(wanted, batch_size=500)
