from django.utils.translation import gettext_lazy as _
from wagtail.blocks import IntegerBlock

from articles.page import ArticlePage
from commons.latest import LatestBlock


class LatestArticlesBlock(LatestBlock):
    model, context_name = ArticlePage, "latest_articles"

    count = IntegerBlock(default=5, min_value=1, max_value=12, label=_("How many"))

    class Meta:
        icon = "doc-full"
        label = _("Latest articles")
        template = "articles/latest.html"
        description = _("The newest articles of your site, always up to date.")
        preview_value = {"title": "", "count": 3}
