"""The story body: the one set of blocks that articles and pages of every site are written with."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StaticBlock, StreamBlock, StreamValue, StructBlock
from wagtail.fields import StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from commons.charter import charter_in_force
from commons.principles import principles_in_force
from commons.shared import in_page_language
from core import blocks


class PrincipleBlock(StructBlock):
    principle = SnippetChooserBlock("commons.Principle", label=_("Principle"))

    class Meta:
        icon = "snippet"
        label = _("Principle of the ESS")
        group = _("Shared by the network")
        template = "commons/blocks/principle.html"
        description = _("One of the principles, always in the network's current words.")
        preview_value = {"principle": None}

    def get_context(self, value, parent_context=None):
        chosen = [value["principle"]] if value["principle"] and value["principle"].live else []
        principle = next(iter(in_page_language(chosen)), None)
        return {**super().get_context(value, parent_context), "principle": principle}

    def get_preview_value(self):
        return {"principle": principles_in_force().first()}


class CharterBlock(StaticBlock):
    class Meta:
        icon = "snippet"
        label = _("Charter of the network")
        group = _("Shared by the network")
        template = "commons/blocks/charter.html"
        description = _("The version of the charter in force, with its commitments.")
        admin_text = _("Shows the version of the charter in force.")
        preview_value = None

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["charter"] = charter_in_force()
        return context


def name_anchors(story: StreamValue) -> StreamValue:
    """Give each heading of `story` an anchor, from its words where it has none, and no two the same."""
    taken = set()
    for block in story:
        if block.block_type != "heading":
            continue
        anchor = block.value["anchor"] = blocks.text.anchor_of(block.value)
        number = 2
        while block.value["anchor"] in taken:
            block.value["anchor"] = f"{anchor}-{number}"
            number += 1
        taken.add(block.value["anchor"])
    return story


class StoryBlock(StreamBlock):
    heading = blocks.HeadingBlock()
    paragraph = blocks.ParagraphBlock()
    image = blocks.PictureBlock()
    gallery = blocks.GalleryBlock()
    video = blocks.VideoBlock()
    quote = blocks.QuoteBlock()
    callout = blocks.CalloutBlock()
    steps = blocks.StepsBlock()
    key_figures = blocks.KeyFiguresBlock()
    accordion = blocks.AccordionBlock()
    timeline = blocks.TimelineBlock()
    table = blocks.StoryTableBlock()
    documents = blocks.DocumentsBlock()
    links = blocks.LinksBlock()
    buttons = blocks.ButtonsBlock()
    contact = blocks.ContactBlock()
    page_card = blocks.PageCardBlock()
    principle = PrincipleBlock()
    charter = CharterBlock()

    class Meta:
        template = "commons/blocks/story.html"

    def clean(self, value):
        """Two headings with the same words get two anchors; the first keeps its own."""
        return name_anchors(super().clean(value))


def story_field(**options) -> StreamField:
    """The body field of a page."""
    return StreamField(StoryBlock(), verbose_name=_("body"), blank=True, **options)
