"""A kind of content that the product does not have, as docs/adding-a-kind.md says to add one."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from commons.feeds import publication_entry
from commons.publication_index import PublicationIndexPage
from commons.publications import Publication
from commons.topics import TopicRelation, topics_panel
from core.pages import BasePage


class JobOfferPage(Publication):
    employer = models.CharField(max_length=120)

    template = "job_offers/job_offer_page.html"
    card_template = "job_offers/card.html"
    parent_page_types = ["job_offers.JobIndexPage"]
    search_fields = [*Publication.search_fields, index.SearchField("employer")]
    content_panels = [*Page.content_panels, *BasePage.listing_panels, FieldPanel("employer"), topics_panel()]

    class Meta:
        verbose_name = "offre d’emploi"


class JobOfferTopic(TopicRelation):
    page = ParentalKey(JobOfferPage, on_delete=models.CASCADE, related_name="page_topics")


class JobIndexPage(PublicationIndexPage):
    publication_model = JobOfferPage
    template = "job_offers/index_page.html"
    subpage_types = ["job_offers.JobOfferPage"]
    home_kinds = frozenset({"pole"})

    class Meta:
        verbose_name = "offres d’emploi"

    def feed_entry(self, page, request, root_url):
        return publication_entry(page, request, root_url, page.listing_image)


class Application(models.Model):
    """What a pôle receives: a row, not a page."""

    offer = models.ForeignKey(JobOfferPage, on_delete=models.CASCADE, related_name="applications")
    name = models.CharField(max_length=120)

    def __str__(self):
        return self.name
