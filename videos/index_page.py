from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from commons.publication_index import PublicationIndexPage
from core.feeds import FeedEntry
from core.images.renditions import prefetch_for_cards
from videos.feeds import video_entry
from videos.page import VideoPage
from videos.series import VideoSeriesPage


class VideoIndexPage(PublicationIndexPage):
    """The videos below it, newest first, and the series that put some of them in order."""

    page_description = _("The list of your videos and series.")

    publication_model = VideoPage
    template = "videos/index_page.html"
    subpage_types = ["videos.VideoPage", "videos.VideoSeriesPage"]

    class Meta:
        verbose_name = _("video index")
        verbose_name_plural = _("video indexes")

    def sections(self):
        return []  # series are what cuts a long list

    def series(self):
        """The published series below, each with `episode_count`, the number of its episodes that visitors may see."""
        seen = Q(episodes__video__in=VideoPage.objects.published().values("pk"))
        return (
            VideoSeriesPage.objects.listed_under(self)
            .annotate(episode_count=Count("episodes", filter=seen))
            .filter(episode_count__gt=0)
            .select_related("listing_image")
            .prefetch_related(prefetch_for_cards("listing_image"))
            .order_by("path")
        )

    def feed_entry(self, page: VideoPage, request, root_url: str) -> FeedEntry:
        return video_entry(page, request, root_url)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        is_first_view = not request.GET  # a choice, or a later page, is of videos alone
        context["series"] = list(self.series()) if is_first_view else []
        context["card_heading"] = "h3" if context["series"] else "h2"
        return context
