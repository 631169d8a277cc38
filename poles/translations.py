"""Translations of what a pôle writes: who may make which, what they need around them, and which went stale.

wagtail-localize makes a translation with all that it refers to, below copies that only lead back to the French. Ours is
of what this person may write, below real pages, and knows when its source has changed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site
from wagtail.signals import page_published, published
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from core.identity import SiteIdentity
from core.isolation.guard import may_change
from core.querysets import HOME_DEPTH
from core.seams import brought

BRETON = "br"
make_translations = TranslationCreator.create_translations


def create_translations(self: TranslationCreator, instance, include_related_objects: bool = True) -> None:
    """Of what was asked for, and of what it refers to where this person may write that.

    What the network owns is shown in French until the network translates it.
    """
    is_asked_for = include_related_objects or self.user is None  # by a command
    if not is_asked_for and not may_change(self.user, instance):
        return
    if include_related_objects and isinstance(instance, Page):
        for locale in self.target_locales:
            translate_parents(self, instance, locale)
    make_translations(self, instance, include_related_objects)


def translate_parents(creator: TranslationCreator, page: Page, locale) -> None:
    """Make the pages above it real ones in that language, with a title proposed, where there are none, or copies."""
    for parent in page.get_ancestors().filter(depth__gte=HOME_DEPTH).order_by("depth"):
        translated = parent.get_translation_or_none(locale)
        if translated is not None and translated.alias_of_id is None:
            continue
        make_translations(TranslationCreator(creator.user, [locale]), parent, include_related_objects=False)
        translation = Translation.objects.get(source__object_id=parent.translation_key, target_locale=locale)
        propose_title(translation, parent)


def starter_titles(language_code: str) -> dict[str, str]:
    """The French title of each page that a new site begins with → its title in that language."""
    starters = brought("starter_pages")
    return {starter.title: starter.titles[language_code] for starter in starters if language_code in starter.titles}


def propose_title(translation: Translation, page: Page) -> None:
    """The title that the page has in that language on every site, where it still has the French one of every site."""
    title = starter_titles(translation.target_locale.language_code).get(page.title)
    segment = StringSegment.objects.filter(source=translation.source, context__path="title").first()
    if not title or segment is None:
        return
    StringTranslation.objects.get_or_create(
        translation_of_id=segment.string_id,
        locale=translation.target_locale,
        context_id=segment.context_id,
        defaults={"data": title, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
    )
    translation.save_target(publish=False)


def on_published(sender, instance, **kwargs) -> None:
    """A translation that goes on line takes the pages above it along; a source tells its translations what is new."""
    if not hasattr(instance, "translation_key"):
        return
    if instance.locale.language_code != settings.LANGUAGE_CODE:
        if isinstance(instance, Page):
            publish_parents(instance)
        return
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source is not None and source.translations.filter(enabled=True).exists():
        source.update_from_db()


def publish_parents(page: Page) -> None:
    """Of a translation: those whose source is on line, and that were never published themselves."""
    for parent in page.get_ancestors().filter(depth__gt=HOME_DEPTH, live=False, first_published_at=None).specific():
        if parent.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE, live=True).exists():
            revision = parent.get_latest_revision() or parent.save_revision()
            revision.publish()


def open_breton(site: Site) -> None:
    """Give a site its Breton part, on line at once: a home without words of its own, and the lists of its menu.

    What they list is in French until it is translated. What is there already stays as it is.
    """
    breton, _made = Locale.objects.get_or_create(language_code=BRETON)
    home = site.root_page.specific
    if home.get_translation_or_none(breton) is not None:
        return
    translated = home.copy_for_translation(breton)
    translated.body, translated.summary = [], ""
    translated.save_revision().publish()
    titles = starter_titles(BRETON)
    for page in home.get_children().filter(live=True).specific():
        if page.title in titles and not has_words(page):
            section = page.copy_for_translation(breton)
            section.title = titles[page.title]
            section.save_revision().publish()


def has_words(page: Page) -> bool:
    """Whether it says something that would stand there in French."""
    return any(getattr(page, name, None) for name in ("body", "introduction", "summary"))


def on_identity_saved(sender, instance, raw=False, **kwargs) -> None:
    if instance.breton_enabled and not raw and instance.site.root_page is not None:
        open_breton(instance.site)


def connect() -> None:
    post_save.connect(on_identity_saved, sender=SiteIdentity, dispatch_uid="poles.translations")
    TranslationCreator.create_translations = create_translations
    page_published.connect(on_published, dispatch_uid="poles.translations")
    published.connect(on_published, dispatch_uid="poles.translations")


# The state of each


class TranslationState:
    TRANSLATED, STALE, DRAFT, MISSING = "traduite", "a-revoir", "brouillon", "francais"
    LABELS = {
        TRANSLATED: _("translated"),
        STALE: _("to be looked at again"),
        DRAFT: _("not published yet"),
        MISSING: _("the French page stands in"),
    }


@dataclass(frozen=True)
class TranslatedPage:
    source: Page
    translation: Page | None
    missing: int = 0  # texts of the source, as it is published, that have no translation

    @property
    def state(self) -> str:
        if self.translation is None:
            return TranslationState.MISSING
        if not self.translation.live:
            return TranslationState.DRAFT
        return TranslationState.STALE if self.missing else TranslationState.TRANSLATED

    @property
    def label(self):
        return TranslationState.LABELS[self.state]


def missing_texts(keys: Iterable, language_code: str) -> Counter:
    """Of each source among these translation keys, how many of its texts are not translated; in one query.

    A number, a date or a sign is the same in every language.
    """
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string_id"), context=OuterRef("context_id"), locale__language_code=language_code
    )
    segments = StringSegment.objects.filter(source__object_id__in=list(keys)).exclude(Exists(done))
    texts = segments.values_list("source__object_id", "string__data")
    return Counter(key for key, text in texts if any(letter.isalpha() for letter in text))


def translated_pages(sources: QuerySet, language_code: str) -> list[TranslatedPage]:
    """These French pages, each with its translation and what it lacks; in three queries."""
    sources = list(sources)
    keys = [page.translation_key for page in sources]
    translations = Page.objects.filter(
        translation_key__in=keys, locale__language_code=language_code, alias_of__isnull=True
    )
    by_key = {page.translation_key: page for page in translations}
    missing = missing_texts(by_key, language_code)
    return [TranslatedPage(page, by_key.get(page.translation_key), missing[page.translation_key]) for page in sources]
