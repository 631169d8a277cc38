from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from core.seams import HomeBlockType, StarterPage, add_page_button
from videos.home_blocks import LatestVideosBlock
from videos.models import VideoIndexPage, VideoPage


@hooks.register("starter_pages")
def starter_pages():
    label = gettext_lazy("Videos")
    return [
        StarterPage(
            VideoIndexPage,
            "Vidéos",
            "videos",
            order=20,
            key="videos",
            label=label,
            in_menu=True,
            titles={"br": "Videoioù"},
        )
    ]


@hooks.register("home_blocks")
def home_blocks():
    return [HomeBlockType("latest_videos", LatestVideosBlock, 30)]


@hooks.register("editor_tasks")
def video_tasks(site, user):
    return add_page_button(site, user, VideoIndexPage, VideoPage, _("Add a video"), "media", 20)
