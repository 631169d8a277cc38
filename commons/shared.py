"""What the network writes once and every site shows: drafts, revisions, previews, translations."""

from copy import copy
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
)
from wagtail.search import index

from core.page_cache.generations import NETWORK
from core.page_cache.kept import kept
from core.slugs import free_slug


class SharedContentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(live=True)

    def in_language(self, language_code: str, default_language: str = "fr") -> "SharedContentQuerySet":
        """One row for each content: its translation into the language where there is one, else the default's.

        A translation is shown while what it translates is published, and no longer.
        """
        same = self.model.objects.filter(translation_key=models.OuterRef("translation_key"), live=True)
        translated = same.filter(locale__language_code=language_code)
        if language_code == default_language:
            return self.filter(locale__language_code=language_code)
        return self.filter(
            (
                Q(locale__language_code=language_code)
                & models.Exists(same.filter(locale__language_code=default_language))
            )
            | (Q(locale__language_code=default_language) & ~models.Exists(translated))
        )


class SharedContent(
    PreviewableMixin,
    LockableMixin,
    DraftStateMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """Only network admins write it (network/roles.py); everybody reads what is live."""

    preview_template: str

    objects = SharedContentQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        abstract = True
        verbose_name = _("shared content")

    @property
    def lang(self) -> str:
        """The language of its words, where it is not that of the page which shows them; else "" (RGAA 8.7)."""
        language = translation.get_language()
        if language == settings.LANGUAGE_CODE or self.locale_id == locale_key(language):
            return ""
        return settings.LANGUAGE_CODE

    @classmethod
    def unique_in_a_language(cls) -> list[str]:
        """The fields of which no two of one language have the same value."""
        together = [{*fields} - {"locale"} for fields in cls._meta.unique_together if "locale" in fields]
        return [name for fields in together for name in fields if len(fields) == 1 and name != "translation_key"]

    def taken_in_its_language(self, name: str) -> set:
        others = type(self)._default_manager.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        return set(others.values_list(name, flat=True))

    def clean(self):
        """What no form checks, since the language is no field of it: else the database would."""
        super().clean()
        for name in self.unique_in_a_language():
            if getattr(self, name) in self.taken_in_its_language(name):
                message = _("“%(value)s” is taken: write another.") % {"value": getattr(self, name)}
                raise ValidationError({name: message})

    def copied(self) -> "SharedContent":
        """This, not saved, as the start of another: with what must differ made free."""
        another = copy(self)
        another.pk, another.translation_key = None, uuid4()
        for name in self.unique_in_a_language():
            setattr(another, name, free_slug(getattr(self, name), another.taken_in_its_language(name)))
        return another

    def get_preview_template(self, request, mode_name):
        return self.preview_template

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "preview_title": str(self)}


def locale_key(language_code: str) -> int | None:
    def read() -> int | None:
        return Locale.objects.filter(language_code=language_code).values_list("pk", flat=True).first()

    return kept(("locale", language_code), [NETWORK], read)


def in_page_language(rows: list) -> list:
    """These rows of one kind of shared content, each as the network translated it into the language of the page."""
    language = translation.get_language()
    if language == settings.LANGUAGE_CODE or not rows:
        return rows
    model = type(rows[0])

    def read() -> dict:
        translated = model._default_manager.filter(live=True, locale__language_code=language)
        return {row.translation_key: row for row in translated}

    known = kept((model._meta.label, language), [NETWORK], read)
    return [known.get(row.translation_key, row) for row in rows]
