"""The addresses that an agenda needs itself (events.index_page): a page below it there would take their place."""

from itertools import chain, count

from django.db import models
from wagtail.models import Page

RESERVED_SLUGS = frozenset(
    {"mois", "semaine", "archives", "campagne", "abonnement", "imprimer", "ical", "rss", "atom", "csv", "geojson"}
)


def free_slug(slug: str, parent: Page | None, page: Page | None = None) -> str:
    """`slug`, or with the first number that makes it an address that nothing has below `parent`."""
    taken = set()
    if parent is not None:
        beside = parent.get_children().exclude(pk=page.pk if page is not None else None)
        taken = set(beside.filter(slug__startswith=slug[:80]).values_list("slug", flat=True))
    numbered = (f"{slug[:80]}-{number}" for number in count(2))
    return next(one for one in chain([slug], numbered) if one not in taken | RESERVED_SLUGS)


class BelowAnAgenda(models.Model):
    """Wagtail cleans before it saves, whoever saves: in the form, a copy, an import."""

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs):
        super().full_clean(*args, **kwargs)
        if self.slug in RESERVED_SLUGS:
            self.slug = free_slug(self.slug, self.get_parent() if self.path else None, self)
