from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock

from commons.principles import principles_in_force


class PrinciplesBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))

    class Meta:
        icon = "list-ol"
        label = _("Principles of the ESS")
        template = "commons/blocks/principles.html"
        description = _("The five principles, in the network's current words.")
        preview_value = {"title": ""}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["principles"] = principles_in_force()
        return context
