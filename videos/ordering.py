"""The order of videos in their series, as visitors may see it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q
from wagtail.models import Page


@dataclass(frozen=True)
class PlaceInSeries:
    """Where a video is in a series: its number from 1, of how many that visitors may see, and its neighbours."""

    series: Page
    number: int
    count: int
    previous: Page | None = None
    next: Page | None = None

    def structured_data(self, request) -> dict:
        series = {"@type": "CreativeWorkSeries", "name": self.series.title, "url": self.series.get_full_url(request)}
        return {"isPartOf": series, "position": self.number}


def place_in_series(video: Page, home: Page, slug: str = "") -> PlaceInSeries | None:
    """The place of `video` in one of this site's series: the one whose slug is `slug`, else the first."""
    # By its name: the page of a series stands on that of a video.
    series_model = apps.get_model("videos", "VideoSeriesPage")
    holding = (
        series_model.objects.published()
        .descendant_of(home)
        .filter(episodes__video__translation_key=video.translation_key)
        .order_by("path")
    )
    series = list(holding.distinct())
    if not series:
        return None
    chosen = next((page for page in series if page.slug == slug), series[0])
    videos = in_order(chosen.episodes.select_related("video"), type(video).objects.all(), video.locale_id)
    number = next((number for number, episode in enumerate(videos, 1) if episode.pk == video.pk), None)
    if number is None:  # a preview of what is not published
        return None
    return PlaceInSeries(
        chosen,
        number,
        len(videos),
        previous=videos[number - 2] if number > 1 else None,
        next=videos[number] if number < len(videos) else None,
    )


def in_order(episodes: Iterable, videos, locale_id: int) -> list[Page]:
    """The published ones of `videos` (a queryset) that the episodes name, in their order.

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
    return sorted(found.values(), key=lambda video: order[video.translation_key])
