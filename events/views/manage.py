"""« L'agenda »: what a pôle's people do with its agenda beyond one event at a time."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.manage import IndexesView, IndexView
from events import zone
from events.models import EventIndexPage, EventPage, Occurrence


class AgendaView(IndexView):
    """A screen about one agenda, for those who write in it; with `needs_publish`, for those who publish."""

    index_model = EventIndexPage
    name_in_address = "agenda"
    guide = "agenda"
    overview = "manage_agenda"
    overview_label = _("The agenda")
    header_icon = "calendar"
    needs_publish = False

    @property
    def agenda(self) -> EventIndexPage:
        return self.index

    def is_allowed(self):
        return super().is_allowed() and (self.may_publish or not self.needs_publish)

    @cached_property
    def may_publish(self) -> bool:
        return self.agenda.permissions_for_user(self.request.user).can_publish_subpage()

    @cached_property
    def events(self):
        return EventPage.objects.descendant_of(self.agenda).own()

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "may_publish": self.may_publish}


class AgendasView(IndexesView):
    page_title = _("The agendas")
    header_icon = "calendar"
    screens = AgendaView
    columns = (_("Events to come"),)
    empty = _("You write in no agenda. Ask somebody with the role “Publication” of your pôle.")

    def cells(self, index):
        return (EventPage.objects.descendant_of(index).live().not_over().count(),)


class AgendaOverviewView(AgendaView):
    """What comes next, what asks for attention, and the ways to the rest."""

    template_name = "events/manage/overview.html"
    page_title = _("The agenda")
    tab = "overview"

    def get_context_data(self, **kwargs):
        coming = Occurrence.objects.filter(event__in=self.events.live()).beginning(zone.today())
        return {
            **super().get_context_data(**kwargs),
            "coming": coming.select_related("event").in_order()[:15],
            "drafts": self.events.filter(live=False).count(),
            "draft_events": self.events.filter(live=False).order_by("-latest_revision_created_at")[:20],
            "count": self.events.live().not_over().count(),
            "vanished": self.events.live().filter(vanished_on__isnull=False).not_over()[:20],
            "without_follow_up": self.events.live().over().filter(follow_up=None).order_by("-last_day")[:5],
        }
