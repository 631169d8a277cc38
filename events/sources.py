"""The calendars of others that an agenda follows."""

from datetime import timedelta

from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EVERY = timedelta(hours=6)


class CalendarSourceQuerySet(models.QuerySet):
    def of(self, agenda):
        return self.filter(agenda=agenda)

    def due(self):
        return self.filter(models.Q(asked_at__isnull=True) | models.Q(asked_at__lt=timezone.now() - EVERY))


class CalendarSource(models.Model):
    """An address that is asked again and again; its events are pages of the agenda."""

    agenda = models.ForeignKey("events.EventIndexPage", on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("name"), max_length=120, help_text=_("Shown on its events: “comes from …”."))
    url = models.URLField(_("address"), max_length=1000, validators=[URLValidator(schemes=["http", "https"])])
    topics = models.JSONField(default=dict)  # category of the calendar → slug of one of the network's topics
    forgotten = models.JSONField(default=list)  # UIDs of what was deleted here: it does not come back
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    report = models.JSONField(default=list)  # what was not taken over as it is: [title of the event, sentence]

    objects = CalendarSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar that is followed")
        verbose_name_plural = _("calendars that are followed")
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["agenda", "url"], name="events_source_once")]

    def __str__(self):
        return self.title
