"""What a site publishes at a date and sorts by topic: articles, videos. Each room adds its own kind."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch
from django.db.models.functions import ExtractYear
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from commons.shared import in_page_language
from commons.topics import Topic
from core.advice import Advice
from core.findable import Findable
from core.images.renditions import prefetch_for_cards
from core.pages import BasePage
from core.querysets import PublicPageManager, PublicPageQuerySet


def topics_with_their_words(model) -> Prefetch:
    """The topics of pages of this model, in one query."""
    relation = model._meta.get_field("page_topics").related_model
    return Prefetch("page_topics", relation.objects.select_related("topic"))


class PublicationQuerySet(PublicPageQuerySet):
    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def for_cards(self):
        """With everything a card prints, in a number of queries that does not depend on how many cards there are."""
        return self.select_related("listing_image").prefetch_related(
            prefetch_for_cards("listing_image"), topics_with_their_words(self.model)
        )

    def about(self, topic: Topic):
        """Publications on a topic, whichever the language of either."""
        tagged = self.model.objects.filter(page_topics__topic__translation_key=topic.translation_key)
        return self.filter(pk__in=tagged.values("pk"))

    def of_year(self, year: int):
        return self.filter(published_at__year=year)

    def years(self) -> list[int]:
        """The years that have publications, newest first."""
        with_zone = ExtractYear("published_at", tzinfo=timezone.get_current_timezone())
        return list(self.annotate(year=with_zone).values_list("year", flat=True).distinct().order_by("-year"))

    def topics(self):
        """The live topics of these publications, each once and in the language of the page, by name."""
        keys = self.values("page_topics__topic__translation_key")
        return (
            Topic.objects.live()
            .in_language(translation.get_language())
            .filter(translation_key__in=keys)
            .order_by("name")
        )


PublicationManager = PublicPageManager.from_queryset(PublicationQuerySet)


class Publication(BasePage):
    """A page with a date of its own and topics: child rows `page_topics`, of a `TopicRelation` of its room."""

    published_at = models.DateTimeField(
        _("publication date"),
        null=True,
        blank=True,
        help_text=_("Left empty, it is the moment the page first goes on line."),
    )

    in_site_map = False
    goes_stale = False  # it is of its date
    subpage_types = []

    objects = PublicationManager()

    search_fields = [
        *BasePage.search_fields,
        index.RelatedFields(
            "page_topics",
            [index.RelatedFields("topic", [index.SearchField("name"), index.FilterField("translation_key")])],
        ),
        index.FilterField("published_at"),
    ]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.published_at and self.published_at > timezone.now() and not self.go_live_at:
            raise ValidationError(
                {
                    "published_at": _(
                        "This date is in the future. To publish later, leave it empty and schedule the publication."
                    )
                }
            )

    def advice(self) -> list[Advice]:
        found = super().advice()
        if not self.description:
            said = _("Without a summary, lists, searches and shares say nothing of it but its title.")
            found.append(Advice(said, "summary"))
        return found

    def save(self, *args, **kwargs):
        if self.live and self.published_at is None:
            self.published_at = self.first_published_at or timezone.now()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "published_at"}
        super().save(*args, **kwargs)

    @property
    def display_date(self):
        return self.published_at

    def findable(self) -> Findable:
        found = super().findable()
        names = {str(topic.translation_key): topic.name for topic in self.topics_as_written()}
        return replace(found, keywords=(*found.keywords, *names.values()), subjects=names)

    def topics_as_written(self) -> list[Topic]:
        return [relation.topic for relation in self.page_topics.all() if relation.topic_id and relation.topic.live]

    @property
    def was_modified(self) -> bool:
        """Whether it changed on a later day than it was published, as far as readers care."""
        if not (self.last_published_at and self.published_at):
            return False
        return timezone.localdate(self.last_published_at) > timezone.localdate(self.published_at)

    @cached_property
    def topics(self) -> list[Topic]:
        return in_page_language(self.topics_as_written())
