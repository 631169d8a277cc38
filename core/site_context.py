"""What a request knows of the site that it is answered for: identity, menu, footer, languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Site

from core.identity import SiteIdentity
from core.page_cache.generations import NETWORK, of_site
from core.page_cache.kept import kept
from core.querysets import home_of, identity_of, pages
from core.theme.stylesheet import Theme, stylesheet_version


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    url: str
    is_current: bool
    is_translation: bool  # of the page shown; else the language's home stands in for it


@dataclass(frozen=True)
class MenuEntry:
    """A page directly below the home, as menus and footers name it."""

    title: str
    url: str
    path: str  # in the tree
    lang: str  # "" for the page's own
    in_menu: bool
    footer_part: str  # `BasePage.footer_part`
    feed: str  # the address of its feed on the site, or ""
    expire_at: datetime | None


@dataclass(frozen=True)
class Portal:
    key: int  # of its site
    name: str
    url: str


class SiteContext:
    """Made once a request, read lazily: a page that shows no menu pays for none."""

    def __init__(self, request: HttpRequest, page: Page | None = None):
        self.request = request
        self.page = page
        self.player_hosts: set[str] = set()  # whose players the page may frame
        self.tile_hosts: set[str] = set()  # whose images the ground of its map is made of
        self.chosen_theme: Theme | None = None  # a style guide's, instead of the identity's
        self.chosen_appearance = ""

    @classmethod
    def of(cls, request: HttpRequest, page: Page | None = None) -> Self:
        """That of this request; `page` is the page being shown, where there is one."""
        context = getattr(request, "site_context", None)
        if context is None:
            context = request.site_context = cls(request, page)
        elif context.page is None:
            context.page = page
        return context

    @property
    def is_preview(self) -> bool:
        return getattr(self.request, "is_preview", False)

    @cached_property
    def language(self) -> str:
        return translation.get_language() or settings.LANGUAGE_CODE

    @property
    def is_main_language(self) -> bool:
        """Whether the page is in the language that an identity is written in."""
        return self.language == settings.LANGUAGE_CODE

    @cached_property
    def site(self) -> Site | None:
        # A preview is rendered on the editor's host, or on none: the page knows its site.
        if self.is_preview and self.page is not None and self.page.pk:
            return self.page.get_site() or Site.find_for_request(self.request)
        return Site.find_for_request(self.request)

    @cached_property
    def identity(self) -> SiteIdentity | None:
        if self.site is None:
            return None
        # The editor previews an identity that is not saved yet: Wagtail leaves it on the request.
        previewed = getattr(self.request, SiteIdentity.get_cache_attr_name(), None)
        if previewed is not None and previewed.site_id == self.site.pk:
            return previewed
        return identity_of(self.site)

    @cached_property
    def theme(self) -> Theme:
        return self.chosen_theme or self.identity.theme

    @property
    def appearance(self) -> str:
        return self.chosen_appearance or (self.identity.appearance if self.identity else "")

    @property
    def root_url(self) -> str:
        return self.site.root_url

    @cached_property
    def stylesheet_url(self) -> str:
        return reverse("theme", args=[self.theme.key, stylesheet_version(self.theme)])

    @cached_property
    def home(self) -> Page:
        home = home_of(self.site, self.language, settings.LANGUAGE_CODE)
        return home or self.site.root_page

    @cached_property
    def home_url(self) -> str:
        return self.home.get_url(self.request) or "/"

    @cached_property
    def _entries(self) -> list[MenuEntry]:
        """The pages below the home, in the order of the French tree; each in French where it is not translated."""
        if self.is_preview:
            return self._read_entries()
        return kept(("entries", self.site.pk, self.language), [NETWORK, of_site(self.site.pk)], self._read_entries)

    def _read_entries(self) -> list[MenuEntry]:
        children = (
            pages()
            .published()
            .filter(Q(path__startswith=self.home.path) | Q(path__startswith=self.site.root_page.path))
            .filter(depth=self.home.depth + 1)
            .only(
                "title",
                "path",
                "depth",
                "url_path",
                "slug",
                "show_in_menus",
                "content_type",
                "locale",
                "translation_key",
                "expire_at",
            )
            .order_by("path")
        )
        here = {page.translation_key: page for page in children if page.path.startswith(self.home.path)}
        shown = list(here.values())
        if self.home.pk != self.site.root_page_id:
            french = [page for page in children if not page.path.startswith(self.home.path)]
            shown = [here.pop(page.translation_key, page) for page in french] + list(here.values())
        return [
            MenuEntry(
                child.title,
                child.get_url(self.request),
                child.path,
                "" if child.locale_id == self.home.locale_id else settings.LANGUAGE_CODE,
                in_menu=child.show_in_menus,
                footer_part=getattr(child.specific_class, "footer_part", ""),
                feed=feed_of(child, self.request),
                expire_at=child.expire_at,
            )
            for child in shown
        ]

    def _links(self, entries: Iterable[MenuEntry]) -> list[dict]:
        path = self.page.path if self.page is not None and self.page.path else "-"
        return [
            {
                "title": entry.title,
                "url": entry.url,
                "path": entry.path,
                "is_current": path == entry.path,
                "is_section": path.startswith(entry.path),
                "lang": entry.lang,
            }
            for entry in shown_now(entries)
        ]

    @cached_property
    def menu(self) -> list[dict]:
        return self._links(entry for entry in self._entries if entry.in_menu)

    def _part(self, name: str) -> list[dict]:
        return self._links(entry for entry in self._entries if entry.footer_part == name)

    @cached_property
    def legal_links(self) -> list[dict]:
        return self._part("legal")

    @cached_property
    def ways_in(self) -> list[dict]:
        """The pages by which one gets involved."""
        return self._part("involvement")

    @cached_property
    def contact(self) -> dict | None:
        """The page where one writes to this site."""
        return next(iter(self._part("contact")), None)

    @cached_property
    def feeds(self) -> list[MenuEntry]:
        """The lists of the site that tell of what is new."""
        return [entry for entry in shown_now(self._entries) if entry.feed]

    @cached_property
    def network_links(self) -> list[dict]:
        """The pages that show what the network shares."""
        return self._part("network")

    @cached_property
    def portal(self) -> Portal | None:
        """The network's own site, for the others to lead to; None on itself."""

        def read() -> Portal | None:
            identity = SiteIdentity.objects.filter(site__is_default_site=True).select_related("site").first()
            return None if identity is None else Portal(identity.site_id, identity.name, identity.site.root_url)

        found = kept(("portal",), [NETWORK], read)
        return None if found is None or found.key == self.site.pk else found

    @cached_property
    def languages(self) -> list[Language]:
        """The page in each language of the site; empty where there is nothing to choose."""
        if not (self.identity and self.identity.breton_enabled):
            return []
        page = self.page if self.page is not None and self.page.pk else self.home
        translations = {
            translated.locale.language_code: translated
            for translated in pages()
            .published()
            .filter(translation_key__in={page.translation_key, self.home.translation_key})
            .select_related("locale")
            .order_by("depth")  # the page itself after the home, which stands in where it is not translated
        }
        if len(translations) < 2:
            return []
        return [
            Language(
                code,
                name,
                url=translations[code].get_url(self.request),
                is_current=code == self.language,
                is_translation=translations[code].translation_key == page.translation_key,
            )
            for code, name in settings.LANGUAGES
            if code in translations
        ]


def shown_now(entries: Iterable[MenuEntry]) -> list[MenuEntry]:
    now = timezone.now()
    return [entry for entry in entries if entry.expire_at is None or entry.expire_at > now]


def feed_of(page: Page, request: HttpRequest) -> str:
    address = getattr(page.specific_class, "feed_address", "")
    return f"{page.get_url(request)}{address}" if address else ""
