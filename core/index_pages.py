"""Pages that list others, in sections, and tell of what is new by feeds."""

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from core.feeds import AtomFeed, FeedEntry, RssFeed
from core.pages import BasePage
from core.querysets import pages


class IndexPage(RoutablePageMixin, BasePage):
    """A child index is a section; its parent lists what is in it too."""

    feed_address = "rss/"
    goes_stale = False  # it is what it lists

    content_panels = [*Page.content_panels, *BasePage.listing_panels]

    class Meta:
        abstract = True

    def sections(self):
        return pages().published().child_of(self).type(type(self)).order_by("path")

    @path("rss/", name="rss")
    def rss(self, request):
        return self.feed(request, RssFeed)

    @path("atom/", name="atom")
    def atom(self, request):
        return self.feed(request, AtomFeed)

    def feed(self, request: HttpRequest, feed_class: type) -> HttpResponse:
        """What is new, of what the address asks for; for the index's own class to say."""
        raise NotImplementedError

    def feed_entry(self, page: Page, request: HttpRequest, root_url: str) -> FeedEntry:
        """A page as an item of its feeds; for the index's own class to say."""
        raise NotImplementedError
