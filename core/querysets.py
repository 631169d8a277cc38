"""The one meaning of "published": what a visitor may see, and where."""

from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Length, Substr
from django.utils import timezone, translation
from wagtail.models import Page, PageManager, PageViewRestriction, Site
from wagtail.query import PageQuerySet

from core.identity import SiteIdentity, SiteState
from core.page_cache.generations import NETWORK, of_site
from core.page_cache.kept import kept

HOME_DEPTH = 2
MAX_PATHS = 30
HOME_LENGTH = HOME_DEPTH * Page.steplen  # of the path of a home in the tree


def restrictions_above(path: str):
    """The view restrictions on the page whose path that is, or on a page above it."""
    return PageViewRestriction.objects.annotate(prefix=Substr(OuterRef(path), Value(1), Length("page__path"))).filter(
        page__path=F("prefix")
    )


def suspended_homes():
    """The home pages, in every language, of the sites that are suspended."""
    suspended = SiteIdentity.objects.filter(state=SiteState.SUSPENDED).values("site__root_page__translation_key")
    return Page.objects.filter(depth=HOME_DEPTH, translation_key__in=suspended)


class HiddenPaths(NamedTuple):
    """What visitors do not see, with all below it: pages that are restricted, homes of suspended sites."""

    private: tuple[str, ...]
    suspended: tuple[str, ...]


def hidden_paths() -> HiddenPaths | None:
    """Those of the whole network; None while that may be changing.

    Most networks have none: every query is spared three subqueries.
    """

    def read() -> HiddenPaths:
        private = PageViewRestriction.objects.order_by().values_list("page__path", Value(0))
        rows = list(private.union(suspended_homes().order_by().values_list("path", Value(1))))
        return HiddenPaths(*(tuple({path for path, kind in rows if kind == wanted}) for wanted in (0, 1)))

    return kept("hidden paths", [NETWORK], read, meanwhile=lambda: None)


def private_paths() -> tuple[str, ...] | None:
    hidden = hidden_paths()
    return None if hidden is None else hidden.private


in_editor: ContextVar[bool] = ContextVar("in_editor", default=False)


@contextmanager
def seen_as_in_the_editor():
    """For whoever works in the editor, a suspended site, theirs above all, has published what it has."""
    before = in_editor.set(True)
    try:
        yield
    finally:
        in_editor.reset(before)


def below(paths: Iterable[str], field: str = "path") -> Q:
    """The pages at one of these paths in the tree, or below it."""
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), Q(pk__in=[]))


class PublicPageQuerySet(PageQuerySet):
    def published(self):
        """Live, public, not past its expiry date, on a site that is not suspended; in any language.

        Conditions inside the query, where Wagtail's `public()` asks for the restrictions first.
        """
        hidden = hidden_paths()
        found = self.visible(hidden)
        if in_editor.get():
            return found
        if hidden is None or len(hidden.suspended) > MAX_PATHS:
            home = Substr(OuterRef("path"), Value(1), Value(HOME_LENGTH))
            return found.exclude(Exists(suspended_homes().filter(path=home)))
        return found.exclude(below(hidden.suspended)) if hidden.suspended else found

    def public_where_open(self):
        """What `published()` says, of sites that are known to be open: the one that a visitor reads on."""
        return self.visible(hidden_paths())

    def visible(self, hidden: HiddenPaths | None):
        """Live, public and not past its expiry date, whatever the state of its site."""
        not_expired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
        # An alias in another language only redirects to its source.
        shown_here = Q(alias_of__isnull=True) | Q(alias_of__locale=F("locale"))
        found = self.filter(not_expired, shown_here, live=True)
        if hidden is None or len(hidden.private) > MAX_PATHS:
            return found.exclude(Exists(restrictions_above("path"))).exclude(
                Exists(restrictions_above("alias_of__path"))  # an alias is as private as its source
            )
        private = hidden.private
        return found.exclude(below(private)).exclude(below(private, "alias_of__path")) if private else found

    def under(self, root: Page):
        """`root` and everything below it, if published. A translated home is another root."""
        return self.public_where_open().descendant_of(root, inclusive=True)

    def listed_under(self, index: Page):
        """The published pages below an index; in Breton, also the French ones that are not translated."""
        own = self.public_where_open().descendant_of(index)
        source = source_of(index)
        return own if source is None else own.or_untranslated(self.public_where_open().descendant_of(source))

    def or_untranslated(self, french):
        """These, and those of `french` that are not translated among them."""
        return self | french.exclude(translation_key__in=self.values("translation_key"))


PublicPageManager = PageManager.from_queryset(PublicPageQuerySet)


def pages() -> PublicPageQuerySet:
    """Pages of every type, with the verbs above."""
    return PublicPageQuerySet(Page)


def source_of(page: Page) -> Page | None:
    """The French page that `page` translates, while a visitor reads in another language; else None."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return None
    french = type(page).objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    return french.exclude(pk=page.pk).first()


def home_of(site: Site, language_code: str, default_language: str) -> Page | None:
    """The published home page of `site` in a language, or None where the site does not speak it."""
    if language_code == default_language:
        return site.root_page
    if not identity_of(site).breton_enabled:
        return None

    def find() -> Page | None:
        translated = pages().published().filter(locale__language_code=language_code)
        return translated.filter(translation_key=site.root_page.translation_key).first()

    home = kept(("home", site.pk, language_code), [NETWORK, of_site(site.pk)], find)
    return None if home is not None and home.expire_at and home.expire_at <= timezone.now() else home


def identity_of(site: Site) -> SiteIdentity:
    """To be read: the same for all the requests of this process, as long as no identity changes."""
    return kept(("identity", site.pk), [NETWORK], lambda: SiteIdentity.for_site(site))


def speaks_breton(page: Page) -> bool:
    """Whether the site that the page belongs to, in whatever language, has opened Breton."""
    home = Page.objects.filter(path=page.path[:HOME_LENGTH]).values("translation_key")
    site = Site.objects.filter(root_page__translation_key__in=home).first()
    return site is not None and identity_of(site).breton_enabled
