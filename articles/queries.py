from django.db.models import Prefetch
from django.db.models.functions import ExtractYear
from django.utils import timezone, translation

from commons.models import Topic
from core.querysets import PublicPageManager, PublicPageQuerySet


def topics_with_their_words(model) -> Prefetch:
    """The topics of pages of this model, in one query."""
    relation = model._meta.get_field("article_topics").related_model
    return Prefetch("article_topics", relation.objects.select_related("topic"))


class ArticleQuerySet(PublicPageQuerySet):
    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def for_cards(self):
        """With everything a card prints, in a number of queries that does not depend on how many cards there are."""
        return self.select_related("listing_image").prefetch_related(
            "listing_image__renditions", topics_with_their_words(self.model)
        )

    def about(self, topic: Topic):
        """Articles on a topic, whichever the language of either."""
        tagged = self.model.objects.filter(article_topics__topic__translation_key=topic.translation_key)
        return self.filter(pk__in=tagged.values("pk"))

    def of_year(self, year: int):
        return self.filter(published_at__year=year)

    def years(self) -> list[int]:
        """The years that have articles, newest first."""
        with_zone = ExtractYear("published_at", tzinfo=timezone.get_current_timezone())
        return list(self.annotate(year=with_zone).values_list("year", flat=True).distinct().order_by("-year"))

    def topics(self):
        """The live topics of these articles, each once and in the language of the page, by name."""
        keys = self.values("article_topics__topic__translation_key")
        return (
            Topic.objects.live()
            .in_language(translation.get_language())
            .filter(translation_key__in=keys)
            .order_by("name")
        )


ArticleManager = PublicPageManager.from_queryset(ArticleQuerySet)
