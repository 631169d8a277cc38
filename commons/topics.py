"""Topics: the network's one way to sort what everybody publishes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from commons.shared import SharedContent

MOST_TOPICS = 5


class Topic(SharedContent):
    """A subject that articles and videos are sorted by, the same on every site."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=60, help_text=_("Used in addresses: “monnaies-locales”."))
    description = models.TextField(_("description"), blank=True, max_length=300)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]
    search_fields = [index.SearchField("name", boost=5), index.AutocompleteField("name"),
                     index.SearchField("description"), index.FilterField("live")]  # fmt: skip
    preview_template = "commons/previews/topic.html"

    class Meta(SharedContent.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        unique_together = [("translation_key", "locale"), ("slug", "locale")]

    def __str__(self):
        return self.name


class TopicRelation(Orderable):
    """A page's topic; each kind of page subclasses it with a `page` ParentalKey, related name `page_topics`.

    A child row rather than a many-to-many field: Wagtail's reference index follows child rows alone, and the usage
    screen of a topic must show where it is used.
    """

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        abstract = True


def topics_panel() -> MultipleChooserPanel:
    """Where an author ticks the topics of a page."""
    return MultipleChooserPanel(
        "page_topics", chooser_field_name="topic", heading=_("Topics"), label=_("topic"), max_num=MOST_TOPICS
    )
