"""What is found: a row for each published page, and for each part of one that is found by itself.

Rows say what a page is about, never where it is or who may see it: that is asked of the page at every search.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import CharField, Q
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from wagtail.models import Page
from wagtail.search import index

from core.querysets import HOME_LENGTH, pages


class SearchEntryQuerySet(models.QuerySet):
    def shown(self, language: str) -> "SearchEntryQuerySet":
        """Of published pages in that language; in Breton, also of the French ones that are not translated."""
        published = pages().published()
        found = self.filter(page__in=published)
        own = Q(language=language)
        if language == settings.LANGUAGE_CODE:
            return found.filter(own)
        translated = published.filter(locale__language_code=language).values("translation_key")
        french = Q(language=settings.LANGUAGE_CODE) & ~Q(page__translation_key__in=translated)
        return found.filter(own | french)

    def of_network(self, homes: Iterable[str], closed: Iterable[str] = ()) -> "SearchEntryQuerySet":
        """Those of every site but the `closed` ones, by the paths of their homes.

        What the network shares stands on every site: that of the site one is on, at `homes`, stands for all.
        """
        found = self.annotate(home_path=Substr("page__path", 1, HOME_LENGTH))
        return found.exclude(home_path__in=list(closed)).filter(Q(is_shared=False) | Q(home_path__in=list(homes)))


class SearchEntry(index.Indexed, models.Model):
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=80, default="")
    address = models.CharField(max_length=400, default="")
    language = models.CharField(max_length=8)
    kind = models.CharField(max_length=20)
    is_shared = models.BooleanField(default=False)
    title = models.CharField(max_length=255)
    title_stems = models.TextField(default="")  # " coop batiment ", by which a rank is told
    keywords = models.TextField(default="")
    keyword_stems = models.TextField(default="")
    pole = models.CharField(max_length=250, default="")  # its name and that of its pays, which people type too
    summary = models.TextField(default="")
    summary_stems = models.TextField(default="")
    text = models.TextField(default="")
    picture = models.ForeignKey("core.SiteImage", null=True, on_delete=models.SET_NULL, related_name="+")
    date = models.DateTimeField(null=True)
    until = models.DateField(null=True)
    dates = models.JSONField(default=list)  # ISO 8601
    commune = models.CharField(max_length=80, default="")
    commune_key = models.CharField(max_length=80, default="", db_index=True)
    offers = models.TextField(default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    is_stale = models.BooleanField(default=False)

    objects = SearchEntryQuerySet.as_manager()

    search_auto_update = False  # `search.indexing` writes a row and its index together
    search_fields = [
        index.SearchField("title", boost=10),
        index.AutocompleteField("title"),
        index.SearchField("keywords", boost=5),
        index.SearchField("summary", boost=2),
        index.SearchField("pole"),
        index.SearchField("text"),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "part"], name="search_entry_once")]
        indexes = [
            # By which the index of the search names a row.
            models.Index(Cast("id", CharField(max_length=50)), name="search_entry_as_text"),
            models.Index(fields=["is_stale"], condition=Q(is_stale=True), name="search_entry_stale"),
        ]

    def __str__(self):
        return self.title

    @property
    def search_language(self) -> str:
        return self.language

    def get_url(self, request) -> str:
        if self.address.startswith("/"):  # of a file
            return self.address
        return (self.page.get_url(request) or "") + self.address

    @property
    def next_date(self):
        """When it next takes place, or took place last; None for what has no dates."""
        moments = [datetime.fromisoformat(moment) for moment in self.dates]
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return next((moment for moment in moments if moment >= today), moments[-1] if moments else None)


class EntrySubject(models.Model):
    """A topic, or a sector, that an entry is about; with its name in the language of the entry."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="subjects")
    key = models.CharField(max_length=36, db_index=True)
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="search_subject_once")]

    def __str__(self):
        return self.name
