"""Writes down what is found of pages, in the moment in which they are saved."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import translation
from django_tasks import task
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex, get_page_models
from wagtail.search.backends import get_search_backend

from commons.taxonomy import Taxonomy
from core.analysis import asked
from core.findable import DOCUMENTS, Findable
from core.page_cache.changes import changed
from core.page_cache.generations import SEARCH
from core.page_cache.rules import DRAFT_FIELDS
from core.pages import BasePage
from core.querysets import HOME_DEPTH, HOME_LENGTH, below
from core.words import fold
from poles.registry import Pays, Pole
from search.entries import EntrySubject, SearchEntry, SearchEntryQuerySet
from search.sites import searched_sites
from search.vocabulary import Word, learn, rows_of, words_in

MAX_TEXT = 200_000  # characters of an entry
AT_ONCE = 100  # pages
MAX_REFRESHED_AT_ONCE = 200
# All that is written of an entry, but of what it is one.
WRITTEN = [field for field in SearchEntry._meta.concrete_fields if field.name not in ("id", "page", "part")]


def documents_of(page: BasePage) -> list[Findable]:
    """The documents that a page leads to, by their titles; those that a password protects are not told of."""
    model = get_document_model()
    document_type = ContentType.objects.get_for_model(model).pk
    references = ReferenceIndex._extract_references_from_object(page)
    keys = {key for content_type, key, *_path in references if content_type == document_type}
    documents = model.objects.filter(pk__in=keys).select_related("collection").order_by("pk") if keys else []
    return [
        Findable(
            title=document.title,
            kind=DOCUMENTS,
            part=part_of_document(document),
            address=document.url,
            keywords=(str(model._meta.verbose_name), document.filename),
        )
        for document in documents
        if not document.collection.get_view_restrictions()
    ]


def part_of_document(document) -> str:
    return f"document-{document.pk}"


def findables_of(page: BasePage) -> list[Findable]:
    with translation.override(page.locale.language_code):
        return [page.findable(), *page.findable_parts(), *documents_of(page)]


def poles_by_home() -> dict[str, str]:
    """The path of each home of a pôle → the names of the pôle and of its pays."""
    return {path: f"{site.name} {site.pays}" for site in searched_sites() if site.pays for path in site.paths}


def entry_of(page: BasePage, found: Findable, pole: str) -> SearchEntry:
    keywords = "\n".join(dict.fromkeys(filter(None, found.keywords)))
    return SearchEntry(
        page_id=page.pk,
        part=found.part,
        address=found.address,
        language=page.locale.language_code,
        kind=found.kind.code,
        is_shared=found.is_shared,
        title=found.title[:255],
        title_stems=f" {asked(found.title)} ",
        keywords=keywords,
        keyword_stems=f" {asked(keywords)} ",
        pole=pole,
        summary=found.summary,
        summary_stems=f" {asked(found.summary)} ",
        text=found.text[:MAX_TEXT],
        picture_id=found.picture,
        date=found.date,
        until=found.until,
        dates=[moment.isoformat() for moment in found.dates],
        commune=found.commune,
        commune_key=fold(found.commune)[:80],
        offers=found.offers,
        latitude=None if found.latitude is None else float(found.latitude),
        longitude=None if found.longitude is None else float(found.longitude),
    )


def subjects_of(entry: SearchEntry) -> dict[str, str]:
    return {subject.key: subject.name for subject in entry.subjects.all()}


def is_as_before(entry: SearchEntry, wanted: SearchEntry, found: Findable) -> bool:
    same = all(getattr(entry, field.attname) == getattr(wanted, field.attname) for field in WRITTEN)
    return same and subjects_of(entry) == found.subjects


@transaction.atomic
def write_entries(saved: Iterable[BasePage]) -> None:
    """Make the entries of these pages what the pages now are; a page that is not live has none."""
    saved = list(saved)
    stood = {
        (entry.page_id, entry.part): entry
        for entry in SearchEntry.objects.filter(page__in=[page.pk for page in saved]).prefetch_related("subjects")
    }
    wanted = {(page.pk, found.part): (page, found) for page in saved if page.live for found in findables_of(page)}
    if gone := [entry.pk for key, entry in stood.items() if key not in wanted]:
        SearchEntry.objects.filter(pk__in=gone).delete()
        changed({SEARCH})
    poles = poles_by_home() if wanted else {}
    written, subjects = [], []
    for key, (page, found) in wanted.items():
        entry = entry_of(page, found, poles.get(page.path[:HOME_LENGTH], ""))
        if key in stood:
            if is_as_before(stood[key], entry, found):
                continue
            entry.pk = stood[key].pk
        written.append(entry)
        subjects.append(found.subjects)
    if written:
        write(written, subjects)


def write(entries: list[SearchEntry], subjects: list[dict[str, str]]) -> None:
    new = [entry for entry in entries if entry.pk is None]
    known = [entry for entry in entries if entry.pk is not None]
    SearchEntry.objects.bulk_create(new, batch_size=AT_ONCE)
    SearchEntry.objects.bulk_update(known, [field.name for field in WRITTEN], batch_size=AT_ONCE)
    if known:
        EntrySubject.objects.filter(entry__in=known).delete()
    EntrySubject.objects.bulk_create(
        [
            EntrySubject(entry=entry, key=key, name=name)
            for entry, names in zip(entries, subjects, strict=True)
            for key, name in names.items()
        ]
    )
    learn(f"{entry.title} {entry.keywords} {entry.summary} {entry.text}" for entry in entries)
    get_search_backend().add_bulk(SearchEntry, entries)


def every_page() -> Iterable[BasePage]:
    """The live pages of each class, read by the hundred."""
    for model in get_page_models():
        if issubclass(model, BasePage):
            found = model.objects.filter(live=True).select_related("locale").order_by("pk")
            yield from found.iterator(chunk_size=AT_ONCE)


def rewrite_everything() -> None:
    """Make every entry what its page is, and the vocabulary what the entries hold."""
    for chunk in chunks(every_page()):
        write_entries(chunk)
    count_words()


def chunks(found: Iterable[BasePage]) -> Iterable[list[BasePage]]:
    found = iter(found)
    while chunk := list(islice(found, AT_ONCE)):
        yield chunk


@transaction.atomic
def count_words() -> None:
    """Write the vocabulary anew: every word of what is published, and how many entries hold it."""
    words: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    texts = (
        SearchEntry.objects.filter(page__live=True).order_by("pk").values_list("title", "keywords", "summary", "text")
    )
    for parts in texts.iterator(chunk_size=AT_ONCE):
        found = words_in(" ".join(parts))
        words = found | words
        numbers.update(found.keys())
    Word.objects.all().delete()
    rows = rows_of(words)
    for row in rows:
        row.number = numbers[row.word]
    Word.objects.bulk_create(rows, batch_size=2000)


# What is shown on pages, saved by itself


def mark_stale(entries: SearchEntryQuerySet) -> None:
    """The pages of these entries are read again: a few at once, the others by the periodic run."""
    if entries.update(is_stale=True):
        refresh_task.enqueue()


@task()
def refresh_task() -> None:
    refresh_stale()


def refresh_stale(limit: int = MAX_REFRESHED_AT_ONCE) -> None:
    pages = set(SearchEntry.objects.filter(is_stale=True).values_list("page_id", flat=True)[:limit])
    if not pages:
        return
    for chunk in chunks(Page.objects.filter(pk__in=pages).specific().iterator(chunk_size=AT_ONCE)):
        SearchEntry.objects.filter(page__in=[page.pk for page in chunk]).update(is_stale=False)
        write_entries([page for page in chunk if isinstance(page, BasePage)])


@cache
def models_shown() -> dict[str, list[type[BasePage]]]:
    """The models whose rows pages bring to the search, each with the classes of these pages."""
    found = defaultdict(list)
    for model in get_page_models():
        for label in getattr(model, "shows_in_search", ()):
            found[label].append(model)
    return found


def on_saved(sender, instance, update_fields=None, raw=False, **kwargs):
    if raw or (update_fields and DRAFT_FIELDS.issuperset(update_fields)):
        return
    if isinstance(instance, Page):
        write_entries([page for page in [instance.specific] if isinstance(page, BasePage)])
    else:
        on_related(sender, instance)


def on_related(sender, instance, **kwargs):
    """A row that pages show in the search was saved, or deleted."""
    if isinstance(instance, Pole | Pays):
        named = {"pk": instance.pk} if isinstance(instance, Pole) else {"pays": instance}
        keys = Pole.objects.filter(**named).values("site__root_page__translation_key")
        homes = Page.objects.filter(depth=HOME_DEPTH, translation_key__in=keys).values_list("path", flat=True)
        if homes := list(homes):
            mark_stale(SearchEntry.objects.filter(below(homes, "page__path")))
    elif shown_by := models_shown().get(sender._meta.label):
        types = ContentType.objects.get_for_models(*shown_by).values()
        mark_stale(SearchEntry.objects.filter(part="", page__content_type__in=types))
    elif isinstance(instance, Taxonomy):
        key = str(instance.translation_key)
        mark_stale(SearchEntry.objects.filter(subjects__key=key))
    elif isinstance(instance, get_document_model()):
        mark_stale(SearchEntry.objects.filter(part=part_of_document(instance)))
    elif isinstance(instance, CollectionViewRestriction):
        documents = get_document_model().objects.filter(
            collection__in=instance.collection.get_descendants(inclusive=True)
        )
        mark_stale(SearchEntry.objects.filter(part__in=[part_of_document(document) for document in documents]))


def listen() -> None:
    post_save.connect(on_saved, dispatch_uid="search entries")
    post_delete.connect(on_deleted, dispatch_uid="search entries")


def on_deleted(sender, instance, **kwargs):
    if not isinstance(instance, Page):  # its entries go with it
        on_related(sender, instance)
