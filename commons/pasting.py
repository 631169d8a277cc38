"""A text that was written elsewhere, as the blocks of a story: headings, paragraphs, lists, tables, quotes, pictures.

The HTML is what Word, LibreOffice, Google Docs or a web page put on the clipboard. Nothing of it is trusted: rich text
goes through `clean_paragraphs`, everything else becomes plain text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from core.rich_text import clean_paragraphs

MAX_CHARACTERS = 2_000_000
REST = "rest"  # of a text that is longer
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HEADING_LENGTH = 140  # of commons' heading block
# Text that stands in blocks of its own; anything else stands in a line.
BLOCK_TAGS = {
    *HEADINGS, "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "header", "hr", "img", "li", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
NOT_TEXT = ["head", "link", "meta", "noscript", "script", "style", "template", "title", "xml"]
LEFT_OUT = ["audio", "button", "canvas", "embed", "form", "iframe", "input", "math", "object", "select", "svg", "video"]
WORD_HEADING = re.compile(r"MsoHeading([1-6])|MsoTitle", re.IGNORECASE)
WORD_LIST = re.compile(r"MsoListParagraph|MsoListBullet|MsoListNumber", re.IGNORECASE)
NUMBER = re.compile(r"\s*(\d+|[a-z]|[ivx]+)[.)°]", re.IGNORECASE)


@dataclass
class PastedText:
    """The blocks as `(type, value)`, and how many things of each kind were left out."""

    blocks: list[tuple[str, object]] = field(default_factory=list)
    pictures: int = 0
    left_out: Counter = field(default_factory=Counter)


def read_html(html: str) -> PastedText:
    """What `html` (of the clipboard) holds, in its order."""
    soup = BeautifulSoup(html[:MAX_CHARACTERS], "html.parser")
    text = PastedText()
    if len(html) > MAX_CHARACTERS:
        text.left_out[REST] += 1
    for comment in soup.find_all(string=lambda string: isinstance(string, PreformattedString)):
        comment.extract()
    for tag in soup(NOT_TEXT):
        tag.decompose()
    for tag in soup(LEFT_OUT):
        if not tag.decomposed:
            text.left_out[tag.name] += 1
            tag.decompose()
    name_what_styles_say(soup)
    make_lists_of_word(soup)
    levels = sorted({int(tag.name[1]) for tag in soup(HEADINGS) if words(tag)})
    rich: list[str] = []

    def end_paragraph():
        if html := clean("".join(rich)):
            text.blocks.append(("paragraph", html))
        rich.clear()

    for piece in pieces(soup):
        if isinstance(piece, str):
            rich.append(piece)
            continue
        block = block_of(piece, levels)
        if block is not None:
            end_paragraph()
            text.blocks.append(block)
            text.pictures += block[0] == "image"
    end_paragraph()
    return text


def name_what_styles_say(soup: BeautifulSoup) -> None:
    """Give the tags of HTML to what office programs write as styles and classes."""
    for tag in soup.find_all(True):
        style = re.sub(r"\s", "", tag.get("style") or "").lower()
        classes = " ".join(tag.get("class") or [])
        if tag.name == "b" and "font-weight:normal" in style:  # around all that Google Docs copies
            tag.unwrap()
        elif tag.name == "p" and (heading := WORD_HEADING.search(classes)):
            tag.name = f"h{heading[1] or 1}"
        elif tag.name in ("span", "font"):
            if "vertical-align:super" in style:
                tag.name = "sup"
            elif re.search(r"font-weight:(bold|[6-9]00)", style):
                tag.name = "strong"
            elif "font-style:italic" in style:
                tag.name = "em"


def make_lists_of_word(soup: BeautifulSoup) -> None:
    """Word writes the items of a list as paragraphs that begin with their bullet or number."""
    for paragraph in soup.find_all("p", class_=WORD_LIST):
        bullet = paragraph.find(style=re.compile(r"mso-list:\s*Ignore", re.IGNORECASE))
        kind = "ol" if bullet is not None and NUMBER.match(bullet.get_text()) else "ul"
        if bullet is not None:
            bullet.decompose()
        before = previous_tag(paragraph)
        if before is None or before.name != kind or not before.has_attr("data-word"):
            before = soup.new_tag(kind, attrs={"data-word": ""})
            paragraph.insert_before(before)
        paragraph.name, paragraph.attrs = "li", {}
        before.append(paragraph.extract())


def previous_tag(tag: Tag) -> Tag | None:
    for sibling in tag.previous_siblings:
        if isinstance(sibling, Tag):
            return sibling
        if sibling.strip():
            return None
    return None


def pieces(parent: Tag) -> Iterator[str | Tag]:
    """Pieces of rich text, and the tags that become blocks of their own, in their order."""
    line: list[str] = []

    def end_line():
        html = "".join(line)
        line.clear()
        return [f"<p>{html}</p>"] if html.strip() else []

    for child in parent.children:
        if isinstance(child, NavigableString):
            line.append(escape(str(child)) if child.strip() else " ")
        elif child.name not in BLOCK_TAGS and child.find(list(BLOCK_TAGS)) is None:
            line.append(str(child))
        elif child.name in ("ul", "ol") and child.find(["table", "img", *HEADINGS]) is None:
            yield from end_line()
            yield str(child)
        elif child.name in (*HEADINGS, "table", "blockquote", "img"):
            yield from end_line()
            yield child
            if child.name != "img" and child.name != "table":
                yield from child("img")
        else:
            yield from end_line()
            yield from pieces(child)
    yield from end_line()


def block_of(tag: Tag, levels: list[int]) -> tuple[str, object] | None:
    """The block that a heading, a quote, a table or a picture becomes; None where it holds nothing."""
    if tag.name == "img":
        return "image", {"image": None, "alt_text": tag.get("alt", "").strip()}
    if tag.name == "table":
        return table_of(tag)
    text = words(tag)
    if not text:
        return None
    if tag.name == "blockquote":
        return "quote", {"text": text}
    if len(text) > HEADING_LENGTH:
        return "paragraph", f"<p><strong>{escape(text)}</strong></p>"
    return "heading", {"text": text, "level": "2" if int(tag.name[1]) == levels[0] else "3"}


def table_of(tag: Tag) -> tuple[str, object] | None:
    """A table whose first row is its headings, each cell where it stands; one of a single cell is a text."""
    rows = [row for row in tag("tr") if row.find_parent("table") is tag]
    cells = [[cell for cell in row(["td", "th"]) if cell.find_parent("tr") is row] for row in rows]
    texts = [
        [text for cell in row for text in (words(cell), *[""] * (span(cell) - 1))]
        for row in cells
        if any(map(words, row))
    ]
    if not texts:
        return None
    if len(texts) == 1:
        joined = "".join(f"<p>{escape(text)}</p>" for text in texts[0] if text)
        return "paragraph", joined
    width = max(map(len, texts))
    headings, *others = ([*row, *[""] * (width - len(row))] for row in texts)
    names_rows = all(row and row[0].name == "th" for row in cells[1:])
    kinds = ["row_heading" if names_rows and not place else "text" for place in range(width)]
    return "table", {
        "caption": words(tag.caption) if tag.caption else "",
        "columns": [{"type": kind, "heading": text} for kind, text in zip(kinds, headings, strict=True)],
        "rows": [{"values": row} for row in others],
    }


def span(cell: Tag) -> int:
    """How many columns a cell takes."""
    asked = str(cell.get("colspan", "1"))
    return min(max(int(asked), 1), 50) if asked.isascii() and asked.isdigit() else 1


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def clean(html: str) -> str:
    """Rich text that holds what a paragraph of a story may hold, and says something."""
    soup = BeautifulSoup(clean_paragraphs(html), "html.parser")
    for paragraph in soup.select("li > p"):
        paragraph.unwrap()
    for link in soup("a", href=False):
        link.unwrap()
    for tag in soup(["p", "li", "b", "strong", "em", "i", "sup", "a"]):
        if not tag.get_text().strip():
            tag.unwrap() if tag.name not in ("p", "li") else tag.decompose()
    return str(soup).strip() if soup.get_text().strip() else ""
