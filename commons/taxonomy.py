"""What the network sorts things by, in the same words on every site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from commons.shared import SharedContent


class Taxonomy(SharedContent):
    """A word to sort by: a topic of what is published, a sector of who does what."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=60, help_text=_("Used in addresses: “monnaies-locales”."))
    description = models.TextField(_("description"), blank=True, max_length=300)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]
    search_fields = [index.SearchField("name", boost=5), index.AutocompleteField("name"),
                     index.SearchField("description"), index.FilterField("live")]  # fmt: skip
    preview_template = "commons/previews/topic.html"

    class Meta(SharedContent.Meta):
        abstract = True
        ordering = ["name"]
        unique_together = [("translation_key", "locale"), ("slug", "locale")]

    def __str__(self):
        return self.name
