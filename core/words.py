import re
import unicodedata
from html import unescape

from django.utils.html import strip_tags

# XML 1.0, section 2.2: control characters that a document cannot hold; a text pasted from a PDF may.
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NO_WORD = re.compile(r"[^a-z0-9]+")


def plain_text(html: str) -> str:
    """The words of a rich text, one space between them."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def fold(text: str) -> str:
    """`text` as one compares and sorts it: small letters without accents, words apart by one space."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return NO_WORD.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
