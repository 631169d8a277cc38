"""What the portal's home shows of the whole network."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructBlock

from commons.charter import charter_in_force
from home.blocks import HomeBlock
from portal.overview import articles_of_the_network, network_map


class NetworkArticlesBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    count = IntegerBlock(default=6, min_value=1, max_value=24, label=_("How many"))

    class Meta:
        icon = "doc-full"
        label = _("Latest articles of all pôles")
        template = "portal/blocks/articles.html"
        description = _("The newest articles of the network, each with the name of its pôle.")
        preview_value = {"title": "", "count": 3}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["network_articles"] = articles_of_the_network(value["count"])
        return context


class PolesBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))

    class Meta:
        icon = "site"
        label = _("The pôles of the network")
        template = "portal/blocks/poles.html"
        description = _("Every pays with the state of its pôle and the link to its site.")
        preview_value = {"title": ""}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["network_map"] = network_map()
        return context


class CharterBandBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))

    class Meta:
        icon = "snippet"
        label = _("Charter of the network")
        template = "portal/blocks/charter.html"
        description = _("The version of the charter in force.")
        preview_value = {"title": ""}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["charter"] = charter_in_force()
        return context


class PortalBlock(HomeBlock):
    network_articles = NetworkArticlesBlock()
    poles = PolesBlock()
    charter = CharterBandBlock()
