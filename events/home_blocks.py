from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructBlock

from core.site_context import SiteContext
from events import zone
from events.agenda import next_of_each
from events.index_page import EventIndexPage


class UpcomingEventsBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    count = IntegerBlock(default=4, min_value=1, max_value=12, label=_("How many"))

    class Meta:
        icon = "calendar"
        label = _("Events to come")
        template = "events/upcoming.html"
        description = _("The next events of your site, each once; nothing, as long as none is announced.")
        preview_value = {"title": "", "count": 3}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        if request is not None:
            home = SiteContext.of(request, context.get("page")).home
            context["occurrences"] = next_of_each(home, value["count"])
            context["agenda"] = EventIndexPage.objects.published().child_of(home).order_by("path").first()
            context["today"] = zone.today()
        return context
