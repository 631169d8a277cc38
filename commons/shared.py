"""What the network writes once and every site shows: drafts, revisions, previews, translations."""

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

    def get_preview_template(self, request, mode_name):
        return self.preview_template

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "preview_title": str(self)}
