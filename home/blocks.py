"""What a home page is composed of. Each block shows something useful with nothing filled in."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.images.blocks import ImageBlock

from commons.body import StoryBlock
from core.blocks.links import ButtonBlock, LinkBlock
from core.seams import HomeBlockType, brought
from core.site_context import SiteContext
from home.reception import ways_in


class WelcomeBlock(StructBlock):
    title = CharBlock(
        required=False, max_length=120, label=_("Title"), help_text=_("Left empty: the name of your site.")
    )
    text = RichTextBlock(
        required=False,
        features=["bold", "italic", "link"],
        label=_("Text"),
        help_text=_("Left empty: your tagline."),
    )
    image = ImageBlock(required=False, label=_("Picture"))
    buttons = ListBlock(ButtonBlock(), default=[], min_num=0, max_num=2, label=_("Buttons"))

    class Meta:
        icon = "home"
        label = _("Welcome")
        template = "home/blocks/welcome.html"
        description = _("The first thing that visitors see.")
        preview_value = {
            "title": "L’économie qui nous ressemble",
            "text": "<p>Le pôle accompagne celles et ceux qui entreprennent autrement.</p>",
            "image": None,
            "buttons": [],
        }


class WaysInBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))

    class Meta:
        icon = "pick"
        label = _("Get involved")
        template = "home/blocks/ways_in.html"
        description = _("“I have a project”, “I join”, “I lend a hand”: the ways to your pôle, each in a line.")
        preview_value = {"title": "Trois façons d’entrer"}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        site = SiteContext.of(context["request"]) if context.get("request") else None
        if site is not None:
            context |= {"ways_in": ways_in(site), "home": site.home, "main_language": settings.LANGUAGE_CODE}
        return context


class CallToActionBlock(StructBlock):
    title = CharBlock(max_length=120, label=_("Title"))
    text = CharBlock(required=False, max_length=250, label=_("Text"))
    link = LinkBlock(label=_("Link"))
    tone = ChoiceBlock(
        [("plain", pgettext_lazy("ground", "Light")), ("strong", _("In your colour"))],
        default="strong",
        label=_("Look"),
    )

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "home/blocks/call_to_action.html"
        description = _("One invitation, with one button.")
        preview_value = {
            "title": "Vous avez un projet ?",
            "text": "Venez en parler : le premier rendez-vous est gratuit.",
            "link": {"title": "Prendre rendez-vous", "page": None, "url": "https://example.org/"},
            "tone": "strong",
        }


class FreeStoryBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    story = StoryBlock(label=_("Blocks"))

    class Meta:
        icon = "pilcrow"
        label = _("Free content")
        template = "home/blocks/free_story.html"
        description = _("Any block of an article, on the home page.")
        preview_value = {"title": "Le pôle en bref", "story": []}


class HomeBlock(StreamBlock):
    """What a home page is composed of: the blocks that the rooms bring for that kind of home, in their order."""

    site_kind = ""

    def __init__(self, local_blocks=None, **kwargs):
        found = [(kind.name, kind.block()) for kind in block_types(self.site_kind)]
        super().__init__([*found, *(local_blocks or [])], **kwargs)

    class Meta:
        block_counts = {"welcome": {"max_num": 1}}


class PoleHomeBlock(HomeBlock):
    site_kind = "pole"


def block_types(site_kind: str) -> list[HomeBlockType]:
    """The blocks that a home of that kind may hold."""
    return [kind for kind in brought("home_blocks") if site_kind in kind.site_kinds]
