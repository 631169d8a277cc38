"""What a home page is composed of. Each block shows something useful with nothing filled in."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.images.blocks import ImageBlock

from articles.models import ArticlePage
from commons.body import StoryBlock
from commons.principles import principles_in_force
from core.blocks.links import ButtonBlock, LinkBlock
from core.frame import site_frame
from events import zone
from events.agenda import next_of_each
from events.models import EventIndexPage
from videos.models import VideoPage


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


class LatestBlock(StructBlock):
    """The newest publications of one kind, of the site that the page is on."""

    model = None
    context_name = ""

    title = CharBlock(required=False, max_length=120, label=_("Title"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        if request is not None:
            home = site_frame(request, context.get("page")).home
            found = self.model.objects.published().descendant_of(home).for_cards().newest_first()
            context[self.context_name] = found[: value["count"]]
        return context


class LatestArticlesBlock(LatestBlock):
    model, context_name = ArticlePage, "latest_articles"

    count = IntegerBlock(default=6, min_value=1, max_value=12, label=_("How many"))

    class Meta:
        icon = "doc-full"
        label = _("Latest articles")
        template = "home/blocks/latest_articles.html"
        description = _("The newest articles of your site, always up to date.")
        preview_value = {"title": "", "count": 3}


class LatestVideosBlock(LatestBlock):
    model, context_name = VideoPage, "latest_videos"

    count = IntegerBlock(default=3, min_value=1, max_value=9, label=_("How many"))

    class Meta:
        icon = "media"
        label = _("Latest videos")
        template = "home/blocks/latest_videos.html"
        description = _("The newest videos of your site; nothing, as long as it has none.")
        preview_value = {"title": "", "count": 3}


class UpcomingEventsBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    count = IntegerBlock(default=4, min_value=1, max_value=12, label=_("How many"))

    class Meta:
        icon = "calendar"
        label = _("Events to come")
        template = "home/blocks/upcoming_events.html"
        description = _("The next events of your site, each once; nothing, as long as none is announced.")
        preview_value = {"title": "", "count": 3}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        if request is not None:
            home = site_frame(request, context.get("page")).home
            context["occurrences"] = next_of_each(home, value["count"])
            context["agenda"] = EventIndexPage.objects.published().child_of(home).order_by("path").first()
            context["today"] = zone.today()
        return context


class PrinciplesBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))

    class Meta:
        icon = "list-ol"
        label = _("Principles of the ESS")
        template = "home/blocks/principles.html"
        description = _("The five principles, in the network's current words.")
        preview_value = {"title": ""}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["principles"] = principles_in_force()
        return context


class CallToActionBlock(StructBlock):
    title = CharBlock(max_length=120, label=_("Title"))
    text = CharBlock(required=False, max_length=250, label=_("Text"))
    link = LinkBlock(label=_("Link"))
    tone = ChoiceBlock([("plain", _("Light")), ("strong", _("In your colour"))], default="strong", label=_("Look"))

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
    welcome = WelcomeBlock()
    latest_articles = LatestArticlesBlock()
    latest_videos = LatestVideosBlock()
    upcoming_events = UpcomingEventsBlock()
    principles = PrinciplesBlock()
    call_to_action = CallToActionBlock()
    story = FreeStoryBlock()

    class Meta:
        block_counts = {"welcome": {"max_num": 1}}
