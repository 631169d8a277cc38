from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from articles.blocks import BylineBlock, SourceBlock
from commons.body import story_field
from commons.publications import Publication, topics_with_their_words
from commons.topics import TopicRelation, topics_panel
from core.blocks import ContactBlock
from core.findable import SearchKind
from core.pages import BasePage, page_tabs
from core.site_context import SiteContext
from core.structured_data import organization, share_picture_urls, web_page


class ArticlePage(Publication):
    """A piece of local news, an interview, a file on a subject."""

    page_description = _("A piece of news, a report, an interview: dated, signed, in the lists and the feeds.")

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
    search_kinds = (SearchKind("article", _("Articles")),)
    parent_page_types = ["articles.ArticleIndexPage"]
    og_type = "article"

    search_fields = [
        *Publication.search_fields,
        index.SearchField("body"),
        index.SearchField("byline"),
    ]

    edit_handler = page_tabs(
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
                topics_panel(),
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
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

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
        on_same_topics = ArticlePage.objects.descendant_of(home).filter(page_topics__topic__translation_key__in=keys)
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
        site = SiteContext.of(request, self)
        if self.pk:
            prefetch_related_objects([self], topics_with_their_words(ArticlePage))
        context["related_articles"] = self.related(site.home, is_preview=site.is_preview)
        context["index_page"] = self.breadcrumb[-1] if self.breadcrumb else site.home
        return context

    def structured_data(self, request):
        """schema.org NewsArticle, with the site as its publisher."""
        site = SiteContext.of(request, self)
        image = self.share_image
        publisher = organization(site.identity, site.root_url)
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
            image=share_picture_urls(image, site.root_url),
        )
        return [article, *super().structured_data(request)[1:]]


class ArticleTopic(TopicRelation):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="page_topics")

    class Meta(TopicRelation.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="articles_topic_once")]


class RelatedArticle(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_articles")
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("article"))
