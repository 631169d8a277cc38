"""Where a site receives people: its contact page, and those by which one gets involved."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from commons.body import story_field
from commons.shared import SharedContent, in_page_language
from core.blocks.people import PersonBlock
from core.geo import PositionFields
from core.page_cache.generations import NETWORK
from core.page_cache.kept import kept
from core.page_forms import PositionForm
from core.pages import BasePage
from core.public_forms import PublicForm
from core.site_context import SiteContext
from core.structured_data import organization, web_page
from home import forms


class MessagePage(BasePage):
    """A page on which visitors write to the people of the site."""

    form_class: type[PublicForm]

    body = story_field()

    goes_stale = False
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def get_context(self, request, *args, form=None, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "form": self.form_class() if form is None else form,
        }

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"  # each form that is shown has a key of its own
        return response


class ContactPageForm(PositionForm):
    def clean(self):
        cleaned = super().clean()
        self.check_position()
        return cleaned


class ContactPage(PositionFields, MessagePage):
    """Who answers, where, when, and a form; the address and the telephone are those of the site's identity."""

    page_description = gettext_lazy("Where you are, when, who answers, and a form to write to you.")

    opening_hours = models.TextField(
        gettext_lazy("opening hours"),
        blank=True,
        max_length=500,
        help_text=gettext_lazy("One line for each: “Tuesday to Thursday, 9:00–12:30”."),
    )
    directions = RichTextField(
        gettext_lazy("how to come"),
        blank=True,
        features=["bold", "link", "ul"],
        help_text=gettext_lazy("Bus, bicycle, parking, step-free way in."),
    )
    team = StreamField(
        [("person", PersonBlock())],
        verbose_name=gettext_lazy("team"),
        blank=True,
        help_text=gettext_lazy("Only the people who agree to be shown."),
    )

    base_form_class = ContactPageForm
    form_class = forms.ContactForm
    footer_part = "contact"
    template = "home/contact_page.html"
    max_count_per_parent = 1
    content_panels = [
        *Page.content_panels,
        HelpPanel(gettext_lazy("Your address, telephone and e-mail come from “Name, logo and look”, part “Contact”.")),
        FieldPanel("summary"),
        FieldPanel("opening_hours"),
        FieldPanel("directions"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])],
            heading=gettext_lazy("Position on the map"),
        ),
        FieldPanel("team"),
        FieldPanel("body"),
        FieldPanel("listing_image"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("opening_hours"),
        index.SearchField("directions"),
        index.SearchField("team"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = gettext_lazy("contact page")
        verbose_name_plural = gettext_lazy("contact pages")

    def pictures(self):
        return [*super().pictures(), *(person.value["portrait"] for person in self.team if person.value["portrait"])]

    def structured_data(self, request):
        """schema.org ContactPage, with whom one reaches."""
        _page, *others = super().structured_data(request)
        site = SiteContext.of(request, self)
        return [web_page(self, request, "ContactPage", about=organization(site.identity, site.root_url)), *others]


class Purpose(models.TextChoices):
    PROJECT = "project", gettext_lazy("I have a project")
    MEMBERSHIP = "membership", gettext_lazy("I join")
    VOLUNTEERING = "volunteering", gettext_lazy("I lend a hand")


FORMS = {
    Purpose.PROJECT: forms.ProjectForm,
    Purpose.MEMBERSHIP: forms.MembershipForm,
    Purpose.VOLUNTEERING: forms.VolunteeringForm,
}


@dataclass(frozen=True)
class Wording:
    """What is said where the network has written nothing yet."""

    summary: str
    introduction: str = ""
    lang: str = ""


def standard_wording(purpose: str) -> Wording:
    return {
        Purpose.PROJECT: Wording(_("Create, take over, develop: talk about it with somebody. It is free.")),
        Purpose.MEMBERSHIP: Wording(_("Associations, cooperatives, enterprises, residents: the pôle is its members.")),
        Purpose.VOLUNTEERING: Wording(_("An hour, a skill, an evening: there is something to do for everybody.")),
    }[purpose]


class InvolvementText(SharedContent):
    """What the network says, on every site at once, to those who come by one of the three ways."""

    purpose = models.CharField(gettext_lazy("for those who say"), max_length=16, choices=Purpose.choices)
    summary = models.CharField(
        pgettext_lazy("involvement", "in one line"),
        max_length=140,
        help_text=gettext_lazy("Under the title, on the home page of every pôle."),
    )
    introduction = RichTextField(
        pgettext_lazy("involvement", "introduction"),
        blank=True,
        features=["bold", "italic", "link", "ul", "ol"],
        help_text=gettext_lazy("What awaits them; each pôle adds its own words below."),
    )

    panels = [FieldPanel("purpose"), FieldPanel("summary"), FieldPanel("introduction")]
    search_fields = [index.SearchField("summary"), index.SearchField("introduction"), index.FilterField("live")]
    preview_template = "home/previews/involvement_text.html"

    class Meta(SharedContent.Meta):
        verbose_name = gettext_lazy("way to get involved")
        verbose_name_plural = gettext_lazy("ways to get involved")
        ordering = ["purpose"]
        unique_together = [("translation_key", "locale"), ("purpose", "locale")]

    def __str__(self):
        return self.get_purpose_display()


def wordings() -> dict[str, InvolvementText]:
    """By purpose, what the network wrote, in the language of the page."""

    def read() -> list[InvolvementText]:
        main = InvolvementText.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
        return list(main)

    return {text.purpose: text for text in in_page_language(kept(("involvement",), [NETWORK], read))}


class GetInvolvedPage(MessagePage):
    """One of the three ways to a pôle: worded by the network, completed by the pôle, with a form."""

    page_description = gettext_lazy("“I have a project”, “I join”, “I lend a hand”: a page with its form.")

    purpose = models.CharField(gettext_lazy("for those who say"), max_length=16, choices=Purpose.choices)

    footer_part = "involvement"
    home_kinds = frozenset({"pole"})
    template = "home/get_involved_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("purpose"),
        HelpPanel(gettext_lazy("The network’s own words stand above; here you add yours.")),
        FieldPanel("body"),
        *BasePage.listing_panels,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = gettext_lazy("page to get involved")
        verbose_name_plural = gettext_lazy("pages to get involved")

    @property
    def form_class(self):
        return FORMS[self.purpose]

    @property
    def wording(self) -> InvolvementText | Wording:
        return wordings().get(self.purpose) or standard_wording(self.purpose)

    @property
    def description(self):
        return super().description or self.wording.summary


def ways_in(site: SiteContext) -> list[GetInvolvedPage]:
    """The ways to get involved with a site, in the order of its menu, in the language of the page where translated."""
    order = [link["path"] for link in site.ways_in]
    return sorted(GetInvolvedPage.objects.filter(path__in=order), key=lambda page: order.index(page.path))
