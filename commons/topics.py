"""Topics: the network's one way to sort what everybody publishes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.models import Orderable

from commons.taxonomy import Taxonomy

MAX_TOPICS = 5


class Topic(Taxonomy):
    """A subject that articles and videos are sorted by, the same on every site."""

    class Meta(Taxonomy.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


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
        "page_topics", chooser_field_name="topic", heading=_("Topics"), label=_("topic"), max_num=MAX_TOPICS
    )
