"""The seam that every provider stands behind: a small class that reads its addresses and asks about its videos."""

from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import SuspiciousOperation
from django.utils.html import strip_tags

from core.embeds.address import Address
from core.fetcher import FetchError, fetch

JSON_TYPES = ("application/json", "application/json+oembed", "text/json", "text/javascript")
MAX_TITLE_LENGTH = 250


@dataclass(frozen=True)
class Embed:
    """One video, or one list of videos, of a provider."""

    provider: str
    provider_name: str
    key: str  # which video it is, whatever its address and offset
    url: str  # where one watches it at the provider's
    player_url: str = ""  # "" where only the provider knows it
    details_url: str = ""  # "" where the provider tells nothing

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def player_host(self) -> str:
        """Whom a visitor's browser calls to play it; "" for this very site."""
        return urlsplit(self.player_url).hostname or ""


@dataclass(frozen=True)
class Details:
    """What a provider says of a video, as plain text and numbers that need no more checking."""

    title: str = ""
    author: str = ""
    duration: timedelta | None = None
    width: int | None = None
    height: int | None = None
    posters: tuple[str, ...] = ()  # addresses of pictures, the best first
    player_url: str = ""


class VideoGone(Exception):
    """The provider answers that it has no such video, or shows it to nobody any more."""


class Provider:
    """What an address means to one provider, and how to ask it about a video."""

    key = ""
    name = ""
    hosts: frozenset[str] = frozenset()
    gone_statuses = frozenset({404, 410})

    def recognise(self, address: Address) -> Embed | None:
        """The video that the address names, or None where it is not this provider's, or no video's."""
        return self.read(address) if address.host in self.hosts else None

    def read(self, address: Address) -> Embed | None:
        """The same, for an address on one of the provider's hosts."""
        return None

    def accepted(self) -> list[str]:
        """Its names in the sentence that lists what is accepted."""
        return [self.name]

    def ask(self, embed: Embed) -> Details:
        """What the provider knows. Raises `VideoGone`, or `FetchError` where it could not be asked."""
        if not embed.details_url:
            raise FetchError("nothing to ask")
        answer = fetch(embed.details_url, accept=JSON_TYPES, max_bytes=500_000)
        if answer.status in self.gone_statuses:
            raise VideoGone
        if not answer.is_ok:
            raise FetchError(f"status {answer.status}")
        data = answer.json()
        try:
            return self.details(data, embed)
        except (ValueError, AssertionError, SuspiciousOperation) as error:  # what odd markup and addresses raise
            raise FetchError(f"{type(error).__name__}: {error}") from None

    def details(self, data: dict, embed: Embed) -> Details:
        """oEmbed 1.0, section 2.3.4, with the duration that some add."""
        return Details(
            title=plain(data.get("title")),
            author=plain(data.get("author_name")),
            duration=lasting(data.get("duration")),
            width=whole(data.get("width"), 10_000),
            height=whole(data.get("height"), 10_000),
            posters=web_addresses(data.get("thumbnail_url")),
        )


def query(**parameters) -> str:
    """The parameters that say something, encoded."""
    return urlencode({name: value for name, value in parameters.items() if value not in ("", None)})


def with_query(url: str, /, **parameters) -> str:
    """`url` with the parameters that say something: neither "" nor an offset of 0."""
    told = query(**{name: "" if name in ("start", "end", "startTime") and not value else value
                    for name, value in parameters.items()})  # fmt: skip
    return f"{url}{'&' if '?' in url else '?'}{told}" if told else url


def plain(value) -> str:
    """What a provider gives as a text, without markup, control characters and excess."""
    text = strip_tags(unescape(strip_tags(value))) if isinstance(value, str) else ""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())[
        :MAX_TITLE_LENGTH
    ]


def whole(value, most: int) -> int | None:
    """A positive whole number of at most `most`, or None."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= most:
        return None
    return int(value) or None


def lasting(value) -> timedelta | None:
    found = whole(value, 7 * 86_400)
    return timedelta(seconds=found) if found else None


def web_addresses(*values) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str) and value.startswith(("https://", "http://")))
