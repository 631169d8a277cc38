"""The part of a text that holds what was looked for, with its words marked."""

import re
from collections.abc import Collection
from functools import lru_cache

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.analysis import plain, stem

LENGTH = 220  # characters
MAX_READ = 40_000
MAX_PLACES = 300
WORD = re.compile(r"[^\W_]+(?:[·•‧][^\W_]+)*")


@lru_cache(maxsize=50_000)
def root_of(written: str) -> str:
    return stem(plain(written).replace(" ", ""))


def places(text: str, roots: Collection[str]) -> list[tuple[int, int, str]]:
    """Where words of these stems stand in the text: begin, end, stem."""
    found = []
    for match in WORD.finditer(text[:MAX_READ]):
        root = root_of(match[0])
        if root in roots:
            found.append((match.start(), match.end(), root))
    return found


def holds(text: str, roots: Collection[str]) -> bool:
    return bool(places(text, roots))


def marked(text: str, roots: Collection[str]) -> SafeString:
    """The whole text, escaped, its words that were looked for in `<mark>`."""
    pieces, position = [], 0
    for begin, end, _root in places(text, roots):
        pieces += [(text[position:begin], text[begin:end])]
        position = end
    html = format_html_join("", "{}<mark>{}</mark>", pieces)
    return mark_safe(html + conditional_escape(text[position:]))  # noqa: S308 both are escaped


def passage(text: str, roots: Collection[str]) -> SafeString:
    """About 220 characters of the text where most of these stems stand together; its beginning where none does."""
    found = places(text, roots)
    begin = 0
    if found := found[:MAX_PLACES]:

        def different(start: int) -> int:
            return len({root for first, end, root in found if first >= start and end <= start + LENGTH})

        first = max((place[0] for place in found), key=lambda start: (different(start), -start))
        begin = max(0, first - LENGTH // 4)
    if begin:
        begin = text.find(" ", begin) + 1 or begin
    end = min(len(text), begin + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + LENGTH // 2)
    cut = text[begin:end].strip()
    return mark_safe(f"{'… ' if begin else ''}{marked(cut, roots)}{' …' if end < len(text) else ''}")  # noqa: S308
