from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from articles.page import ArticlePage
from commons.feeds import publication_entry
from commons.publication_index import PublicationIndexPage
from core.feeds import FeedEntry, feed_html


class ArticleIndexPage(PublicationIndexPage):
    """The articles below it, newest first. A child index is a section; its parent lists its articles too."""

    page_description = _("A section of articles, with its own list and feed.")

    class FeedContent(models.TextChoices):
        FULL = "full", _("The whole text")
        SUMMARY = "summary", _("The summary")

    feed_content = models.CharField(
        _("feeds carry"), max_length=8, choices=FeedContent.choices, default=FeedContent.FULL
    )

    publication_model = ArticlePage
    template = "articles/article_index_page.html"
    subpage_types = ["articles.ArticleIndexPage", "articles.ArticlePage"]
    settings_panels = [
        MultiFieldPanel([FieldPanel("feed_content")], heading=_("Feeds (RSS and Atom)")),
        *PublicationIndexPage.settings_panels,
    ]

    class Meta:
        verbose_name = _("article index")
        verbose_name_plural = _("article indexes")

    def feed_entry(self, page: ArticlePage, request, root_url: str) -> FeedEntry:
        html = ""
        if self.feed_content == self.FeedContent.FULL:
            text = render_to_string("articles/feed_body.html", {"page": page}, request)
            html = feed_html(text, page.get_full_url(request))
        authors = ", ".join(block.value["name"] for block in page.byline)
        return publication_entry(page, request, root_url, page.listing_image, html=html, authors=authors)
