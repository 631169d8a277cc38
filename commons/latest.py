"""The newest publications of a site, as a block of its home page; each room says of which kind."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock

from core.site_context import SiteContext


class LatestBlock(StructBlock):
    """The newest publications of one kind, of the site that the page is on; a room adds the field `count`."""

    model = None
    context_name = ""

    title = CharBlock(required=False, max_length=120, label=_("Title"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        if request is not None:
            home = SiteContext.of(request, context.get("page")).home
            found = self.model.objects.published().descendant_of(home).for_cards().newest_first()
            context[self.context_name] = found[: value["count"]]
        return context
