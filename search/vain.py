"""What was looked for in vain: words and how often, by site and month; nothing of who asked."""

import re
from datetime import date

from django.db import models
from django.db.models import F, Sum
from django.db.utils import OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from core.analysis import words_of

LEAST_NUMBER = 3  # rarer words may say who asked
MAX_LENGTH = 60
KEPT_MONTHS = 13
MAX_A_MONTH = 3000  # different words of a site
# Numbers of telephones, of persons, addresses: never kept.
PRIVATE = re.compile(r"@|\d(?:[ .\-/]?\d){5}")


class VainSearchQuerySet(models.QuerySet):
    def frequent(self):
        """By site and words, over the months that are kept, the most frequent first; what is rare is left out."""
        return (
            self.values("site", "words")
            .annotate(total=Sum("number"), last=models.Max("month"))
            .filter(total__gte=LEAST_NUMBER)
            .order_by("-total", "words")
        )

    def old(self):
        today = timezone.localdate()
        months = today.year * 12 + today.month - 1 - KEPT_MONTHS
        return self.filter(month__lt=date(months // 12, months % 12 + 1, 1))


class VainSearch(models.Model):
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    words = models.CharField(_("words"), max_length=MAX_LENGTH)
    number = models.PositiveIntegerField(default=1)

    objects = VainSearchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "month", "words"], name="search_vain_once")]

    def __str__(self):
        return self.words


def count_of_month(site: Site, month: date) -> int:
    return VainSearch.objects.filter(site=site, month=month).count()


def count_in_vain(site: Site, query: str) -> None:
    """Count a query that found nothing. Whatever hinders it, the visitor gets the page."""
    words = " ".join(words_of(query))
    if not words or len(words) > MAX_LENGTH or PRIVATE.search(query):
        return
    month = timezone.localdate().replace(day=1)
    try:
        counted = VainSearch.objects.filter(site=site, month=month, words=words)
        if not counted.update(number=F("number") + 1) and count_of_month(site, month) < MAX_A_MONTH:
            VainSearch.objects.bulk_create([VainSearch(site=site, month=month, words=words)], ignore_conflicts=True)
    except OperationalError:  # another process writes, and SQLite waits no longer
        pass
