"""What an event of another calendar says in words, addresses and places, as an agenda can hold it."""

import re
from decimal import Decimal
from html import unescape

from django.utils.html import escape, strip_tags
from icalendar import Event

from core.words import ILLEGAL

MAX_TEXT_LENGTH = 20_000
MAX_KEPT_LENGTH = 8000
LINE_ENDS = re.compile(r"<\s*(?:br|/p|/li|/div)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
LINK = re.compile(r"""<a\b[^<>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')[^<>]*>(.*?)</a\s*>""", re.IGNORECASE | re.DOTALL)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31})\s?;")
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".svg", ".bmp")


def letters(text: str) -> str:
    """The text with letters for their HTML entities, also where they were escaped twice: “&amp;#8217;” is “’”."""
    for _time in range(3):
        if not ENTITY.search(text):
            break
        text = unescape(ENTITY.sub(lambda match: "".join(match[0].split()), text))
    return text


def one_line(value: object, most: int) -> str:
    text = letters(str(value)[:MAX_TEXT_LENGTH])
    return " ".join(ILLEGAL.sub("", strip_tags(text) if TAG.search(text) else text).split())[:most]


def with_addresses(text: str) -> str:
    """Each link as its words with its address after them, which a text without HTML keeps."""

    def written(match: re.Match[str]) -> str:
        address, words = letters(match[1] or match[2] or "").strip(), match[3]
        address = address.removeprefix("mailto:").removeprefix("tel:")
        bare = address.partition("://")[2].rstrip("/") or address
        return words if not address or bare in letters(words) else f"{words} ({escape(address)})"

    return LINK.sub(written, text)


def plain(value: object) -> str:
    """A text without HTML, its lines and the addresses of its links kept."""
    text = ILLEGAL.sub("", str(value)[:MAX_TEXT_LENGTH])
    for _time in range(2):  # what was escaped may be HTML again
        if TAG.search(text):
            text = strip_tags(LINE_ENDS.sub("\n", with_addresses(text)))
        text = letters(text)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MAX_KEPT_LENGTH]


def is_cut_short(value: object) -> bool:
    """Whether `plain` leaves some of it out."""
    length = len(str(value))  # what is left of a text is never longer than it
    return length > MAX_TEXT_LENGTH or (length >= MAX_KEPT_LENGTH and len(plain(value)) >= MAX_KEPT_LENGTH)


def web_address(value: object) -> str:
    address = one_line(value, 500)
    if re.match(r"www\.[\w-]+\.\w", address):
        address = f"https://{address}"
    return address if re.match(r"https?://[^\s<>\"]+$", address) else ""


def status(component: Event) -> str:
    return one_line(component.get("STATUS", ""), 20).upper()


def is_private(component: Event) -> bool:
    """CLASS (RFC 5545, section 3.8.1.3): whether its author shows it to nobody, or to few."""
    return one_line(component.get("CLASS", ""), 20).upper() in ("PRIVATE", "CONFIDENTIAL")


def categories(component: Event) -> tuple[str, ...]:
    found = component.get("CATEGORIES", [])
    names = [name for part in (found if isinstance(found, list) else [found]) for name in getattr(part, "cats", [part])]
    return tuple(dict.fromkeys(name for name in (one_line(name, 60) for name in names) if name))[:12]


def position(component: Event) -> tuple[Decimal | None, Decimal | None]:
    geo = component.get("GEO")
    try:
        latitude, longitude = (Decimal(str(round(float(value), 6))) for value in (geo.latitude, geo.longitude))
    except (AttributeError, TypeError, ValueError, ArithmeticError):
        return None, None
    is_on_earth = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude)
    return (latitude, longitude) if is_on_earth else (None, None)


def attached(component: Event) -> tuple[list[str], list[str]]:
    """The addresses of what is attached to it: pictures, and other files; "" for what has none of its own."""
    pictures: list[str] = []
    files: list[str] = []
    for name in ("ATTACH", "IMAGE"):
        found = component.get(name, [])
        for part in found if isinstance(found, list) else [found]:
            address = web_address(part)
            kind = str(getattr(part, "params", {}).get("FMTTYPE", "")).lower()
            is_picture = (
                name == "IMAGE" or kind.startswith("image/") or address.lower().split("?")[0].endswith(PICTURES)
            )
            (pictures if is_picture else files).append(address)
    return pictures, files
