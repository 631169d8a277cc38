"""The demo's films and series, from videos.toml; and one film of a pôle's own, with its captions."""

import tomllib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from html import escape
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Collection, Page, Site

from commons.models import Topic
from core.embeds.records import MISSED_ENOUGH
from core.films import read_captions, transcript_of
from core.models import RemoteVideo, SiteDocument, SiteImage
from network.provisioning import Report, add_page
from videos.models import Episode, VideoIndexPage, VideoPage, VideoSeriesPage, VideoTopic

HERE = Path(__file__).parent
PORTAL = "portail"
ADDRESS = "https://video.example.org/w/"
OWN_FILM = {
    "site": "cornouaille",
    "title": "Trente secondes pour venir nous voir",
    "summary": "Un film à nous, lu par ce site : aucun autre serveur n’est appelé.",
    "seconds": 12,
    "days_ago": 10,
}


@cache
def series_of(slug: str) -> list[dict]:
    """What videos.toml holds for a pôle's code, or for the portal."""
    content = tomllib.loads((HERE / "videos.toml").read_text(encoding="utf-8"))
    return [series for series in content["series"] if series["site"] == slug]


def load_videos(site: Site, slug: str, collection: Collection, draw: Callable[[str, str], SiteImage]) -> None:
    """Publish the videos and series of that site. `draw(scene, alt)` returns the poster of those that have a drawn one."""
    index = VideoIndexPage.objects.child_of(site.root_page).first()
    if index is None or VideoPage.objects.child_of(index).exists():
        return
    report = Report()
    for content in series_of(slug):
        videos = [publish(report, index, content, video, draw) for video in content["videos"]]
        if content["title"]:
            series = VideoSeriesPage(
                title=content["title"],
                slug=slugify(content["title"])[:60],
                summary=content["summary"],
                introduction=content["introduction"],
                listing_image=next((video.listing_image for video in videos if video.listing_image), None),
            )
            series.episodes = [Episode(video=video, sort_order=place) for place, video in enumerate(videos)]
            add_page(report, index, series)
    if slug == OWN_FILM["site"]:
        publish_own_film(report, index, collection)


def publish(report: Report, index: VideoIndexPage, series: dict, content: dict, draw) -> VideoPage:
    moment = timezone.now().replace(hour=10, minute=0) - timedelta(days=content["days_ago"])
    scene = content.get("scene")
    page = VideoPage(
        title=content["title"],
        slug=slugify(content["title"])[:80],
        summary=content["summary"],
        address=f"{ADDRESS}{content['slug']}",
        listing_image=draw(scene, f"Dessin : affiche du film « {content['title']} »") if scene else None,
        duration=timedelta(seconds=round(content["minutes"] * 60)),
        language=content.get("language", "fr"),
        subtitles=content.get("subtitles", ""),
        author="Chaîne d’exemple (l’adresse réelle du film n’est pas connue)",
        produced_for=series.get("produced_for", ""),
        credits=[
            {"type": "credit", "value": {"role": role, "other_role": "", "names": names}}
            for role, names in series["credits"]
        ],
        transcript="".join(f"<p>{escape(line, quote=False)}</p>" for line in content.get("transcript", ())),
        published_at=moment,
    )
    topics = Topic.objects.filter(slug__in=series["topics"], locale=index.locale)
    page.page_topics = [VideoTopic(topic=topic) for topic in topics]
    add_page(report, index, page)
    Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)
    if content["slug"].startswith("disparue"):
        RemoteVideo.objects.filter(pages=page).update(missed=MISSED_ENOUGH)
    return page


def publish_own_film(report: Report, index: VideoIndexPage, collection: Collection) -> None:
    film, captions = (
        SiteDocument.objects.create(
            title=f"{OWN_FILM['title']} ({name})",
            file=ContentFile((HERE / name).read_bytes(), name=name),
            collection=collection,
        )
        for name in ("film.webm", "film.vtt")
    )
    page = VideoPage(
        title=OWN_FILM["title"],
        slug=slugify(OWN_FILM["title"]),
        summary=OWN_FILM["summary"],
        film=film,
        captions=captions,
        duration=timedelta(seconds=OWN_FILM["seconds"]),
        published_at=timezone.now() - timedelta(days=OWN_FILM["days_ago"]),
        licence="cc0",
        transcript=transcript_of(read_captions((HERE / "film.vtt").open("rb"))),
    )
    add_page(report, index, page)
