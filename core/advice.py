"""What a page might still say better, told to whoever writes it before they publish. Nothing here stops them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from core.blocks.data import KeyFiguresBlock
from core.blocks.media import pictures_of
from core.blocks.text import HeadingBlock
from core.querysets import HOME_LENGTH, pages
from core.words import fold

# Words of a link, as `fold` leaves them, that say nothing without what stands around them (RGAA 4.1, criterion 6.1).
VAGUE_WORDS = frozenset(
    {
        "ici", "la", "lien", "ce lien", "cliquer ici", "cliquez ici", "cliquer", "cliquez", "lire la suite", "suite",
        "en savoir plus", "plus d infos", "plus d informations", "voir", "voir ici", "click here", "here", "aman",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Advice:
    """`text` says what and why; `path` is where, as the editor's form knows it: a field's name or a block's key."""

    text: str
    path: str = ""


def streams(page: Page) -> Iterator[tuple[str, StreamValue]]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield field.name, getattr(page, field.name)


def rich_texts(value) -> Iterator[str]:
    """The HTML of every rich text in the value of a block, however deep it stands."""
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(value, StructValue):
        for inner in value.values():
            yield from rich_texts(inner)
    elif isinstance(value, StreamValue):
        for child in value:
            yield from rich_texts(child.value)
    elif isinstance(value, ListValue | list | tuple):
        for inner in value:
            yield from rich_texts(inner)


def texts(page: Page) -> Iterator[tuple[str, str]]:
    """Where, and the HTML, of all that is written on the page."""
    for _name, stream in streams(page):
        for block in stream:
            yield from ((block.id, html) for html in rich_texts(block.value))
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            yield field.name, getattr(page, field.name)


def empty_headings(page: Page) -> Iterator[Advice]:
    for _name, stream in streams(page):
        blocks = list(stream)
        for block, following in zip_longest(blocks, blocks[1:]):
            if not isinstance(block.block, HeadingBlock):
                continue
            is_heading = following is not None and isinstance(following.block, HeadingBlock)
            if following is None or (is_heading and following.value["level"] <= block.value["level"]):
                said = _("The heading “%(heading)s” has no text under it.") % {"heading": block.value["text"]}
                yield Advice(said, block.id)


def figures_without_year(page: Page) -> Iterator[Advice]:
    for _name, stream in streams(page):
        for block in stream:
            if isinstance(block.block, KeyFiguresBlock):
                for figure in block.value["figures"]:
                    if not figure["year"]:
                        said = _("The figure “%(figure)s” does not say of which year it is.")
                        yield Advice(said % {"figure": f"{figure['value']} {figure['label']}"}, block.id)


def vague_links(page: Page) -> Iterator[Advice]:
    for path, html in texts(page):
        for link in BeautifulSoup(html, "html.parser").find_all("a"):
            if fold(link.get_text(" ")) in VAGUE_WORDS:
                said = _("The link “%(words)s” does not say where it leads: link the words that do.")
                yield Advice(said % {"words": link.get_text(" ").strip()}, path)


def dead_links(page: Page) -> list[Advice]:
    """Links and choices of pages that visitors cannot open."""
    wanted: dict[str, str] = {}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField | RichTextField):
            for model, key, _model_path, content_path in field.extract_references(getattr(page, field.name)):
                if issubclass(model, Page):
                    wanted.setdefault(str(key), content_path.split(".")[0] or field.name)
    targets = {str(target.pk): target for target in Page.objects.filter(pk__in=wanted)}
    return [
        Advice(dead_link(page, targets.get(key)), path)
        for key, path in wanted.items()
        if key not in targets or not targets[key].live
    ]


def dead_link(page: Page, target: Page | None) -> str:
    if target is None:
        return _("It leads to a page that was deleted.")
    if target.path.startswith(page.path[:HOME_LENGTH]):
        return _("It leads to “%(title)s”, which is not on line.") % {"title": target.title}
    return _("It leads to a page that is not on line.")  # another site's draft: not even its title is theirs to read


def namesake(page: Page) -> list[Advice]:
    """Another page of the site with the same title: in a list or a search nobody can tell them apart."""
    site = page.get_site()
    if site is None:
        return []
    others = pages().published().descendant_of(site.root_page).filter(title__iexact=page.title, locale=page.locale)
    other = others.exclude(pk=page.pk).first()
    if other is None:
        return []
    said = _("Another page of the site, below “%(parent)s”, has this title.")
    return [Advice(said % {"parent": other.get_parent().title}, "title")]


def pictures_without_credit(page: Page) -> Iterator[Advice]:
    seen = set()
    for _name, stream in streams(page):
        for picture in pictures_of(stream):
            if not picture.credit and picture.pk not in seen:
                seen.add(picture.pk)
                yield Advice(_("The picture “%(title)s” has no credit: who took it?") % {"title": picture.title})


def advice_on_text(page: Page) -> list[Advice]:
    """What may be said of any page."""
    found = [*empty_headings(page), *figures_without_year(page), *vague_links(page)]
    return [*found, *dead_links(page), *pictures_without_credit(page)]
