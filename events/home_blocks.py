from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructBlock

from core.querysets import pages
from core.site_context import SiteContext
from events import zone
from events.agenda import AgendaFilter, soon
from events.index_page import AgendaPage


class UpcomingEventsBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    count = IntegerBlock(default=6, min_value=1, max_value=12, label=_("How many"))

    class Meta:
        icon = "calendar"
        label = _("This week")
        template = "events/upcoming.html"
        description = _("What is on today, this weekend and after, each event once.")
        preview_value = {"title": "", "count": 3}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        if request is None:
            return context
        site = SiteContext.of(request, context.get("page"))
        # In its own language where there is one; events are on for those who read the other, too.
        agendas = pages().published().type(AgendaPage).order_by("path").specific()
        own = Q(path__startswith=site.home.path) | Q(path__startswith=site.site.root_page.path)
        agenda = max(
            agendas.filter(own, depth=site.home.depth + 1),
            key=lambda found: found.path.startswith(site.home.path),
            default=None,
        )
        if agenda is not None:
            groups = soon(agenda.occurrences(AgendaFilter()), value["count"])
            week = zone.today() + timedelta(days=7)
            is_this_week = any(one.first_day <= week for group in groups for one in group.occurrences)
            context |= {"agenda": agenda, "groups": groups, "is_this_week": is_this_week}
            context["pole_names"] = agenda.pole_names
        return context
