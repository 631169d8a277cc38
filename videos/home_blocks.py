from django.utils.translation import gettext_lazy as _
from wagtail.blocks import IntegerBlock

from commons.latest import LatestBlock
from videos.page import VideoPage


class LatestVideosBlock(LatestBlock):
    model, context_name = VideoPage, "latest_videos"

    count = IntegerBlock(default=3, min_value=1, max_value=9, label=_("How many"))

    class Meta:
        icon = "media"
        label = _("Latest videos")
        template = "videos/latest.html"
        description = _("The newest videos of your site; nothing, as long as it has none.")
        preview_value = {"title": "", "count": 3}
