from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.images.models import SourceImageIOError
from wagtail.models import Orderable, Page
from wagtail.search import index

from articles.blocks import BylineBlock, SourceBlock
from articles.queries import ArticleManager, topics_with_their_words
from commons.body import story_field
from commons.models import Topic
from commons.topics import TopicRelation
from core.blocks import ContactBlock
from core.frame import site_frame
from core.pages import SHARE_IMAGE_SPEC, BasePage
from core.structured_data import organization, web_page


class ArticlePage(BasePage):
    """A piece of local news, an interview, a file on a subject."""

    published_at = models.DateTimeField(
        _("publication date"),
        null=True,
        blank=True,
        help_text=_("Left empty, it is the moment the article first goes on line."),
    )
    body = story_field()
    byline = StreamField(
        [("author", BylineBlock())],
        verbose_name=_("signed by"),
        blank=True,
        help_text=_("With the role and organisation they have today: they will not change later."),
    )
    contact = StreamField([("contact", ContactBlock())], verbose_name=_("contact box"), blank=True, max_num=1)
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)

    template = "articles/article_page.html"
    card_template = "articles/card.html"
    og_type = "article"
    in_site_map = False

    objects = ArticleManager()

    subpage_types = []

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("byline"),
        index.RelatedFields(
            "article_topics",
            [index.RelatedFields("topic", [index.SearchField("name"), index.FilterField("translation_key")])],
        ),
        index.FilterField("published_at"),
    ]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    *BasePage.listing_panels,
                    FieldPanel("body"),
                ],
                heading=_("Article"),
            ),
            ObjectList(
                [
                    MultipleChooserPanel(
                        "article_topics",
                        chooser_field_name="topic",
                        heading=_("Topics"),
                        label=_("topic"),
                        max_num=5,
                    ),
                    FieldPanel("byline"),
                    FieldPanel("contact"),
                    FieldPanel("sources"),
                    InlinePanel(
                        "related_articles",
                        [PageChooserPanel("article", "articles.ArticlePage")],
                        heading=_("To read next"),
                        label=_("article"),
                        help_text=_("Left empty, articles on the same topics are shown."),
                        max_num=3,
                    ),
                    MultiFieldPanel([FieldPanel("published_at")], heading=_("Publication date")),
                ],
                heading=_("Around the article"),
            ),
            ObjectList(BasePage.promote_panels, heading=_("Address and shares")),
        ]
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

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

    def save(self, *args, **kwargs):
        if self.live and self.published_at is None:
            self.published_at = self.first_published_at or timezone.now()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "published_at"}
        super().save(*args, **kwargs)

    @property
    def display_date(self):
        return self.published_at

    @property
    def was_modified(self) -> bool:
        """Whether it changed on a later day than it was published, as far as readers care."""
        if not (self.last_published_at and self.published_at):
            return False
        return timezone.localdate(self.last_published_at) > timezone.localdate(self.published_at)

    @cached_property
    def topics(self) -> list[Topic]:
        return [relation.topic for relation in self.article_topics.all() if relation.topic.live]

    def same_index(self):
        """The published articles beside this one, itself included."""
        return ArticlePage.objects.published().sibling_of(self, inclusive=True)

    @cached_property
    def neighbours(self) -> dict[str, "ArticlePage | None"]:
        """The articles published just before and just after it in the same index: `previous` and `next`."""
        if not self.published_at:
            return {"previous": None, "next": None}
        beside = self.same_index()
        earlier = Q(published_at__lt=self.published_at) | Q(published_at=self.published_at, pk__lt=self.pk)
        later = Q(published_at__gt=self.published_at) | Q(published_at=self.published_at, pk__gt=self.pk)
        newest_before = beside.filter(earlier).newest_first().values("pk")[:1]
        oldest_after = beside.filter(later).order_by("published_at", "pk").values("pk")[:1]
        found = ArticlePage.objects.filter(Q(pk__in=newest_before) | Q(pk__in=oldest_after))
        position = {"previous": None, "next": None}
        for article in found:
            is_before = (article.published_at, article.pk) < (self.published_at, self.pk)
            position["previous" if is_before else "next"] = article
        return position

    def chosen_order(self, is_preview: bool):
        """An expression: the place of an article among those chosen by the author, null for the others."""
        if not is_preview:
            chosen = RelatedArticle.objects.filter(page=self, article=OuterRef("pk"))
            return Subquery(chosen.values(order=Coalesce("sort_order", Value(0)))[:1])
        # What is being previewed is not in the database yet.
        chosen = [relation.article_id for relation in self.related_articles.all()]
        places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(chosen)]
        return Case(*places, default=Value(None), output_field=models.IntegerField())

    def related(self, home: Page, limit: int = 3, is_preview: bool = False) -> list["ArticlePage"]:
        """What to read next: the articles chosen by the author, else the newest of this site on the same topics."""
        keys = [topic.translation_key for topic in self.topics]
        on_same_topics = ArticlePage.objects.descendant_of(home).filter(article_topics__topic__translation_key__in=keys)
        candidates = (
            ArticlePage.objects.published()
            .exclude(pk=self.pk)
            .annotate(chosen_order=self.chosen_order(is_preview))
            .filter(Q(chosen_order__isnull=False) | Q(pk__in=on_same_topics.values("pk")))
            .for_cards()
            .order_by(F("chosen_order").asc(nulls_last=True), "-published_at", "-pk")[:limit]
        )
        found = list(candidates)
        return [article for article in found if article.chosen_order is not None] or found

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        frame = site_frame(request, self)
        if self.pk:
            prefetch_related_objects([self], topics_with_their_words(ArticlePage))
        context["related_articles"] = self.related(frame.home, is_preview=getattr(request, "is_preview", False))
        context["index_page"] = self.breadcrumb[-1] if self.breadcrumb else frame.home
        return context

    def structured_data(self, request):
        """schema.org NewsArticle, with the site as its publisher."""
        frame = site_frame(request, self)
        image = self.share_image
        publisher = organization(frame.identity, frame.site.root_url)
        authors = [
            {
                "@type": "Person" if block.value["role"] else "Organization",
                "name": block.value["name"],
                **({"jobTitle": block.value["role"]} if block.value["role"] else {}),
                **(
                    {"affiliation": {"@type": "Organization", "name": block.value["organisation"]}}
                    if block.value["organisation"]
                    else {}
                ),
            }
            for block in self.byline
        ]
        article = web_page(
            self,
            request,
            "NewsArticle",
            headline=self.title,
            datePublished=self.published_at.isoformat() if self.published_at else None,
            author=authors or [publisher],
            publisher=publisher,
            keywords=", ".join(topic.name for topic in self.topics),
            image=share_picture_urls(image, frame.site.root_url),
        )
        return [article, *super().structured_data(request)[1:]]


def share_picture_urls(image, root_url: str) -> list[str]:
    if image is None:
        return []
    try:
        return [root_url + image.get_rendition(SHARE_IMAGE_SPEC).url]
    except SourceImageIOError:  # the page is worth more than its picture
        return []


class ArticleTopic(TopicRelation):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="article_topics")

    class Meta(TopicRelation.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="articles_topic_once")]


class RelatedArticle(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_articles")
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("article"))
