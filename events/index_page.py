from collections.abc import Sequence
from datetime import date, timedelta

from django.http import Http404
from django.shortcuts import redirect
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page

from commons.feeds import page_feed
from commons.publications import topics_with_their_words
from core.feeds import FeedEntry
from core.findable import PAGES, Findable, SearchKind
from core.index_pages import IndexPage
from core.pagination import paginate
from core.querysets import HOME_DEPTH, HOME_LENGTH, source_of
from core.site_context import SiteContext
from core.words import plain_text
from events import exports, zone
from events.agenda import (
    PERIODS,
    AgendaFilter,
    Choices,
    Slice,
    found_by_slug,
    from_that_day_on,
    going_on_at,
    with_events,
)
from events.campaign import Campaign
from events.feeds import event_entry
from events.ical.writing import calendar
from events.occurrences import Occurrence, OccurrenceQuerySet
from events.page import EventPage, calendar_response
from events.periods import Bounds, cells, last_of_month, month_after, weeks_of
from events.queryset import EventQuerySet
from events.rows import organisers_with_their_pages
from events.rules import FIRST_DAY, LAST_DAY
from poles.homes import PoleHomes

FEED_ENTRIES = 30
MAX_PRINTED = 400
ARCHIVED = timedelta(days=365)
CAMPAIGNS = SearchKind("campagne", gettext_lazy("Campaigns"), gettext_lazy("Campaign"))


class AgendaPage(IndexPage):
    """What takes place, as lists, grids and calendars. Each agenda says whose events it lists (`events`)."""

    PER_PAGE = 24

    class Meta:
        abstract = True

    def events(self) -> EventQuerySet:
        """The published events that it lists; for the agenda's own class to say."""
        return EventPage.objects.listed_under(self)

    def home_paths(self) -> list[str] | None:
        """The paths of the homes of their sites; None for all sites."""
        return [self.path[:HOME_LENGTH]]

    def poles(self) -> Sequence[PoleHomes]:
        """The sites that one may choose among, where an agenda lists those of several."""
        return ()

    @property
    def pole_names(self) -> dict[str, str]:
        """Path of each home in the tree → the name of its pôle, where an agenda lists the events of several."""
        return {}

    def filters(self, request, campaign: Campaign | None = None) -> AgendaFilter:
        """What the address asks for."""
        return AgendaFilter.from_request(request, self.poles(), campaign)

    def choices(self, filters: AgendaFilter) -> Choices:
        return Choices.of(self.events())

    def occurrences(self, filters: AgendaFilter) -> OccurrenceQuerySet:
        home_paths = list(filters.pole.paths) if filters.pole else self.home_paths()
        return Occurrence.objects.on_sites(home_paths).of_events(filters.narrow(self.events())).in_order()

    def show(self, request, template: str, filters: AgendaFilter, choices: Choices | None = None, **context):
        today = zone.today()
        context |= {
            "filters": filters,
            "pole_names": self.pole_names,
            "choices": choices,
            "filters_in_words": filters.in_words(choices.communes if choices else {}),
            "periods": PERIODS.items(),
            "this_month": today,
            "this_week": today.isocalendar(),
            "today": today,
        }
        return self.render(request, template=f"events/{template}.html", context_overrides=context)

    @path("")
    def listing(self, request):
        filters = self.filters(request)
        occurrences = self.occurrences(filters)
        since = filters.since or zone.today()
        last = filters.until + zone.DAY if filters.until else None
        listed = Slice.of(request, occurrences.beginning(since, last), filters.parameters)
        going_on = []
        if listed.number == 1:
            going_on = going_on_at(occurrences, since)
        sections = [] if filters or listed.number > 1 else list(self.sections())
        return self.show(
            request, "agenda", filters, self.choices(filters),
            slice=listed, going_on=going_on, sections=sections,
        )  # fmt: skip

    search_kinds = (PAGES, CAMPAIGNS)
    shows_in_search = ("events.Campaign",)

    def findable_parts(self):
        """The campaigns, at the first agenda of a site."""
        if self.depth > HOME_DEPTH + 1:
            return []
        return [
            Findable(
                title=campaign.name,
                kind=CAMPAIGNS,
                part=f"campaign-{campaign.translation_key}",
                address=f"campagne/{campaign.slug}/",
                is_shared=True,
                keywords=(str(campaign._meta.verbose_name),),
                text=plain_text(campaign.text),
                picture=campaign.logo_id,
                date=zone.moment(zone.midnight(campaign.starts_on)),
                until=campaign.ends_on,
            )
            for campaign in Campaign.objects.current().in_language(translation.get_language())
        ]

    def bounds(self) -> Bounds:
        return Bounds.of(Occurrence.objects.on_sites(self.home_paths()).of_events(self.events()))

    @path("mois/<int:year>/<int:month>/", name="month")
    def month(self, request, year, month):
        """A month as a table of weeks."""
        if not (1 <= month <= 12 and 1990 <= year <= 2099):
            raise Http404
        first = date(year, month, 1)
        last, bounds = last_of_month(first), self.bounds()
        if not bounds.holds(first, last):
            raise Http404
        filters = self.filters(request)
        monday, sunday = weeks_of(first, last)
        occurrences = list(self.occurrences(filters).touching(first, last))
        days = cells(monday, sunday, occurrences, month=month)
        shown = {occurrence.pk: occurrence for cell in days if not cell.is_outside for occurrence in cell.shown}
        with_events(shown.values())
        return self.show(
            request, "month", filters, self.choices(filters),
            first=first,
            weeks=[days[start : start + 7] for start in range(0, len(days), 7)],
            count=len(occurrences),
            previous=month_after(first, -1) if bounds.first < first else None,
            next=month_after(first) if bounds.last > last else None,
        )  # fmt: skip

    @path("semaine/<int:year>/<int:week>/", name="week")
    def week(self, request, year, week):
        """A week (ISO 8601), day by day."""
        try:
            if not 1990 <= year <= 2099:
                raise Http404
            first = date.fromisocalendar(year, week, 1)
        except ValueError:
            raise Http404 from None
        last, bounds = first + timedelta(days=6), self.bounds()
        if not bounds.holds(first, last):
            raise Http404
        filters = self.filters(request)
        occurrences = with_events(self.occurrences(filters).touching(first, last)[:MAX_PRINTED])
        return self.show(
            request, "week", filters, self.choices(filters),
            first=first, last=last,
            days=cells(first, last, occurrences),
            previous=(first - timedelta(days=7)).isocalendar() if bounds.first < first else None,
            next=(last + zone.DAY).isocalendar() if bounds.last > last else None,
        )  # fmt: skip

    @path("archives/", name="archives")
    def archives(self, request):
        """To the newest year of what is over."""
        newest = self.events().over().order_by("-last_day").values_list("last_day", flat=True).first()
        year = newest.year if newest else zone.today().year
        return redirect(self.get_url(request) + self.reverse_subpage("archive", args=[year]))

    @path("archives/<int:year>/", name="archive")
    def archive(self, request, year):
        """The events that are over, of one year, the newest first."""
        over = self.events().over()
        years = list(over.dates("last_day", "year", order="DESC"))
        if year not in {known.year for known in years} and year != zone.today().year:
            raise Http404
        events = over.filter(last_day__year=year).order_by("-last_day", "-pk").defer_streamfields()
        pagination = paginate(request, events, self.PER_PAGE)
        return self.show(
            request, "archive", AgendaFilter(),
            year=year, years=[known.year for known in years], pagination=pagination,
        )  # fmt: skip

    @path("campagne/<slug:slug>/", name="campaign")
    def campaign(self, request, slug):
        """The programme of a campaign of the network."""
        campaign = found_by_slug(Campaign, slug)
        if campaign is None:
            raise Http404
        filters = self.filters(request, campaign)
        occurrences, today = self.occurrences(filters), zone.today()
        is_under_way = campaign.starts_on < today <= campaign.ends_on
        since = filters.since or (today if is_under_way else campaign.starts_on)
        listed = Slice.of(
            request,
            occurrences.beginning(max(since, campaign.starts_on), campaign.ends_on + zone.DAY),
            {**filters.parameters, "campagne": ""},
        )
        going_on = []
        if since > campaign.starts_on and listed.number == 1:
            going_on = going_on_at(occurrences, since)
        return self.show(
            request, "campaign", filters, campaign=campaign, slice=listed, going_on=going_on,
            is_from_today=is_under_way and since > campaign.starts_on,
        )  # fmt: skip

    @path("abonnement/", name="subscribe")
    def subscribe(self, request):
        """How to have this agenda in one's own calendar."""
        filters = self.filters(request)
        root_url = SiteContext.of(request, self).root_url
        address = f"{self.get_full_url(request)}ical/{filters.lasting_query}"
        return self.show(
            request, "subscribe", filters, self.choices(filters),
            address=address,
            webcal=address.replace(root_url.partition("://")[0], "webcal", 1),
        )  # fmt: skip

    @path("imprimer/", name="printable")
    def printable(self, request):
        """A programme on paper, for a period or a campaign: A4, or an A5 leaflet."""
        filters = self.filters(request)
        campaign, today = filters.campaign, zone.today()
        first = filters.since or (campaign.starts_on if campaign else today)
        last = filters.until or (campaign.ends_on if campaign else first + timedelta(days=62))
        occurrences = self.occurrences(filters).touching(first, last)
        listed = with_events(occurrences[: MAX_PRINTED + 1])
        return self.show(
            request, "printable", filters, self.choices(filters),
            first=first, last=last,
            days=from_that_day_on(listed[:MAX_PRINTED], first),
            is_cut=len(listed) > MAX_PRINTED,
            is_leaflet=request.GET.get("format") == "a5",
        )  # fmt: skip

    def listed_in_files(self, request) -> tuple[AgendaFilter, EventQuerySet]:
        """What the address asks for, of the events to come and those of a year back, with all that files print."""
        filters = self.filters(request)
        events = filters.narrow(self.events()).filter(last_day__gte=zone.today() - ARCHIVED)
        if filters.since or filters.until:
            within = self.occurrences(filters).touching(filters.since or FIRST_DAY, filters.until or LAST_DAY)
            events = events.filter(pk__in=within.values("event_id"))
        prefetched = ("changes", topics_with_their_words(EventPage), organisers_with_their_pages())
        return filters, events.select_related("campaign").prefetch_related(*prefetched).order_by("pk")

    @path("ical/", name="ical")
    def as_calendar(self, request):
        """RFC 5545: what is to come, and a year back."""
        filters, events = self.listed_in_files(request)
        name = " – ".join([SiteContext.of(request, self).identity.name, self.title, *filters.in_words({})])
        return calendar_response(calendar(events, name, request), self.slug)

    @path("csv/", name="csv")
    def as_csv(self, request):
        return exports.as_csv(request, self.listed_in_files(request)[1].prefetch_related("occurrences"))

    @path("geojson/", name="geojson")
    def as_geojson(self, request):
        return exports.as_geojson(self, request, self.listed_in_files(request)[1].prefetch_related("occurrences"))

    def feed(self, request, feed_class):
        """The events that were announced last, of those that are not over."""
        filters = self.filters(request)
        events = filters.narrow(self.events()).not_over().for_cards().prefetch_related("occurrences").newest_first()
        choice, query = ", ".join(filters.in_words({})), filters.query
        return page_feed(request, self, events[:FEED_ENTRIES], feed_class, choice=choice, query=query)

    def feed_entry(self, page: EventPage, request, root_url: str) -> FeedEntry:
        return event_entry(page, request, root_url)


class EventIndexPage(AgendaPage):
    """The events of one pôle. A child index is a section; its parent lists its events too."""

    page_description = gettext_lazy("An agenda, with its calendars to subscribe to.")

    template = "events/agenda.html"
    home_kinds = frozenset({"pole"})  # the portal has one of its own
    subpage_types = ["events.EventIndexPage", "events.EventPage"]

    class Meta:
        verbose_name = gettext_lazy("agenda")
        verbose_name_plural = gettext_lazy("agendas")

    @cached_property
    def french(self) -> Page | None:
        """The agenda that it translates, or None."""
        return source_of(self)

    def home_paths(self):
        return [page.path[:HOME_LENGTH] for page in (self, self.french) if page is not None]
