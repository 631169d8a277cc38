from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.blocks import CharBlock, RichTextBlock, StreamValue, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from commons.shared import SharedContent, SharedContentQuerySet


class CommitmentBlock(StructBlock):
    title = CharBlock(max_length=140, label=_("Title"))
    text = RichTextBlock(features=["bold", "italic", "link", "ul", "ol"], label=_("Text"))

    class Meta:
        icon = "check"
        label = _("Commitment")
        label_format = "{title}"


class CharterQuerySet(SharedContentQuerySet):
    def adopted(self):
        """Versions in force today or before, newest first: the first is the one in force, the rest are its past."""
        return self.live().filter(in_force_from__lte=timezone.localdate()).order_by("-in_force_from", "-pk")

    def announced(self):
        """Versions to come that may be told of, the next one first."""
        today = timezone.localdate()
        return self.live().filter(in_force_from__gt=today, announced_from__lte=today).order_by("in_force_from", "pk")


class Charter(SharedContent):
    """One version of the network's charter: its text and numbered commitments.

    A revision of the charter is a new row, so that what a pôle signed stays readable as it signed it.
    """

    title = models.CharField(_("title"), max_length=140)
    version = models.CharField(
        _("version"), max_length=20, validators=[validate_slug], help_text=_("As it is called: “2”, “2026”.")
    )
    in_force_from = models.DateField(_("in force from"))
    announced_from = models.DateField(
        _("announced from"),
        null=True,
        blank=True,
        help_text=_("From that day on every site says that this version comes, and lets people read it."),
    )
    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link", "ul", "ol"])
    commitments = StreamField(
        [("commitment", CommitmentBlock())],
        verbose_name=_("commitments"),
        help_text=_("They are numbered in this order."),
    )

    objects = CharterQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("version"), FieldPanel("in_force_from"), FieldPanel("announced_from")]),
        FieldPanel("introduction"),
        FieldPanel("commitments"),
    ]
    search_fields = [
        index.SearchField("title", boost=5),
        index.AutocompleteField("title"),
        index.SearchField("introduction"),
        index.SearchField("commitments"),
        index.FilterField("live"),
    ]
    preview_template = "commons/previews/charter.html"

    class Meta(SharedContent.Meta):
        verbose_name = _("charter")
        verbose_name_plural = _("charter")
        ordering = ["-in_force_from"]
        unique_together = [("translation_key", "locale"), ("version", "locale")]

    @property
    def anchored_commitments(self) -> list[tuple[str, StreamValue.StreamChild]]:
        """Each commitment with the anchor at which it stands in a page: people link to it."""
        return [(f"engagement-{number}", block) for number, block in enumerate(self.commitments, start=1)]

    def clean(self):
        super().clean()
        if self.announced_from and self.in_force_from and self.announced_from > self.in_force_from:
            raise ValidationError({"announced_from": _("It would be announced after it came into force.")})

    def __str__(self):
        return _("%(title)s – version %(version)s") % {"title": self.title, "version": self.version}


def charter_versions():
    """Every version that is or was in force, newest first, in the language of the page."""
    return Charter.objects.adopted().in_language(translation.get_language())


def charters_to_come():
    """Every version that is announced, the next first, in the language of the page."""
    return Charter.objects.announced().in_language(translation.get_language())


def charter_in_force() -> Charter | None:
    return charter_versions().first()
