from uuid import uuid5

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from core.feeds import Entry, feed_html, feed_response
from core.frame import site_frame

ENTRIES = 20
IMAGE_SPEC = "format-jpeg|fill-800x450"


def article_feed(request, index_page, articles, feed_class, topic=None):
    """The newest `articles` of an index, or of one topic in it, as a feed response."""
    frame = site_frame(request, index_page)
    with_text = index_page.feed_content == index_page.FeedContent.FULL
    title = f"{frame.identity.name} – {index_page.title}"
    if topic:
        title = _("%(feed)s: %(topic)s") % {"feed": title, "topic": topic.name}
    return feed_response(
        feed_class,
        [
            feed_entry(article, request, frame.site.root_url, with_text)
            for article in articles.for_cards().newest_first()[:ENTRIES]
        ],
        title=title,
        link=index_page.get_full_url(request),
        feed_url=frame.site.root_url + request.path + (f"?theme={topic.slug}" if topic else ""),
        description=index_page.description or frame.identity.tagline or title,
        language=translation.get_language(),
    )


def feed_entry(article, request, root_url: str, with_text: bool) -> Entry:
    url = article.get_full_url(request)
    return Entry(
        id=uuid5(article.translation_key, str(article.locale_id)).urn,
        url=url,
        title=article.title,
        published=article.published_at,
        updated=article.last_published_at or article.published_at,
        summary=article.description,
        html=feed_html(render_to_string("articles/feed_body.html", {"page": article}, request), url)
        if with_text
        else "",
        image=feed_image(article, root_url),
        authors=", ".join(block.value["name"] for block in article.byline),
        categories=[topic.name for topic in article.topics],
    )


def feed_image(article, root_url: str) -> Enclosure | None:
    if article.listing_image is None:
        return None
    try:
        rendition = article.listing_image.get_rendition(IMAGE_SPEC)
        size = rendition.file.size
    except (SourceImageIOError, FileNotFoundError):  # a file lost on disk is no reason to lose the feed
        return None
    return Enclosure(root_url + rendition.url, str(size), "image/jpeg")
