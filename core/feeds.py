"""RSS 2.0 and Atom 1.0 with absolute addresses and ids that never change."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

import nh3
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed

from core.words import ILLEGAL

# Readers strip classes and scripts anyway; what stays is what a story means without its style sheet.
FEED_TAGS = {
    "a", "aside", "b", "blockquote", "caption", "cite", "dd", "div", "dl", "dt", "em", "figcaption", "figure", "h2",
    "h3", "h4", "i", "img", "li", "ol", "p", "section", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul", "br", "address",
}  # fmt: skip
FEED_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "th": {"scope"}}


@dataclass(frozen=True)
class Media:
    """A film as Media RSS 1.5.1 describes it: played at `player_url`, or at `content_url` where it is a file."""

    title: str
    player_url: str
    thumbnail_url: str
    content_url: str = ""
    content_type: str = ""
    seconds: int | None = None
    language: str = ""
    credits: tuple[tuple[str, str], ...] = ()  # role and names


@dataclass(frozen=True)
class FeedEntry:
    """One item of a feed; addresses are absolute, `id` is a URN that outlives moves and new hostnames."""

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    summary: str = ""
    html: str = ""
    image: Enclosure | None = None
    authors: str = ""
    categories: list[str] = field(default_factory=list)
    media: Media | None = None


class RssFeed(Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def root_attributes(self):
        return {
            **super().root_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item.get("html"):
            handler.addQuickElement("content:encoded", item["html"])
        if media := item.get("media"):
            add_media(handler, media)


def add_media(handler, media: Media) -> None:
    """The `media:content` element of a film, with what it holds."""
    attributes = {
        "url": media.content_url,
        "type": media.content_type,
        "medium": "video",
        "duration": str(media.seconds or ""),
        "lang": media.language,
    }
    handler.startElement("media:content", {name: value for name, value in attributes.items() if value})
    handler.addQuickElement("media:player", None, {"url": media.player_url})
    handler.addQuickElement("media:title", ILLEGAL.sub("", media.title), {"type": "plain"})
    handler.addQuickElement("media:thumbnail", None, {"url": media.thumbnail_url})
    for role, names in media.credits:
        handler.addQuickElement("media:credit", ILLEGAL.sub("", names), {"role": ILLEGAL.sub("", role)})
    handler.endElement("media:content")


class AtomFeed(Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item.get("html"):
            handler.addQuickElement("content", item["html"], {"type": "html"})


def feed_response(
    feed_class, entries: list[FeedEntry], *, title, link, feed_url, description, language
) -> HttpResponse:
    """The feed of `entries`, newest first, as a response."""
    feed = feed_class(
        title=title,
        link=link,
        feed_url=feed_url,
        description=description,
        language=language,
        feed_guid=feed_url,
    )
    for entry in entries:
        feed.add_item(
            title=ILLEGAL.sub("", entry.title),
            link=entry.url,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            description=ILLEGAL.sub("", entry.summary),
            pubdate=entry.published,
            updateddate=entry.updated,
            author_name=ILLEGAL.sub("", entry.authors) or None,
            categories=entry.categories,
            enclosures=[entry.image] if entry.image else [],
            html=entry.html,
            media=entry.media,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed_class.content_type)


def feed_html(html: str, base_url: str) -> str:
    """A story's HTML as feed readers want it: plain elements, no scripts, absolute addresses.

    `base_url` is the address of the page, with its scheme and host.
    """
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select("[hidden], [aria-hidden=true], .facade__notice, .facade__choice"):
        element.decompose()  # a feed has no buttons
    for permalink in soup.select(".anchored > a"):
        permalink.unwrap()
    for element in soup.find_all(["a", "img"]):
        attribute = "href" if element.name == "a" else "src"
        if element.get(attribute):
            element[attribute] = urljoin(base_url, element[attribute])
    return nh3.clean(ILLEGAL.sub("", str(soup)), tags=FEED_TAGS, attributes=FEED_ATTRIBUTES, link_rel=None)
