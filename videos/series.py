from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q, prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, PageChooserPanel, TabbedInterface
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from commons.feeds import page_feed
from core.feeds import RssFeed
from core.pages import BasePage
from core.structured_data import web_page
from videos.feeds import video_entry
from videos.page import VideoPage

WITH_POSTERS = 12  # a longer series is a list of titles, so that its page stays light


class VideoSeriesPage(RoutablePageMixin, BasePage):
    """Videos in an order: one's own and those of others; a video may be in several series."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    template = "videos/series_page.html"
    card_template = "videos/series_card.html"
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

    edit_handler = TabbedInterface(
        [
            ObjectList(series_panels, heading=_("Video series")),
            ObjectList(BasePage.promote_panels, heading=_("Address and shares")),
        ]
    )

    class Meta:
        verbose_name = _("video series")
        verbose_name_plural = _("video series")

    @cached_property
    def videos(self) -> list[VideoPage]:
        """The episodes that visitors may see, in their order, each with `number` from 1."""
        episodes = list(self.episodes.all())
        prefetch_related_objects(episodes, "video")
        return arranged(episodes, VideoPage.objects.for_cards(), self.locale_id)

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
                    "position": video.number,
                    "name": video.title,
                    "url": video.get_full_url(request),
                    "description": video.description or video.title,
                    "thumbnailUrl": video.poster_url(request),
                    "uploadDate": video.published_at.isoformat() if video.published_at else None,
                    **({"duration": video.iso_length} if video.iso_length else {}),
                }
                for video in self.videos
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


@dataclass(frozen=True)
class Place:
    """Where a video is in a series: its number from 1, of how many that visitors may see, and its neighbours."""

    series: VideoSeriesPage
    number: int
    count: int
    previous: VideoPage | None = None
    next: VideoPage | None = None

    def structured_data(self, request) -> dict:
        series = {"@type": "CreativeWorkSeries", "name": self.series.title, "url": self.series.get_full_url(request)}
        return {"isPartOf": series, "position": self.number}


def place_of(video: VideoPage, home: Page, wanted: str = "") -> Place | None:
    """The place of `video` in one of this site's series: the one whose slug is `wanted`, else the first."""
    found = (
        VideoSeriesPage.objects.published()
        .descendant_of(home)
        .filter(episodes__video__translation_key=video.translation_key)
        .order_by("path")
    )
    series = list(found.distinct())
    if not series:
        return None
    chosen = next((one for one in series if one.slug == wanted), series[0])
    videos = arranged(chosen.episodes.select_related("video"), VideoPage.objects.all(), video.locale_id)
    number = next((one.number for one in videos if one.pk == video.pk), None)
    if number is None:  # a preview of what is not published
        return None
    return Place(
        chosen,
        number,
        len(videos),
        previous=videos[number - 2] if number > 1 else None,
        next=videos[number] if number < len(videos) else None,
    )


def arranged(episodes: Iterable[Episode], videos, locale_id: int) -> list[VideoPage]:
    """The published ones of `videos` (a queryset) that the episodes name, in their order, numbered from 1.

    Each in the language asked for where it is translated, else as it was chosen.
    """
    order = {}
    for episode in episodes:
        order.setdefault(episode.video.translation_key, len(order))
    chosen = [episode.video_id for episode in episodes]
    found = {}
    for video in videos.published().filter(translation_key__in=order).filter(Q(pk__in=chosen) | Q(locale=locale_id)):
        if video.translation_key not in found or video.locale_id == locale_id:
            found[video.translation_key] = video
    listed = sorted(found.values(), key=lambda video: order[video.translation_key])
    for number, video in enumerate(listed, start=1):
        video.number = number
    return listed
