"""The part of a text that holds what was looked for, with its words marked."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice, takewhile

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


def places(text: str, roots: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Where words of these stems stand in the text: begin, end, stem."""
    for match in WORD.finditer(text[:MAX_READ]):
        root = root_of(match[0])
        if root in roots:
            yield match.start(), match.end(), root


def holds(text: str, roots: Collection[str]) -> bool:
    return any(True for _place in places(text, roots))


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
    found = list(islice(places(text, roots), MAX_PLACES))
    begin = 0
    if found:

        def different(number: int) -> int:
            last = found[number][0] + LENGTH
            return len({root for _begin, _end, root in takewhile(lambda place: place[1] <= last, found[number:])})

        number = max(range(len(found)), key=different)  # the first of equals
        first = found[number][0]
        begin = max(0, first - LENGTH // 4)
    if begin:
        begin = text.find(" ", begin) + 1 or begin
    end = min(len(text), begin + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + LENGTH // 2)
    cut = text[begin:end].strip()
    return mark_safe(f"{'… ' if begin else ''}{marked(cut, roots)}{' …' if end < len(text) else ''}")  # noqa: S308
