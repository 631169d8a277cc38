"""What the network writes once and every site shows: drafts, revisions, previews, translations."""

from copy import copy
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
)
from wagtail.search import index

from core.slugs import free_slug


class SharedContentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(live=True)

    def in_language(self, language_code: str, default_language: str = "fr") -> "SharedContentQuerySet":
        """One row for each content: its translation into the language where there is one, else the default's."""
        translated = self.model.objects.filter(
            translation_key=models.OuterRef("translation_key"),
            locale__language_code=language_code,
            live=True,
        )
        return self.filter(
            Q(locale__language_code=language_code)
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
