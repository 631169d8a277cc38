"""The page that lists publications: by topic and year, page by page, and as feeds."""

from dataclasses import dataclass
from typing import ClassVar

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import path

from commons.feeds import publication_feed
from commons.publications import Publication
from commons.topics import Topic
from core.index_pages import IndexPage
from core.pagination import paginate


@dataclass(frozen=True)
class PublicationFilter:
    """What a visitor asked for in the address: `?theme=<slug>&annee=<year>`. Unknown values are dropped."""

    topic: Topic | None = None
    year: int | None = None

    @classmethod
    def from_request(cls, request: HttpRequest, topics, years) -> "PublicationFilter":
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


class PublicationIndexPage(IndexPage):
    """The publications below it, newest first.

    A room's index names its `publication_model`, and describes one item of its feeds in `feed_entry(page, request,
    root_url)`, a `core.feeds.FeedEntry`.
    """

    PER_PAGE = 9

    publication_model: ClassVar[type[Publication]]

    class Meta:
        abstract = True

    @cached_property
    def publications(self):
        """Every published page of its kind below, in the sections too; in Breton, also the French ones."""
        return self.publication_model.objects.listed_under(self)

    @cached_property
    def topics(self) -> list[Topic]:
        return list(self.publications.topics())

    def filtered(self, filters: PublicationFilter):
        found = self.publications
        if filters.topic:
            found = found.about(filters.topic)
        if filters.year:
            found = found.of_year(filters.year)
        return found

    @path("")
    def listing(self, request):
        years = self.publications.years()
        filters = PublicationFilter.from_request(request, self.topics, years)
        return self.render(
            request,
            context_overrides={
                "filters": filters,
                "years": years,
                "topics": self.topics,
                "sections": self.sections(),
                "pagination": paginate(
                    request,
                    self.filtered(filters).for_cards().newest_first(),
                    self.PER_PAGE,
                    keep=filters.parameters,
                ),
            },
        )

    def feed(self, request, feed_class):
        slug = request.GET.get("theme", "")
        topic = next((topic for topic in self.topics if topic.slug == slug), None)
        if slug and topic is None:
            raise BadRequest(gettext("Nothing here is on this topic."))
        found = self.filtered(PublicationFilter(topic=topic))
        return publication_feed(request, self, found, feed_class, topic)
