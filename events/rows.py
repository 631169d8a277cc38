"""What belongs to an event line by line: its topics, the dates that differ, who invites."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from commons.topics import TopicRelation
from events.vocabulary import DateChange
from members.models import MemberPage


class EventTopic(TopicRelation):
    page = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="page_topics")

    class Meta(TopicRelation.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="events_topic_once")]


class EventChange(Orderable):
    """A date that differs from the rule, in the words of `events.schedule.Change`."""

    page = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("what"), max_length=12, choices=DateChange.choices, default=DateChange.CANCELLED)
    day = models.DateField(_("day"), help_text=_("Of the one that differs, or of the one more."))
    to_day = models.DateField(_("moved to"), null=True, blank=True)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True, help_text=_("If the hours differ."))
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    note = models.CharField(_("note for visitors"), max_length=200, blank=True)


class EventOrganiser(Orderable):
    """Who invites: a member of the directory, a pôle, or anybody by name."""

    page = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="organisers")
    member = models.ForeignKey(
        MemberPage, verbose_name=_("member"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    site = models.ForeignKey(
        "wagtailcore.Site", verbose_name=_("pôle"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    url = models.URLField(
        _("website"), blank=True, max_length=300, validators=[URLValidator(schemes=["http", "https"])]
    )

    @cached_property
    def has_public_member(self) -> bool:
        """Whether its member's profile may be named to visitors (also asked for many at once, see below)."""
        return MemberPage.objects.published().filter(pk=self.member_id).exists()

    def clean(self):
        super().clean()
        if not (self.member_id or self.site_id or self.name):
            raise ValidationError({"name": _("Choose a member or a pôle, or write a name.")})


def organisers_with_their_pages() -> Prefetch:
    """The organisers of events with what is said of them, in one query."""
    public = Exists(MemberPage.objects.published().filter(pk=OuterRef("member_id")))
    rows = EventOrganiser.objects.select_related("member", "site").annotate(has_public_member=public)
    return Prefetch("organisers", rows)
