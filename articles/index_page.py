from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from articles.feeds import article_feed
from articles.page import ArticlePage
from commons.models import Topic
from core.feeds import AtomFeed, RssFeed
from core.pages import BasePage
from core.pagination import paginate
from core.querysets import pages


@dataclass(frozen=True)
class ArticleFilter:
    """What a visitor asked for in the address: `?theme=<slug>&annee=<year>`. Unknown values are dropped."""

    topic: Topic | None = None
    year: int | None = None

    @classmethod
    def from_request(cls, request: HttpRequest, topics, years) -> "ArticleFilter":
        slug = request.GET.get("theme", "")
        year = request.GET.get("annee", "")
        return cls(
            topic=next((topic for topic in topics if topic.slug == slug), None),
            year=next((known for known in years if str(known) == year), None),
        )

    @property
    def parameters(self) -> dict[str, str]:
        return {
            "theme": self.topic.slug if self.topic else "",
            "annee": str(self.year) if self.year else "",
        }

    def __bool__(self):
        return bool(self.topic or self.year)


class ArticleIndexPage(RoutablePageMixin, BasePage):
    """The articles below it, newest first. A child index is a section; its parent lists its articles too."""

    class FeedContent(models.TextChoices):
        FULL = "full", _("The whole text")
        SUMMARY = "summary", _("The summary")

    PER_PAGE = 12

    feed_content = models.CharField(
        _("feeds carry"), max_length=8, choices=FeedContent.choices, default=FeedContent.FULL
    )

    template = "articles/article_index_page.html"
    subpage_types = ["articles.ArticleIndexPage", "articles.ArticlePage"]
    content_panels = [*Page.content_panels, *BasePage.listing_panels]
    settings_panels = [
        MultiFieldPanel([FieldPanel("feed_content")], heading=_("Feeds (RSS and Atom)")),
        *Page.settings_panels,
    ]

    class Meta:
        verbose_name = _("article index")
        verbose_name_plural = _("article indexes")

    @cached_property
    def articles(self):
        """Every published article below, in the sections too."""
        return ArticlePage.objects.published().descendant_of(self)

    @cached_property
    def topics(self) -> list[Topic]:
        return list(self.articles.topics())

    def filtered(self, wanted: ArticleFilter):
        found = self.articles
        if wanted.topic:
            found = found.about(wanted.topic)
        if wanted.year:
            found = found.of_year(wanted.year)
        return found

    @path("")
    def listing(self, request):
        years = self.articles.years()
        wanted = ArticleFilter.from_request(request, self.topics, years)
        return self.render(
            request,
            context_overrides={
                "wanted": wanted,
                "years": years,
                "topics": self.topics,
                "sections": pages().published().child_of(self).type(ArticleIndexPage).order_by("path"),
                "pagination": paginate(
                    request,
                    self.filtered(wanted).for_cards().newest_first(),
                    self.PER_PAGE,
                    keep=wanted.parameters,
                ),
            },
        )

    @path("rss/", name="rss")
    def rss(self, request):
        return self.feed(request, RssFeed)

    @path("atom/", name="atom")
    def atom(self, request):
        return self.feed(request, AtomFeed)

    def feed(self, request, feed_class):
        slug = request.GET.get("theme", "")
        topic = next((topic for topic in self.topics if topic.slug == slug), None)
        if slug and topic is None:
            raise BadRequest(gettext("This site has no article on this topic."))
        return article_feed(request, self, self.filtered(ArticleFilter(topic=topic)), feed_class, topic)
