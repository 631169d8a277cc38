from django.urls import reverse_lazy
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet

from commons.viewsets import SharedViewSet
from core.isolation.listings import OwnPageFilterSet
from core.isolation.menus import one_entry
from core.page_cache.changes import scopes_of_page
from core.page_cache.rules import NotShown, Shown
from core.seams import BOTH_HOMES, HomeBlockType, PeriodicJob, StarterPage, add_page_button
from core.transfer.parts import LeftOut, NetworkVocabularies, PageRows
from events.home_blocks import UpcomingEventsBlock
from events.importing import forget_old_imports, refresh_due
from events.maintenance import extend_occurrences
from events.models import (
    CalendarImport,
    CalendarSource,
    Campaign,
    EventIndexPage,
    EventPage,
    NetworkAgendaPage,
    Occurrence,
)
from events.urls import admin_urlpatterns
from events.views.manage import AgendaView


class CampaignViewSet(SharedViewSet):
    model = Campaign
    icon = "calendar-check"
    menu_order = 152
    add_to_admin_menu = True
    list_display = ["name", "starts_on", "ends_on", "locale", "live"]


register_snippet(CampaignViewSet)


class EventFilterSet(OwnPageFilterSet):
    # One that is being prepared is the network's business alone
    campaign = ModelChoiceFilter(queryset=lambda request: Campaign.objects.live(), label=_("Campaign"))

    class Meta:
        model = EventPage
        fields = ["kind_of_event", "state", "campaign"]


def shown(day) -> str:
    return date_format(day, "j M Y") if day else ""


class EventListing(PageListingViewSet):
    """Every event that one looks after, as a table."""

    model = EventPage
    icon = "calendar-alt"
    menu_label = _("Events")
    menu_order = 118
    add_to_admin_menu = True
    name = "events"
    url_prefix = "evenements"
    filterset_class = EventFilterSet
    default_ordering = "-last_day"
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("kind_of_event", label=_("Type"), accessor="get_kind_of_event_display", sort_key="kind_of_event"),
        Column("starts_on", label=_("First date"), accessor=lambda page: shown(page.starts_on), sort_key="starts_on"),
        Column("last_day", label=_("Last date"), accessor=lambda page: shown(page.last_day), sort_key="last_day"),
        Column("commune", label=_("Commune"), sort_key="commune"),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]


@hooks.register("register_admin_viewset")
def event_listing():
    return EventListing()


@hooks.register("register_admin_urls")
def event_urls():
    return admin_urlpatterns


class AgendaMenuItem(MenuItem):
    def is_shown(self, request):
        return AgendaView.indexes_of(request.user).exists()


@hooks.register("register_admin_menu_item")
def agenda_menu_item():
    return AgendaMenuItem(_("The agenda"), reverse_lazy("my_agenda"), name="agenda", icon_name="calendar", order=119)


hooks.register("construct_main_menu", one_entry("agenda", "events:index"))


@hooks.register("starter_pages")
def starter_pages():
    agenda = {"key": "events", "label": _("Agenda"), "in_menu": True, "order": 30}
    return [
        StarterPage(model, "Agenda", "agenda", titles={"br": "Deiziataer"}, **agenda)
        for model in (EventIndexPage, NetworkAgendaPage)
    ]


@hooks.register("home_blocks")
def home_blocks():
    return [HomeBlockType("upcoming_events", UpcomingEventsBlock, 18, default_on=BOTH_HOMES)]


@hooks.register("network_permissions")
def network_permissions():
    return [Campaign]


@hooks.register("editor_tasks")
def event_tasks(site, user):
    return add_page_button(site, user, EventIndexPage, EventPage, gettext("Announce an event"), "calendar", 30)


@hooks.register("transfer_parts")
def transfer_parts():
    return [
        NetworkVocabularies("campaigns", Campaign, ("starts_on", "ends_on")),
        PageRows("calendars", CalendarSource, "agenda", without=("asked_at", "answered_at", "problem")),
        PageRows("calendar-imports", CalendarImport, "agenda"),
        LeftOut("occurrences", (Occurrence,), "Derived from each event when it is saved."),
    ]


@hooks.register("periodic_jobs")
def periodic_jobs():
    return [
        PeriodicJob("events: calendars that are followed", refresh_due),
        PeriodicJob("events: old imports", forget_old_imports),
        PeriodicJob("events: occurrences to come", extend_occurrences),
    ]


@hooks.register("page_cache_rules")
def page_cache_rules():
    return [
        Shown(CalendarSource, lambda source: scopes_of_page(source.agenda)),
        NotShown((Occurrence,), "Written with their event; events.maintenance says so where it is not."),
        NotShown((CalendarImport,), "What it writes are events."),
    ]
