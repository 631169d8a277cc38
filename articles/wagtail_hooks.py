from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from articles.editor_tasks import article_tasks
from articles.home_blocks import LatestArticlesBlock
from articles.models import ArticleIndexPage, ArticlePage
from articles.samples import cards_and_parts
from core.seams import HomeBlockType, NetworkListing, StarterPage

hooks.register("style_guide_samples", cards_and_parts)


@hooks.register("starter_pages")
def starter_pages():
    return [
        StarterPage(
            ArticleIndexPage,
            "Actualités",
            "actualites",
            order=10,
            key="news",
            label=_("News"),
            titles={"br": "Keleier"},
            in_menu=True,
        )
    ]


@hooks.register("home_blocks")
def home_blocks():
    return [HomeBlockType("latest_articles", LatestArticlesBlock, 20, default_on=frozenset({"pole"}))]


@hooks.register("network_listings")
def network_listings():
    return [
        NetworkListing(
            "network_articles",
            ArticlePage,
            label=_("Latest articles of all pôles"),
            heading=_("News of the pôles"),
            description=_("The newest articles of the network, each with the name of its pôle."),
            empty=_("The first articles are being written. Come back soon."),
            order=22,
            is_default=True,
        )
    ]


hooks.register("editor_tasks", article_tasks)
