from dataclasses import replace

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from commons.body import story_field
from core.identity import SiteIdentity
from core.images.renditions import prefetch_for_cards
from core.isolation.visibility import looks_after_every_site
from core.page_forms import PageForm
from core.pages import BasePage
from core.querysets import pages
from core.site_context import SiteContext
from core.structured_data import organization, web_page
from home.blocks import PoleHomeBlock, block_types
from home.reception import ContactPage, GetInvolvedPage, InvolvementText
from poles.registry import Pole

__all__ = [
    "ContactPage", "GetInvolvedPage", "HomePage", "InvolvementText", "LegalPage", "SiteMapPage", "StandardPage",
]  # fmt: skip


class StandardPage(BasePage):
    """Who we are, our services, how to join: any page that is not news."""

    page_description = _("A page that stays: who we are, our services, how to join.")

    body = story_field()

    template = "home/standard_page.html"
    subpage_types = ["home.StandardPage"]
    content_panels = [*Page.content_panels, *BasePage.listing_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request, *args, **kwargs):
        children = StandardPage.objects.published().child_of(self).order_by("path")
        return {
            **super().get_context(request, *args, **kwargs),
            "children": children.select_related("listing_image").prefetch_related(prefetch_for_cards("listing_image")),
        }


class LegalPage(BasePage):
    """A page that the law asks for, written from the site's identity so that it is true from the first day."""

    page_description = _("A page that the law asks for, written from your identity.")

    class Kind(models.TextChoices):
        LEGAL_NOTICE = "mentions", _("Legal notice")
        PRIVACY = "confidentialite", _("Privacy")
        ACCESSIBILITY = "accessibilite", _("Accessibility")

    legal_kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    replaces_standard_text = models.BooleanField(
        _("use my own text only"),
        default=False,
        help_text=_("Otherwise your text comes after the one that the site writes from your identity."),
    )
    body = story_field()

    template = "home/legal_page.html"
    footer_part = "legal"
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("legal_kind"),
        FieldPanel("body"),
        FieldPanel("replaces_standard_text"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("legal page")
        verbose_name_plural = _("legal pages")

    @property
    def standard_text_template(self) -> str:
        return f"home/legal/{self.legal_kind}.html"


class SiteMapPage(BasePage):
    """Every page of the site in a tree; kinds that come in hundreds are reached by their index."""

    page_description = _("Every page of the site, in a tree.")

    template = "home/site_map_page.html"
    footer_part = "legal"
    max_count_per_parent = 1
    subpage_types = []
    content_panels = Page.content_panels

    class Meta:
        verbose_name = _("site map")
        verbose_name_plural = _("site maps")

    def get_context(self, request, *args, **kwargs):
        home = SiteContext.of(request, self).home
        listed = [
            page
            for page in pages().under(home).exclude(pk=self.pk).order_by("path")
            if getattr(page.specific_class, "in_site_map", False)
        ]
        return {**super().get_context(request, *args, **kwargs), "tree": nested(listed)}


def nested(listed: list[Page]) -> list[dict]:
    """Pages in tree order as `{"page": …, "children": […]}`; a page whose parent is absent stands at the top."""
    top, open_branches = [], []
    for page in listed:
        while open_branches and not page.path.startswith(open_branches[-1]["page"].path):
            open_branches.pop()
        branch = {"page": page, "children": []}
        (open_branches[-1]["children"] if open_branches else top).append(branch)
        open_branches.append(branch)
    return top


class HomePagePermissionTester(PagePermissionTester):
    """A site stands on its home page: its people write it, and only the network takes it away (network.governance)."""

    def can_delete(self, ignore_bulk=False):
        return looks_after_every_site(self.user) and super().can_delete(ignore_bulk)

    def can_unpublish(self):
        return looks_after_every_site(self.user) and super().can_unpublish()

    def can_move(self):
        return looks_after_every_site(self.user) and super().can_move()


class HomePageForm(PageForm):
    """Shows the blocks that stand on the page, chosen or not: to add one takes none away."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "body" in self.fields and not self.instance.body:
            self.initial["body"] = self.instance.composition

    def clean_body(self):
        """What is as by default stays chosen by nobody, so that it follows what the platform brings."""
        body = self.cleaned_data["body"]
        if written(body) == written(self.instance.default_composition):
            return StreamValue(body.stream_block, [])
        return body


def written(stream: StreamValue) -> list[tuple]:
    """The blocks as they are stored, but for the numbers that each is given."""
    return [(block.block_type, block.block.get_prep_value(block.value)) for block in stream]


class AbstractHomePage(BasePage):
    """The home page of a site. With no block it shows a default composition, so that a new site is never empty."""

    base_form_class = HomePageForm

    # The class, not an instance: rooms bring their blocks once all of them are loaded.
    body = StreamField(PoleHomeBlock, verbose_name=_("composition"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, *BasePage.listing_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return HomePagePermissionTester(user, self)

    @cached_property
    def composition(self):
        """The blocks to show: those chosen, else the default ones."""
        return self.body or self.default_composition

    @property
    def default_composition(self) -> StreamValue:
        stream = self._meta.get_field("body").stream_block
        names = [kind.name for kind in block_types(self.site_kind) if self.site_kind in kind.default_on]
        return StreamValue(stream, [(name, stream.child_blocks[name].get_default()) for name in names])

    shows_in_search = ("core.SiteIdentity",)

    def findable(self):
        """By the name of its site too, and by what it is about."""
        found = super().findable()
        of_this_site = SiteIdentity.objects.filter(site__root_page__translation_key=self.translation_key)
        identity = of_this_site.first()
        if identity is None:  # the site is being opened
            return found
        return replace(found, keywords=(*found.keywords, identity.name), summary=found.summary or identity.tagline)

    @property
    def description(self):
        return super().description or (self.identity.tagline if self.identity else "")

    identity = None  # set while the page is served

    def pictures(self):
        return [*super().pictures(), *(block.value["image"] for block in self.body if block.block_type == "welcome")]

    def get_context(self, request, *args, **kwargs):
        self.identity = SiteContext.of(request, self).identity
        return super().get_context(request, *args, **kwargs)

    def structured_data(self, request):
        """schema.org WebSite, with the association behind it and the address of its search."""
        site = SiteContext.of(request, self)
        return [
            web_page(self, request, "WebSite", publisher=organization(site.identity, site.root_url)),
        ]


class HomePage(AbstractHomePage):
    site_kind = "pole"
    template = "home/home_page.html"
    is_creatable = False  # a home without its site, groups and rights would be of no use: see network.provisioning

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def findable(self):
        """By its pays, which is what people know of where they live."""
        found = super().findable()
        pole = Pole.objects.filter(site__root_page__translation_key=self.translation_key).select_related("pays").first()
        return found if pole is None else replace(found, keywords=(*found.keywords, pole.name, pole.pays.name))
