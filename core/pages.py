from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.advice import Advice, advice_on_text, namesake
from core.blocks.media import pictures_of
from core.blocks.video import embeds_of
from core.date_fields import SchedulePanel
from core.embeds.provider import Embed
from core.embeds.records import note_videos_of
from core.findable import PAGES, Findable, SearchKind, searched_text
from core.isolation.viewer import shows_draft_title
from core.page_forms import PageCopyForm, PageForm
from core.querysets import PublicPageManager, pages, private_paths
from core.site_context import SiteContext
from core.slugs import free_slug, free_slug_below, reserved_slugs, slug_of, taken_slugs
from core.structured_data import breadcrumb_list, web_page


class ListingFields(models.Model):
    """How a page appears where other pages list it."""

    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=320,
        help_text=_("Two sentences for lists, search results and shares (320 characters at most)."),
    )
    listing_image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    listing_panels = [FieldPanel("summary"), FieldPanel("listing_image")]

    class Meta:
        abstract = True


class SocialFields(models.Model):
    """How a page appears to search engines and on social networks."""

    social_image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture for shares"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only if it must differ from the page's own picture."),
    )
    noindex = models.BooleanField(
        _("hide from search engines"),
        default=False,
        help_text=_("The page stays public; search engines are asked not to list it."),
    )

    social_panels = [FieldPanel("social_image"), FieldPanel("noindex")]

    class Meta:
        abstract = True


class BasePage(ListingFields, SocialFields, Page):
    """What every page of every site has. Fields, address and description; what to show is each room's."""

    card_template = "core/cards/page.html"
    og_type = "website"
    feed_address = ""  # of its feed, below its own, for a home to name
    footer_part = ""  # of a page below the home: the part of the footer that names it
    in_site_map = True
    goes_stale = True  # what it says must be looked at again after a while
    search_kinds: tuple[SearchKind, ...] = (PAGES,)  # its own, then those of the parts that it brings to the search
    shows_in_search: tuple[str, ...] = ()  # models, as "app.Model", whose rows it brings to the search
    site_kind = ""  # of a home page: "pole" or "portal"
    home_kinds = frozenset({"pole", "portal"})  # the kinds of home that it may stand directly below
    private_page_options = ["password"]  # visitors have no accounts, and no login exists on a pôle's host

    base_form_class = PageForm
    copy_form_class = PageCopyForm
    trail: list[Page] | None = None  # the pages above, where routing met them

    objects = PublicPageManager()

    # An address is the same in every language.
    override_translatable_fields: list[SynchronizedField] = [SynchronizedField("slug")]
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2)]

    settings_panels = [SchedulePanel(), CommentPanel()]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("show_in_menus")],
            heading=_("Address and menu"),
        ),
        MultiFieldPanel(
            [FieldPanel("seo_title"), FieldPanel("search_description"), *SocialFields.social_panels],
            heading=_("Search engines and shares"),
        ),
    ]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["canonical_url"] = self.get_full_url(request)
        pictures = [*self.pictures(), SiteContext.of(request, self).identity.logo]
        prefetch_related_objects([picture for picture in pictures if picture], "renditions")
        return context

    def pictures(self) -> list:
        """Every picture that the page shows, so that their sizes are read at once."""
        return [self.listing_image, *(pictures_of(self.body) if hasattr(self, "body") else [])]

    def embeds(self) -> list[Embed]:
        """Every video of another server that the page shows, so that its provider is asked about it."""
        return embeds_of(self)

    def advice(self) -> list[Advice]:
        """What its writer might still say better; each kind adds what its visitors miss."""
        return [*advice_on_text(self), *namesake(self)]

    def findable(self) -> Findable:
        """What the search knows of the page, in the language of the page; each kind adds what it is sorted by."""
        return Findable(
            title=self.title,
            kind=self.search_kinds[0],
            keywords=(str(self.kind()),),
            summary=self.description,
            text=searched_text(self),
            picture=self.listing_image_id,
            date=self.display_date,
        )

    def findable_parts(self) -> list[Findable]:
        """What is found by itself though it has no page of its own: each has a `part` and an `address`."""
        return []

    def save_revision(self, *args, **kwargs):
        revision = super().save_revision(*args, **kwargs)
        note_videos_of(self)
        return revision

    def get_view_restrictions(self):
        """The restrictions on the page and on all above it, as Wagtail finds them, in one query.

        Where an alias is on the way, also those above its source, which Wagtail forgets: a copy of a private page
        would be public.
        """
        private = private_paths()
        if private is not None and not private:  # no page of the network is restricted
            return PageViewRestriction.objects.none()
        way = [*(self.get_ancestors() if self.trail is None else self.trail), self]
        paths = [self.path]
        if sources := [page.alias_of_id for page in way if page.alias_of_id]:
            paths.extend(Page.objects.filter(pk__in=sources).values_list("path", flat=True))
        return PageViewRestriction.objects.filter(
            page__path__in={
                path[:length] for path in paths for length in range(self.steplen, len(path) + 1, self.steplen)
            }
        )

    @classmethod
    def can_exist_under(cls, parent):
        """Only homes stand under the root of the tree: a page there would belong to no site."""
        site_kind = getattr(parent.specific_class, "site_kind", "")
        stands_well = bool(cls.site_kind) == parent.is_root() and (not site_kind or site_kind in cls.home_kinds)
        return stands_well and super().can_exist_under(parent)

    def full_clean(self, *args, **kwargs):
        """Wagtail cleans before it saves, whoever saves: in the form, a copy, an import."""
        if not self.slug:
            self.slug = slug_of(self.title)
            if self.slug and self.path:
                self.slug = free_slug_below(self.get_parent(), self.slug, but=self)
        super().full_clean(*args, **kwargs)
        parents = [self.get_parent().specific_class] if self.path else self.allowed_parent_page_models()
        if any(self.slug in reserved_slugs(model) for model in parents):
            taken = taken_slugs(self.get_parent(), but=self) if self.path else {self.slug}
            self.slug = free_slug(self.slug, taken)

    def get_admin_display_title(self):
        return super().get_admin_display_title() if shows_draft_title(self) else self.title

    @classmethod
    def kind(cls) -> str:
        """What the page is, in a word for visitors: "Article"."""
        return cls._meta.verbose_name

    @property
    def display_date(self):
        """The date that lists show, or None where a date says nothing about the page."""
        return None

    @property
    def description(self) -> str:
        """Plain text for meta tags and shares."""
        return self.search_description or self.summary

    @property
    def share_image(self):
        return self.social_image or self.listing_image

    @cached_property
    def breadcrumb(self) -> list[Page]:
        """Ancestors from the home page down, without the page itself; empty for a home page."""
        if self.depth <= 2:
            return []
        if self.trail is not None:
            return [page for page in self.trail if page.live]
        return list(pages().ancestor_of(self).filter(depth__gte=2, live=True).order_by("depth"))

    def structured_data(self, request) -> list[dict]:
        """schema.org descriptions of the page (JSON-LD); rooms replace the first by a more precise type."""
        data = [web_page(self, request)]
        if self.breadcrumb:
            data.append(breadcrumb_list(self, request))
        return data

    def summarise(self) -> str:
        """The description, at a length that search engines and shares show whole."""
        return Truncator(self.description).words(32)

    def get_sitemap_urls(self, request=None):
        return [] if self.noindex else super().get_sitemap_urls(request)


def page_tabs(*tabs: ObjectList) -> TabbedInterface:
    """The form of a page: tabs of its own, then its address and how it is shared, and Wagtail's own means.

    Those are the schedule and the comments (`settings_panels`), which a page with tabs of its own loses else.
    """
    shares = ObjectList([*BasePage.promote_panels, *BasePage.settings_panels], heading=_("Address and shares"))
    return TabbedInterface([*tabs, shares])
