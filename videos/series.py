from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from commons.feeds import page_feed
from core.feeds import RssFeed
from core.pages import BasePage, page_tabs
from core.structured_data import web_page
from videos.feeds import video_entry
from videos.ordering import in_order
from videos.page import VideoPage

WITH_POSTERS = 12  # a longer series is a list of titles, so that its page stays light


class VideoSeriesPage(RoutablePageMixin, BasePage):
    """Videos in an order: one's own and those of others; a video may be in several series."""

    page_description = _("Episodes in an order, under one title.")

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    template = "videos/series_page.html"
    card_template = "videos/series_card.html"
    search_kinds = VideoPage.search_kinds
    parent_page_types = ["videos.VideoIndexPage"]
    subpage_types = []

    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    series_panels = [
        *Page.content_panels,
        *BasePage.listing_panels,
        FieldPanel("introduction"),
        InlinePanel(
            "episodes",
            [PageChooserPanel("video", "videos.VideoPage")],
            heading=_("Episodes"),
            label=_("episode"),
            help_text=_(
                "In the order in which they are to be watched: move them by their handle, or with the arrows. "
                "An episode that is not published is left out until it is."
            ),
        ),
    ]

    edit_handler = page_tabs(
        ObjectList(series_panels, heading=_("Video series")),
    )

    class Meta:
        verbose_name = _("video series")
        verbose_name_plural = _("video series")

    @cached_property
    def videos(self) -> list[VideoPage]:
        """The episodes that visitors may see, in their order."""
        episodes = list(self.episodes.all())
        prefetch_related_objects(episodes, "video")
        return in_order(episodes, VideoPage.objects.for_cards(), self.locale_id)

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "videos": self.videos,
            "shows_posters": len(self.videos) <= WITH_POSTERS,
        }

    def structured_data(self, request):
        """schema.org CreativeWorkSeries, its episodes in order."""
        series = web_page(
            self,
            request,
            "CreativeWorkSeries",
            hasPart=[
                {
                    "@type": "VideoObject",
                    "position": number,
                    "name": video.title,
                    "url": video.get_full_url(request),
                    "description": video.description or video.title,
                    "thumbnailUrl": video.poster_url(request),
                    "uploadDate": video.published_at.isoformat() if video.published_at else None,
                    **({"duration": video.iso_length} if video.iso_length else {}),
                }
                for number, video in enumerate(self.videos, start=1)
            ],
        )
        return [series, *super().structured_data(request)[1:]]

    def feed_entry(self, page, request, root_url):
        return video_entry(page, request, root_url)

    @path("rss/", name="rss")
    def rss(self, request):
        return page_feed(request, self, self.videos, RssFeed)


class Episode(Orderable):
    page = ParentalKey(VideoSeriesPage, on_delete=models.CASCADE, related_name="episodes")
    video = models.ForeignKey(VideoPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("video"))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "video"], name="videos_episode_once")]
        verbose_name = _("episode")
        verbose_name_plural = _("episodes")
