"""The addresses directly below a page: those that it needs for its own routes, and those that are free."""

from collections.abc import Container
from itertools import chain, count

from django.utils.text import slugify
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

MAX_STEM_LENGTH = 80  # of the part before a number
# Letters that no accent is taken off: what remains of the others is ASCII.
LETTERS = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"})


def slug_of(text: str) -> str:
    """The words of `text` as an address writes them: “Cœur d’Émeraude” → `coeur-demeraude`; "" where it has none."""
    return slugify(text.translate(LETTERS))[:MAX_STEM_LENGTH].strip("-_")


def reserved_slugs(model: type[Page]) -> frozenset[str]:
    """The first steps of the routes of that kind of page: a page below it at one of them would take their place."""
    if not issubclass(model, RoutablePageMixin):
        return frozenset()
    steps = {str(url.pattern).partition("/")[0] for url in model.get_subpage_urls()}
    return frozenset(step for step in steps if step and "<" not in step)


def taken_slugs(parent: Page, but: Page | None = None) -> set[str]:
    """The slugs that a page below `parent` cannot have, unless it is the page `but`, which is there already."""
    beside = parent.get_children().exclude(pk=but.pk if but is not None else None)
    return {*beside.values_list("slug", flat=True), *reserved_slugs(parent.specific_class)}


def free_slug_below(parent: Page, slug: str, but: Page | None = None) -> str:
    """`slug`, made free for a page below `parent`; `but` is that page, where it is there already."""
    return free_slug(slug, taken_slugs(parent, but))


def free_slug(slug: str, taken: Container[str]) -> str:
    """`slug`, or with the first number that makes it one that is not taken."""
    numbered = (f"{slug[:MAX_STEM_LENGTH].rstrip('-')}-{number}" for number in count(2))
    return next(candidate for candidate in chain([slug], numbered) if candidate not in taken)
