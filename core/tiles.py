"""The ground of maps: which server draws it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Tiles:
    """Where the ground of a map comes from: an address with {z}, {x} and {y}, and whom to thank for it."""

    url: str
    attribution: str

    @classmethod
    def from_settings(cls) -> "Tiles | None":
        """None where no server is set: the map then has a plain ground."""
        return cls(settings.MAP_TILES_URL, settings.MAP_TILES_ATTRIBUTION) if settings.MAP_TILES_URL else None

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname.removeprefix("{s}.")

    @property
    def origin(self) -> str:
        """As a Content-Security-Policy names it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"
