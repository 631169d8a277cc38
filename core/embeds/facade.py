"""What stands for a video until a visitor asks for it: nothing of it calls another host."""

from dataclasses import dataclass

from wagtail.models import Page

from core.embeds.approved import is_player_of
from core.embeds.provider import Embed
from core.embeds.recognition import UnknownVideo, recognise
from core.embeds.records import RemoteVideo, record_of
from core.images.models import SiteImage

RATIOS = {"16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1, "9x16": 9 / 16, "21x9": 21 / 9}


@dataclass(frozen=True)
class Film:
    """A file of our own: addresses and media type, captions and their language where there are some."""

    url: str
    content_type: str
    captions_url: str = ""
    language: str = "fr"


@dataclass(frozen=True)
class Facade:
    """A video as a page shows it: of a provider, or a film of our own."""

    title: str
    embed: Embed | None = None
    film: Film | None = None
    address: str = ""  # of a video whose provider is no longer accepted
    player_url: str = ""
    poster: SiteImage | None = None
    ratio: str = "16x9"
    is_gone: bool = False
    page_url: str = ""  # of the video's own page, where another shows it
    drawn_url: str = ""  # of a poster drawn from the title, for players that want a file

    @property
    def watch_url(self) -> str:
        """Where one may watch it without this site; "" where there is nothing left."""
        return self.embed.url if self.embed else self.address

    @property
    def is_own_player(self) -> bool:
        return self.player_url.startswith("/")


class Watchable:
    """Marks the pages that are a video: any page of the network may show them (`core.blocks.VideoBlock`).

    Such a page has a method `facade() -> Facade`.
    """


def embed_or_none(text: str) -> Embed | None:
    """The video that a stored address means, or None since its provider is no longer accepted."""
    try:
        return recognise(text)
    except UnknownVideo:
        return None


def facade_of(page: Page, text: str, title: str, poster: SiteImage | None = None) -> Facade:
    """The facade of the video at the stored address `text`, which `page` shows."""
    embed = embed_or_none(text)
    if embed is None:
        return Facade(title=title, address=text if text.startswith("https://") else "", poster=poster)
    record = record_of(page, embed)
    return Facade(
        title=title,
        embed=embed,
        player_url=embed.player_url or player_told(embed, record),
        poster=poster or (record.poster if record else None),
        ratio=nearest_ratio(record.width, record.height) if record else "16x9",
        is_gone=bool(record and record.is_gone),
    )


def player_told(embed: Embed, record: RemoteVideo | None) -> str:
    """The player that the provider named when it was asked, as long as its host is the one approved."""
    return record.player_url if record and record.player_url and is_player_of(embed, record.player_url) else ""


def nearest_ratio(width: int | None, height: int | None) -> str:
    """The shape of box that fits a video of that size best."""
    if not (width and height):
        return "16x9"
    return min(RATIOS, key=lambda name: abs(RATIOS[name] - width / height))
