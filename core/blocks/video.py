from collections.abc import Iterator
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, StreamBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import get_page_models

from core.embeds.facade import Facade, Watchable, embed_or_none, facade_of
from core.embeds.provider import Embed
from core.embeds.recognition import UnknownVideo, storable
from core.embeds.records import RemoteVideo
from core.querysets import pages

MAX_ADDRESS_LENGTH = 4000


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
        max_length=MAX_ADDRESS_LENGTH,
        label=_("or address of a video"),
        help_text=_(
            "YouTube, Dailymotion, Vimeo…: the address of the video’s page, or the code that “Share” gives there."
        ),
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
            both = _("You gave a video page and an address: take one of the two away.")
            error = ValidationError(both if cleaned["page"] else _("Choose a video page or paste an address."))
            raise StructBlockValidationError({"address": error})
        if not cleaned["address"]:
            return cleaned
        try:
            cleaned["address"] = storable(cleaned["address"])
        except UnknownVideo as error:
            raise StructBlockValidationError({"address": error}) from None
        if not cleaned["title"]:
            raise StructBlockValidationError(
                {"title": ValidationError(_("Write the title of the video: it is on the button."))}
            )
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["facade"] = facade_for(value, context.get("page"))
        return context


def facade_for(value, page) -> Facade | None:
    if value["page"]:
        chosen = chosen_videos(page).get(value["page"].pk)
        return replace(chosen.facade(), page_url=chosen.url) if chosen is not None else None
    return facade_of(page, value["address"], value["title"]) if value["address"] else None


def chosen_videos(page) -> dict[int, Watchable]:
    """The published video pages that the body of `page` shows, by key: read at once, however many there are."""
    if not hasattr(page, "_chosen_videos"):
        wanted = {value["page"].pk for value in values_of(VideoBlock, page) if value["page"]}
        found = list(pages().published().filter(pk__in=wanted).specific()) if wanted else []
        asked = Prefetch("remote_videos", RemoteVideo.objects.select_related("poster"))
        prefetch_related_objects(found, "listing_image__renditions", asked, "remote_videos__poster__renditions")
        page._chosen_videos = {video.pk: video for video in found}
    return page._chosen_videos


def values_of(block_class: type, page) -> Iterator:
    """The values of all blocks of that class in the body of `page`, however deep."""
    if hasattr(page, "body"):
        yield from _values(block_class, page._meta.get_field("body").stream_block, page.body)


def _values(block_class: type, block, value) -> Iterator:
    if value is None:
        return
    if isinstance(block, block_class):
        yield value
    elif isinstance(block, StreamBlock):
        for child in value:
            yield from _values(block_class, child.block, child.value)
    elif isinstance(block, ListBlock):
        for item in value:
            yield from _values(block_class, block.child_block, item)
    elif isinstance(value, StructValue):  # Wagtail's ImageBlock is a StructBlock whose value is a picture
        for name, child in block.child_blocks.items():
            yield from _values(block_class, child, value.get(name))


def embeds_of(page) -> list[Embed]:
    """The videos of other servers whose addresses were pasted in the body of `page`."""
    pasted = (value["address"] for value in values_of(VideoBlock, page))
    return [embed for address in pasted if address and (embed := embed_or_none(address))]
