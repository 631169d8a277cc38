import hashlib
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from commons.body import story_field
from commons.publications import Publication, topics_with_their_words
from core.advice import Advice, advice_on_text
from core.blocks import ContactBlock
from core.choices import ChoicesField
from core.findable import Findable, SearchKind, next_of
from core.geo import PositionFields
from core.querysets import pages
from core.site_context import SiteContext
from core.words import address_lines, fold
from events import zone
from events.blocks import PriceBlock
from events.forms import EventPageForm
from events.ical.writing import calendar, calendar_of_one_date
from events.lock import FollowedLock
from events.occurrences import Occurrence, write_occurrences
from events.panels import event_panels
from events.queryset import EventManager
from events.recurrence.fields import RecurrenceField, said
from events.recurrence.rule import Rule
from events.rows import organisers_with_their_pages
from events.schedule import Change, Schedule, last_day_of
from events.structured_data import event_data
from events.vocabulary import Access, EventAudience, Kind, Price, Registration, State

SHOWN_DATES = 6
UNSURE_AFTER = timedelta(days=7)  # what its team has to answer for an event that its calendar no longer holds


class EventPage(RoutablePageMixin, PositionFields, Publication):
    """Something that takes place, once or again and again: when, where, with whom, and how to come."""

    page_description = _(
        "What takes place on a day, once or again: in the agenda, and in the calendars that follow it."
    )

    kind_of_event = models.CharField(_("type"), max_length=16, choices=Kind.choices, default=Kind.MEETING)
    audiences = ChoicesField(verbose_name=_("for whom"), allowed=EventAudience)
    campaign = models.ForeignKey(
        "events.Campaign", verbose_name=_("campaign"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    starts_on = models.DateField(_("day"), default=zone.today)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True, help_text=_("Empty: it lasts all day."))
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("If it ends on another day."))
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    recurrence = RecurrenceField(_("repetition"))

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.CONFIRMED)
    state_note = models.CharField(
        _("what people should know"), max_length=200, blank=True, help_text=_("Why, and what to do instead.")
    )

    place_name = models.CharField(_("place"), max_length=120, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    online_url = models.URLField(
        _("online address"), blank=True, max_length=500, validators=[URLValidator(schemes=["http", "https"])]
    )
    shows_online_url = models.BooleanField(
        _("show this address to everybody"),
        default=False,
        help_text=_(
            "Otherwise visitors read that it takes place online, and you send the address to those who register."
        ),
    )

    price = models.CharField(_("price"), max_length=12, choices=Price.choices, blank=True, default=Price.UNKNOWN)
    prices = StreamField([("price", PriceBlock())], verbose_name=_("amounts"), blank=True)
    registration = models.CharField(
        _("how one registers"), max_length=16, choices=Registration.choices, default=Registration.NONE, blank=True
    )
    registration_url = models.URLField(
        _("by a link"), blank=True, max_length=500, validators=[URLValidator(schemes=["http", "https"])]
    )
    registration_email = models.EmailField(_("by e-mail"), blank=True)
    registration_phone = models.CharField(_("by telephone"), blank=True, max_length=24)
    registration_until = models.DateField(_("register before"), null=True, blank=True)
    access = ChoicesField(verbose_name=_("accessibility"), allowed=Access)
    access_note = models.CharField(_("about access"), max_length=200, blank=True)
    contact = StreamField([("contact", ContactBlock())], verbose_name=_("contact box"), blank=True, max_num=1)
    body = story_field()
    follow_up = models.ForeignKey(
        Page,
        verbose_name=_("what is left of it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Once it is over: the article or the photographs about it."),
    )

    # What lists sort out by, and calendars compare; written when the page is saved.
    commune_key = models.CharField(max_length=80, editable=False, default="", db_index=True)
    is_online = models.BooleanField(editable=False, default=False)
    last_day = models.DateField(editable=False, null=True, db_index=True)
    sequence = models.PositiveIntegerField(editable=False, default=0)
    digest = models.CharField(max_length=64, editable=False, default="")

    # Where it comes from, if from another calendar.
    source = models.ForeignKey(
        "events.CalendarSource", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="events"
    )
    source_uid = models.CharField(max_length=255, editable=False, default="", blank=True, db_index=True)
    source_digest = models.CharField(max_length=64, editable=False, default="", blank=True)
    is_followed = models.BooleanField(editable=False, default=False)
    vanished_on = models.DateField(editable=False, null=True, blank=True)

    template = "events/event_page.html"
    card_template = "events/card.html"
    search_kinds = (SearchKind("evenement", _("Events")),)
    og_type = "event"
    parent_page_types = ["events.EventIndexPage"]
    base_form_class = EventPageForm
    exclude_fields_in_copy = ["sequence", "digest", "source", "source_uid", "source_digest", "is_followed",
                              "vanished_on", "published_at", "go_live_at", "expire_at"]  # fmt: skip

    objects = EventManager()

    override_translatable_fields = [
        *Publication.override_translatable_fields,
        *map(SynchronizedField, (
            "recurrence", "place_name", "street", "postcode", "commune", "online_url", "registration_url",
            "registration_email", "registration_phone", "audiences", "access", "campaign",
        )),
    ]  # fmt: skip

    search_fields = [
        *Publication.search_fields,
        index.SearchField("body"),
        index.SearchField("place_name"),
        index.SearchField("commune", boost=2),
        index.SearchField("get_kind_of_event_display"),
        index.FilterField("last_day"),
    ]

    edit_handler = event_panels()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def schedule(self) -> Schedule:
        return Schedule(
            starts_on=self.starts_on,
            starts_at=self.starts_at,
            ends_on=self.ends_on,
            ends_at=self.ends_at,
            rule=self.rule,
            changes=tuple(
                Change(change.kind, change.day, change.to_day, change.starts_at, change.ends_at, change.note)
                for change in self.changes.all()
            ),
        )

    @property
    def rule(self) -> Rule | None:
        try:
            return Rule.parse(self.recurrence) if self.recurrence else None
        except ValidationError:  # of a draft
            return None

    def advice(self) -> list[Advice]:
        """Two events may have one title, at other dates."""
        found = advice_on_text(self)
        if not (self.place_name or self.commune or self.online_url):
            found.append(Advice(_("Where is it? Give a place, a commune or an address on line."), "place_name"))
        if self.price == Price.UNKNOWN and not self.prices:
            found.append(Advice(_("Does one pay? Say the price, or that it is free."), "price"))
        if not (self.contact or self.registration_email or self.registration_phone or self.registration_url):
            found.append(Advice(_("Whom may one ask? Give a contact, or a way to register."), "contact"))
        return found

    def save(self, *args, **kwargs):
        # A revision saves a few fields of the page that holds the draft: what is on line must not move with it.
        if kwargs.get("update_fields") is not None:
            return super().save(*args, **kwargs)
        self.commune_key = fold(self.commune)[:80]
        self.is_online = bool(self.online_url) or self.state == State.ONLINE
        # Whoever holds the page in memory may hold it since before another version went on line.
        known = EventPage.objects.filter(pk=self.pk).values_list("sequence", "digest").first() if self.pk else None
        sequence, before = known or (0, "")
        self.sequence, self.digest = max(self.sequence, sequence), self.content_digest()
        if self.live and before and before != self.digest:
            self.sequence += 1
        planned = self.schedule.occurrences()
        self.last_day = last_day_of(planned)
        super().save(*args, **kwargs)
        write_occurrences(self, planned)
        return None

    def with_content_json(self, content):
        """A version of before does not know whom the event follows today."""
        found = super().with_content_json(content)
        for name in ("source_id", "source_uid", "source_digest", "is_followed", "vanished_on"):
            setattr(found, name, getattr(self, name))
        return found

    def content_digest(self) -> str:
        """Changes with what a person who has it in their calendar must know (RFC 5545, section 3.8.7.4)."""
        known = (self.title, self.schedule, str(self.state), self.state_note, self.where, self.online_address)
        return hashlib.sha256(repr(known).encode()).hexdigest()

    def get_lock(self):
        if self.is_followed and self.source_id:
            return FollowedLock(self)
        return super().get_lock()

    @property
    def display_date(self):
        return self.next_occurrence.start if self.next_occurrence else None

    @property
    def description(self):
        return super().description or self.in_a_line

    def findable(self) -> Findable:
        """By the dates at which it takes place as it is saved, written down or not yet."""
        times = [time for time in self.schedule.occurrences() if not time.is_cancelled]
        found = super().findable()
        return replace(
            found,
            keywords=(*found.keywords, str(self.get_kind_of_event_display()), self.commune, self.place_name),
            summary=self.search_description or self.summary,
            date=times[0].start if times else None,
            until=max((time.last_day for time in times), default=None),
            dates=next_of(sorted(time.start for time in times)),
            commune=self.commune,
            latitude=self.latitude,
            longitude=self.longitude,
        )

    @cached_property
    def dates(self) -> list[Occurrence]:
        """Every occurrence, in order; of a page that is being written, those it would have."""
        if self.pk and not getattr(self, "is_preview", False):
            return sorted(self.occurrences.all(), key=lambda occurrence: occurrence.start)
        return [Occurrence.of(self, time) for time in self.schedule.occurrences()]

    @cached_property
    def coming(self) -> list[Occurrence]:
        return [occurrence for occurrence in self.dates if not occurrence.is_over]

    @cached_property
    def next_occurrence(self) -> Occurrence | None:
        """The next that takes place; failing that, the next one that was cancelled, or the last there was."""
        kept = [occurrence for occurrence in self.coming if not occurrence.is_cancelled]
        return next(iter(kept or self.coming or self.dates[-1:]), None)

    @property
    def is_repeated(self) -> bool:
        return len(self.dates) > 1

    @property
    def first_dates(self) -> list[Occurrence]:
        return self.coming[:SHOWN_DATES]

    @property
    def later_dates(self) -> list[Occurrence]:
        return self.coming[SHOWN_DATES : 5 * SHOWN_DATES]

    @property
    def is_over(self) -> bool:
        return bool(self.dates) and not self.coming

    @property
    def is_cancelled(self) -> bool:
        return self.state == State.CANCELLED

    @property
    def is_off(self) -> bool:
        """Whether nobody should come at the dates that were announced."""
        return self.state in (State.CANCELLED, State.POSTPONED)

    @property
    def is_unsure(self) -> bool:
        """Whether the calendar that it comes from has held it no longer for so long that visitors must know."""
        return self.vanished_on is not None and zone.today() >= self.vanished_on + UNSURE_AFTER and not self.is_over

    @property
    def has_registration(self) -> bool:
        """Whether one can still register."""
        in_time = self.registration_until is None or self.registration_until >= zone.today()
        is_open = self.state not in (State.CANCELLED, State.POSTPONED, State.FULL)
        return self.registration == Registration.NEEDED and is_open and in_time and not self.is_over

    @property
    def says_how_to_come(self) -> bool:
        """Whether anything stands below that heading."""
        said = (self.registration and not self.is_over, self.kind_of_event != Kind.OTHER, self.price, self.audiences,
                self.access, self.access_note, self.organised_by, self.live_campaign, self.source_id)  # fmt: skip
        return any(said)

    @property
    def live_campaign(self):
        """The campaign, once the network has published it."""
        return self.campaign if self.campaign_id and self.campaign.live else None

    @property
    def recurrence_in_words(self) -> str:
        return said(self.recurrence) if self.recurrence else ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether its place is no longer where one goes."""
        return self.state == State.ONLINE

    @property
    def short_place(self) -> str:
        """Where one goes, as lists say it in a word."""
        if self.is_elsewhere or (self.is_online and not self.commune):
            return gettext("online")
        return self.commune

    @property
    def address_lines(self) -> list[str]:
        if self.is_elsewhere:
            return []
        return address_lines(self.place_name, self.street, postcode=self.postcode, town=self.commune)

    @property
    def where(self) -> str:
        return ", ".join(self.address_lines)

    @property
    def online_address(self) -> str:
        return self.online_url if self.shows_online_url else ""

    @property
    def in_a_line(self) -> str:
        """Type, next date and commune: “Workshop · 3 March 2027 · Fougères”."""
        date_text = ""
        if self.dates and self.next_occurrence:
            date_text = f"{self.next_occurrence.local_start:%d/%m/%Y}"
        return " · ".join(part for part in (str(self.get_kind_of_event_display()), date_text, self.commune) if part)

    @property
    def audience_names(self) -> list[str]:
        return self._meta.get_field("audiences").labels_of(self.audiences)

    @property
    def access_names(self) -> list[str]:
        return self._meta.get_field("access").labels_of(self.access)

    @cached_property
    def organised_by(self) -> list[dict]:
        """Names of the organisers, each with the page or address to read more at, or ""."""
        found = []
        for organiser in self.organisers.all():
            if organiser.member_id:
                if organiser.has_public_member:
                    found.append({"name": organiser.member.title, "page": organiser.member, "url": ""})
            elif organiser.site_id:
                name = organiser.site.site_name or organiser.site.hostname
                found.append({"name": name, "page": None, "url": organiser.site.root_url})
            elif organiser.name:
                found.append({"name": organiser.name, "page": None, "url": organiser.url})
        return found

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        site = SiteContext.of(request, self)
        self.is_preview = site.is_preview
        if self.pk:
            prefetch_related_objects([self], topics_with_their_words(EventPage), organisers_with_their_pages())
        context["index_page"] = self.breadcrumb[-1] if self.breadcrumb else site.home
        follow_up = self.follow_up if self.is_over and self.follow_up_id else None
        is_public = follow_up is not None and pages().published().filter(pk=follow_up.pk).exists()
        context["follow_up"] = follow_up if is_public else None
        return context

    def structured_data(self, request):
        return [event_data(self, request), *super().structured_data(request)[1:]]

    @path("ical/", name="ical")
    def as_calendar(self, request):
        """RFC 5545, to put into one's own calendar."""
        return calendar_response(calendar([self], self.title, request), self.slug)

    @path("ical/<str:original>/", name="date_ical")
    def date_as_calendar(self, request, original):
        """One of its dates alone, named as RECURRENCE-ID would."""
        planned = next((one for one in self.schedule.occurrences() if one.key == original), None)
        if planned is None:
            raise Http404
        return calendar_response(calendar_of_one_date(self, planned, request), f"{self.slug}-{planned.begin:%Y%m%d}")


def calendar_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
