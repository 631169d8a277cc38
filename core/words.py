from html import unescape

from django.utils.html import strip_tags


def plain_text(html: str) -> str:
    """The words of a rich text, one space between them."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())
