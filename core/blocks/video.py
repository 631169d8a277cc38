from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StreamValue, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import get_page_models

from core.blocks.links import published
from core.embeds.facade import Facade, Watchable, embed_or_none, facade_of
from core.embeds.provider import Embed
from core.embeds.recognition import UnknownVideo, storable

LONGEST_ADDRESS = 4000


class VideoPageChooserBlock(PageChooserBlock):
    """Pages that are a video, whichever room they come from."""

    @cached_property
    def target_models(self):
        return [model for model in get_page_models() if issubclass(model, Watchable)]


class VideoBlock(StructBlock):
    """A video page of the network or a pasted address, exactly one of them."""

    page = VideoPageChooserBlock(required=False, label=_("Video of a pôle or of the network"))
    address = CharBlock(
        required=False,
        max_length=LONGEST_ADDRESS,
        label=_("or address of a video"),
        help_text=_("YouTube, Dailymotion, Vimeo, PeerTube…: the address of the video’s page, or its <iframe> code."),
    )
    title = CharBlock(
        required=False, max_length=140, label=_("Title"), help_text=_("Needed with an address: it is on the button.")
    )
    caption = CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "media"
        label = _("Video")
        group = _("Pictures and files")
        template = "core/blocks/video.html"
        description = _("Plays once the visitor has pressed the button: nothing is asked of anybody before.")
        preview_value = {
            "page": None,
            "address": "https://vimeo.com/76979871",
            "title": "Reprendre son entreprise à plusieurs",
            "caption": "Trois minutes pour comprendre",
        }

    def clean(self, value):
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            error = ValidationError(_("Choose a video page or paste an address, one of them."))
            raise StructBlockValidationError({"address": error})
        if not cleaned["address"]:
            return cleaned
        try:
            cleaned["address"] = storable(cleaned["address"])
        except UnknownVideo as error:
            raise StructBlockValidationError({"address": error}) from None
        if not cleaned["title"]:
            raise StructBlockValidationError({"title": ValidationError(_("Say in a few words what the video shows."))})
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["facade"] = facade_for(value, context.get("page"))
        return context


def facade_for(value, page) -> Facade | None:
    if value["page"]:
        chosen = published(value["page"])
        return chosen.specific.facade() if chosen is not None else None
    if not value["address"]:
        return None
    if not hasattr(page, "remote_videos"):  # a preview of the block alone
        return Facade(title=value["title"], embed=embed_or_none(value["address"]))
    return facade_of(page, value["address"], value["title"])


def embeds_of(stream: StreamValue) -> list[Embed]:
    """The videos of other servers whose addresses were pasted in a story."""
    pasted = [block.value["address"] for block in stream if isinstance(block.block, VideoBlock)]
    return [embed for address in pasted if address and (embed := embed_or_none(address))]
