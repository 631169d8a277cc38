import re
import unicodedata
from collections.abc import Container
from html import unescape

from django.utils.html import strip_tags

# XML 1.0, section 2.2: control characters that a document cannot hold; a text pasted from a PDF may.
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WORD_ENDS = re.compile(r"[\W_]+")
NO_WORD = re.compile(r"[^a-z0-9]+")


def plain_text(html: str) -> str:
    """The words of a rich text, one space between them."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def fold(text: str) -> str:
    """`text` as one compares and sorts it: small letters without accents, words apart by one space."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return NO_WORD.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def address_lines(*lines: str, postcode: str, town: str) -> list[str]:
    """What is known of a postal address, a line each; its last is the postcode and the town."""
    return [line for line in (*lines, f"{postcode} {town}".strip()) if line]


def initials(name: str, but: Container[str] = ()) -> str:
    """One or two letters, of what tells this name from the others' first: of the words that are not among `but`."""
    words = [word for word in WORD_ENDS.split(name) if word]
    own = [word for word in words if word.lower() not in but] or words
    capitals = [word[0] for word in own if word[0].isupper()] or [word[0] for word in own]
    if len(capitals) == 1:  # EcoSolidaires
        capitals += [letter for letter in own[0][1:] if letter.isupper()]
    return "".join(capitals[:2]).upper() or "•"
