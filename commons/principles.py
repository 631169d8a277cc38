from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from commons.shared import SharedContent


class Principle(SharedContent):
    """One of the principles that characterise the ESS (law of 31 July 2014)."""

    title = models.CharField(_("title"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80)
    summary = models.TextField(_("in one sentence"), max_length=300)
    text = RichTextField(_("explanation"), features=["bold", "italic", "link", "ul", "ol"])
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("text"),
        FieldPanel("sort_order"),
    ]
    search_fields = [
        index.SearchField("title", boost=5),
        index.AutocompleteField("title"),
        index.SearchField("summary"),
        index.SearchField("text"),
        index.FilterField("live"),
    ]
    preview_template = "commons/previews/principle.html"

    class Meta(SharedContent.Meta):
        verbose_name = _("principle")
        verbose_name_plural = _("principles")
        ordering = ["sort_order", "title"]
        unique_together = [("translation_key", "locale"), ("slug", "locale")]

    def __str__(self):
        return self.title


def principles_in_force():
    """The live principles in the language of the page, in their order."""
    return Principle.objects.live().in_language(translation.get_language())
