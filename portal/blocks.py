"""What the portal's home shows of the whole network."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructBlock

from commons.charter import charter_in_force
from core.seams import HomeBlockType, NetworkListing, brought
from home.blocks import HomeBlock
from portal.overview import network_map, newest_of_the_network


class NetworkListingBlock(StructBlock):
    """The newest publications of one kind, of all sites: `listing` says which."""

    listing: NetworkListing

    title = CharBlock(required=False, max_length=120, label=_("Title"))
    count = IntegerBlock(default=5, min_value=1, max_value=24, label=_("How many"))

    class Meta:
        template = "portal/blocks/listing.html"
        preview_value = {"title": "", "count": 3}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["listing"] = self.listing
        context["listed"] = newest_of_the_network(self.listing.model, value["count"])
        return context


def listing_block(listing: NetworkListing) -> NetworkListingBlock:
    block = type("NetworkListingBlock", (NetworkListingBlock,), {"listing": listing})
    return block(label=listing.label, icon=listing.icon, description=listing.description)


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
    site_kind = "portal"


def portal_blocks() -> list[HomeBlockType]:
    portal = frozenset({"portal"})
    return [
        HomeBlockType("poles", PolesBlock, 44, portal, default_on=portal),
        HomeBlockType("charter", CharterBandBlock, 55, portal, default_on=portal),
        *(
            HomeBlockType(
                listing.name,
                partial(listing_block, listing),
                listing.order,
                portal,
                default_on=portal if listing.is_default else frozenset(),
            )
            for listing in brought("network_listings")
        ),
    ]
