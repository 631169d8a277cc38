"""What a page brings to the search: itself, and the parts of it that are found by themselves."""

import datetime
from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search.index import BaseField, RelatedFields, SearchField

MAX_DATES = 120


def next_of(moments: list[datetime.datetime]) -> list[datetime.datetime]:
    """As many of the moments (in order) as are kept: those to come first, else the last ones."""
    over = bisect_left(moments, timezone.now())
    return moments[max(min(over, len(moments) - MAX_DATES), 0) :][:MAX_DATES]


@dataclass(frozen=True)
class SearchKind:
    """What visitors sort results by: its code in addresses, and its name."""

    code: str
    label: str
    singular: str = ""


PAGES = SearchKind("page", _("Pages"))
DOCUMENTS = SearchKind("document", _("Documents"), _("Document"))


@dataclass(frozen=True)
class Findable:
    """A page, or a part of it: what of it is looked through, shown, and sorted by."""

    title: str
    kind: SearchKind = PAGES
    part: str = ""  # "" for the page itself
    address: str = ""  # of the part, from the page's own: "#solidarite", or from the root of the site
    is_shared: bool = False  # of the network: every site has it
    keywords: tuple[str, ...] = ()  # counts for more than the text
    summary: str = ""
    text: str = ""
    picture: int | None = None  # key of a `core.SiteImage`
    date: datetime.datetime | None = None
    until: datetime.date | None = None  # the last day of what takes place
    dates: list[datetime.datetime] = field(default_factory=list)  # at which it takes place, in order
    commune: str = ""
    offers: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    subjects: dict[str, str] = field(default_factory=dict)  # translation key of a topic, or a sector → its name


def searched_text(page) -> str:
    """The text of the fields that a class of pages declares to be searched, its title and summary apart."""

    def values(instance, fields: list[BaseField]):
        for searched in fields:
            if isinstance(searched, RelatedFields):
                related = getattr(instance, searched.field_name)
                for other in related.all() if hasattr(related, "all") else filter(None, [related]):
                    yield from values(other, searched.fields)
            elif isinstance(searched, SearchField) and searched.field_name not in ("title", "summary"):
                yield searched.get_value(instance)

    return " ".join(" ".join(flat(list(values(page, page.get_search_fields())))).split())


def flat(value) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in flat(item)]
    return [str(value)] if value else []
