from uuid import uuid5

from django.utils import translation
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from core.feeds import FeedEntry, feed_response
from core.site_context import SiteContext

ENTRIES = 20
IMAGE_SPEC = "format-jpeg|fill-800x450"


def publication_feed(request, page, publications, feed_class, topic=None):
    """The newest `publications` of an index page (or of one topic in it) as a feed response."""
    listed = publications.for_cards().newest_first()[:ENTRIES]
    if topic is None:
        return page_feed(request, page, listed, feed_class)
    return page_feed(request, page, listed, feed_class, choice=topic.name, query=f"?theme={topic.slug}")


def page_feed(request, page, listed, feed_class, *, choice: str = "", query: str = ""):
    """The pages `listed`, in their order, as the feed of `page`; its `feed_entry()` describes each.

    `choice` and `query` say, in words and in the address, what the visitor asked for.
    """
    site = SiteContext.of(request, page)
    title = f"{site.identity.name} – {page.title}"
    if choice:
        title = _("%(feed)s: %(topic)s") % {"feed": title, "topic": choice}
    return feed_response(
        feed_class,
        [page.feed_entry(item, request, site.root_url) for item in listed],
        title=title,
        link=page.get_full_url(request),
        feed_url=site.root_url + request.path + query,
        description=page.description or site.identity.tagline or title,
        language=translation.get_language(),
    )


def publication_entry(page, request, root_url: str, picture, **more) -> FeedEntry:
    """A publication as an item of a feed, with its `picture`; `more` says what its kind adds."""
    return FeedEntry(
        id=uuid5(page.translation_key, str(page.locale_id)).urn,
        url=page.get_full_url(request),
        title=page.title,
        published=page.published_at,
        updated=page.last_published_at or page.published_at,
        summary=page.description,
        image=feed_image(picture, root_url),
        categories=[topic.name for topic in page.topics],
        **more,
    )


def feed_image(picture, root_url: str) -> Enclosure | None:
    """The picture of a page as a feed carries it, or None."""
    if picture is None:
        return None
    try:
        rendition = picture.get_rendition(IMAGE_SPEC)
        size = rendition.file.size
    except (SourceImageIOError, FileNotFoundError):  # a file lost on disk is no reason to lose the feed
        return None
    return Enclosure(root_url + rendition.url, str(size), "image/jpeg")
