"""« L'agenda »: what a pôle's people do with its agenda beyond one event at a time."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from events import zone
from events.models import EventIndexPage, EventPage, Occurrence


def agendas_of(user):
    """The agendas in which this person may write."""
    mine = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "add")
    own = EventIndexPage.objects.filter(pk__in=mine.values("pk"), alias_of__isnull=True)
    return own.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")


class AgendaView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one agenda, for those who write in it; with `needs_publish`, for those who publish."""

    header_icon = "calendar"
    tab = ""
    needs_publish = False

    def dispatch(self, request, *args, **kwargs):
        self.agenda = EventIndexPage.objects.filter(pk=kwargs["agenda"]).first()
        if self.agenda is None:
            raise Http404
        if not agendas_of(request.user).filter(pk=self.agenda.pk).exists():
            raise PermissionDenied
        if self.needs_publish and not self.may_publish:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_publish(self) -> bool:
        return self.agenda.permissions_for_user(self.request.user).can_publish_subpage()

    @cached_property
    def events(self):
        return EventPage.objects.descendant_of(self.agenda).own()

    def get_page_subtitle(self):
        return self.agenda.get_parent().title

    def get_breadcrumbs_items(self):
        here = {"url": reverse("manage_agenda", args=[self.agenda.pk]), "label": _("The agenda")}
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, here]

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "agenda": self.agenda,
            "tab": self.tab,
            "may_publish": self.may_publish,
        }


def my_agenda(request):
    """To one's own agenda; to a list where there are several, or where there is none."""
    found = agendas_of(request.user)
    if len(found) == 1:
        return redirect("manage_agenda", found[0].pk)
    return AgendasView.as_view()(request)


class AgendasView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "events/manage/agendas.html"
    page_title = gettext_lazy("The agendas")
    header_icon = "calendar"

    def get_breadcrumbs_items(self):
        here = {"url": reverse("my_agenda"), "label": _("The agendas")}
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, here]

    def get_context_data(self, **kwargs):
        found = [
            {
                "agenda": agenda,
                "home": agenda.get_parent(),
                "count": EventPage.objects.descendant_of(agenda).live().not_over().count(),
            }
            for agenda in agendas_of(self.request.user)
        ]
        return {**super().get_context_data(**kwargs), "agendas": found}


class AgendaOverviewView(AgendaView):
    """What comes next, what asks for attention, and the ways to the rest."""

    template_name = "events/manage/overview.html"
    page_title = gettext_lazy("The agenda")
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
