"""Whose video a pasted text means: the providers that `settings.VIDEO_PROVIDERS` names are asked in turn."""

from contextlib import suppress
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.embeds.address import NotAnAddress, parse
from core.embeds.provider import Embed, Provider


class UnknownVideo(ValidationError):
    """No provider knows the address; the message lists what is accepted."""

    def __init__(self) -> None:
        super().__init__(
            _("This address is not one of a video that can be shown here. Accepted: %(known)s. Paste the address of "
              "the video’s page, or the <iframe> code that “Share” gives there."),
            code="unknown_video",
            params={"known": accepted()},
        )  # fmt: skip


@cache
def providers() -> tuple[Provider, ...]:
    return tuple(import_string(path)() for path in settings.VIDEO_PROVIDERS)


def provider(key: str) -> Provider | None:
    return next((found for found in providers() if found.key == key), None)


def accepted() -> str:
    """The providers whose videos can be shown, as a list to read."""
    return ", ".join(name for known in providers() for name in known.accepted())


def recognise(text: str) -> Embed:
    """The video that a pasted address or `<iframe>` code means. Raises `UnknownVideo`."""
    try:
        address = parse(text)
    except NotAnAddress:
        raise UnknownVideo from None
    for known in providers():
        if embed := known.recognise(address):
            return embed
    raise UnknownVideo


def storable(text: str) -> str:
    """The shortest text that means the same video: its address, or where that says too little, its `<iframe>`.

    Raises `UnknownVideo`.
    """
    embed = recognise(text)
    for shorter in (embed.url, format_html('<iframe src="{}"></iframe>', embed.player_url)):
        with suppress(UnknownVideo):
            if recognise(shorter) == embed:
                return shorter
    raise UnknownVideo
