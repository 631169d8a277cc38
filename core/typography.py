"""French and Breton typography, put on when a page is rendered: what editors typed stays as they typed it.

Rules of the Lexique des règles typographiques en usage à l'Imprimerie nationale: a narrow no-break space (U+202F)
before ; ! ? and between thousands, a no-break space (U+00A0) before : and inside « », curly apostrophes; the first day
of a month is an ordinal.
"""

import re
from functools import lru_cache

NARROW = "\u202f"
NO_BREAK = "\u00a0"
SPACE = f"[ {NARROW}{NO_BREAK}]"
# Bounded, so that no text takes time that grows faster than its length.
SPACES = f"{SPACE}{{0,4}}"
TYPESET_LANGUAGES = ("fr", "br")

# What is left open goes on to the end, as browsers read it.
TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(?:[^\"'>]++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z)", re.DOTALL)
TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
LANG = re.compile(r"\slang=[\"']?([a-zA-Z]+)")
# What is code or typed by a person is left as it is.
VERBATIM = {"script", "style", "code", "pre", "kbd", "samp", "textarea", "svg"}
VOID = {"br", "img", "input", "link", "meta", "hr", "source", "wbr"}

DIGITS = "0123456789"
# Addresses first: whatever a rule would change in them stays.
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>«»]+|(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}")
ENTITY = r"&(?:#\w+|\w+);"
PUNCTUATION = re.compile(rf"({ENTITY})|(?<=[\w)»\]’%€…]){SPACES}([;!?](?:{SPACES}[!?])*)(?=[\s.»)\]’”\"<]|&|$)")
LONE_PUNCTUATION = re.compile(rf"{SPACE}{{1,4}}([;!?]+)(?=[\s.»)\]]|$)")
COLON = re.compile(rf"({ENTITY})|(?<=[\w)»\]]){SPACES}:(?=\s|$)")
LONE_COLON = re.compile(rf"{SPACE}{{1,4}}:(?=\s|$)")
OPENING = re.compile(rf"«{SPACES}")
CLOSING = re.compile(rf"{SPACES}»")
QUOTED = re.compile(r"(?<![\w])(?:\"|&quot;|&#34;)(?=\S)((?:(?!\"|&quot;|&#34;).)+?)(?<=\S)(?:\"|&quot;|&#34;)(?!\w)")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])(?:'|&#x27;|&#39;)(?=[^\W\d_]|«|$)")
ELLIPSIS = re.compile(rf"(?<=\w){SPACE}…")
# From the first digit of a run of groups, whole or not at all: else a long run is read again from each of its groups.
THOUSANDS = re.compile(rf"(?<![\d,.])(?<!\d{SPACE})(\d{{1,3}}+(?:{SPACE}\d{{3}})++)(?!{SPACE}?\d)")
UNIT = re.compile(rf"(?<=\d){SPACE}(?=(?:€|%|km|kg|ha|h|min|ans|M€|k€)(?!\w))")
HOUR = re.compile(rf"(?<=\d[ {NO_BREAK}]h){SPACE}(?=\d)")
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
SHORT_MONTHS = "jan|janv|fév|févr|juil|sept|oct|nov|déc"
FIRST = re.compile(rf"(?<![\d,.])1(?={SPACE}(?:(?:{MONTHS})\b|(?:{SHORT_MONTHS})\.))")
ABBREVIATION = re.compile(r"\b([Nn]°|nᵒ|p\.|art\.|M\.|Mme|Dr|St|Ste) (?=[\w])")


# Each rule with the characters without one of which it has nothing to do, in the order that they build on one another.
RULES = tuple(
    (frozenset(marks), pattern, replacement)
    for marks, pattern, replacement in (
        ("'&", APOSTROPHE, "’"),
        ('"&', QUOTED, r"«\1»"),
        (".", re.compile(r"\.\.\."), "…"),
        (".…", ELLIPSIS, "…"),
        (";!?", PUNCTUATION, lambda found: found[1] or NARROW + re.sub(SPACE, "", found[2])),
        (";!?", LONE_PUNCTUATION, rf"{NARROW}\1"),
        (":", COLON, lambda found: found[1] or f"{NO_BREAK}:"),
        (":", LONE_COLON, f"{NO_BREAK}:"),
        ('«"&', OPENING, f"«{NO_BREAK}"),
        ('»"&', CLOSING, f"{NO_BREAK}»"),
        (DIGITS, THOUSANDS, lambda found: re.sub(SPACE, NARROW, found[1])),
        (DIGITS, UNIT, NO_BREAK),
        (DIGITS, HOUR, NO_BREAK),
        ("1", FIRST, "1er"),
        ("°ᵒ.MDS", ABBREVIATION, rf"\1{NO_BREAK}"),
    )
)


def typeset(text: str) -> str:
    """One piece of French or Breton text (escaped for HTML, without tags) with its spaces, quotes and apostrophes."""
    if "@" not in text and "://" not in text and "www." not in text:
        return _typeset(text)
    pieces, start = [], 0
    for address in ADDRESS.finditer(text):
        # The full stop or the question mark that ends a sentence is not the address's.
        found = address.group().rstrip(".,;:!?")
        pieces += [_typeset(text[start : address.start()]), found]
        start = address.start() + len(found)
    pieces.append(_typeset(text[start:]))
    return "".join(pieces)


def _typeset(text: str) -> str:
    characters = frozenset(text)
    for marks, pattern, replacement in RULES:
        if not marks.isdisjoint(characters):
            text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=4096)
def _typeset_again(text: str) -> str:
    """What a site says on each of its pages, set once."""
    return typeset(text)


def _set(text: str) -> str:
    if not text or text.isspace():
        return text
    return _typeset_again(text) if len(text) < 600 else typeset(text)


def typeset_html(html: str) -> str:
    """A whole page: the texts between its tags, but code, what is typed in, and passages in other languages."""
    pieces, start = [], 0
    skipped, depth = "", 0  # the element whose content is left alone, and how many of its name are open in it
    for tag in TAG.finditer(html):
        text = html[start : tag.start()]
        pieces.append(text if skipped else _set(text))
        pieces.append(tag.group())
        start = tag.end()
        name = TAG_NAME.match(tag.group())
        if name is None:
            continue
        element = name[1].lower()
        is_closing = tag.group().startswith("</")
        if skipped:
            if element == skipped:
                depth += -1 if is_closing else 1
                if not depth:
                    skipped = ""
        elif not is_closing and element not in VOID and is_left_alone(element, tag.group()):
            skipped, depth = element, 1
    pieces.append(html[start:] if skipped else _set(html[start:]))
    return "".join(pieces)


def is_left_alone(element: str, tag: str) -> bool:
    if element in VERBATIM:
        return True
    lang = LANG.search(tag) if "lang=" in tag else None
    return lang is not None and lang[1].lower() not in TYPESET_LANGUAGES
