"""What stands around every page of a site: identity, menu, footer, languages."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site

from core.identity import SiteIdentity
from core.querysets import home_of, pages
from core.theme.stylesheet import Theme, stylesheet_version


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    url: str
    is_current: bool
    is_translation: bool  # of the page shown; else the language's home stands in for it


class SiteFrame:
    """Read once a request, lazily: a page that shows no menu pays for none."""

    def __init__(self, request: HttpRequest, page: Page | None = None):
        self.request = request
        self.page = page
        self.site = self._site()
        self.language = translation.get_language() or settings.LANGUAGE_CODE

    @property
    def is_main_language(self) -> bool:
        """Whether the page is in the language that an identity is written in."""
        return self.language == settings.LANGUAGE_CODE

    def _site(self) -> Site | None:
        # A preview is rendered on the editor's host, or on none: the page knows its site.
        if getattr(self.request, "is_preview", False) and self.page is not None and self.page.pk:
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
        return SiteIdentity.for_site(self.site)

    @cached_property
    def theme(self) -> Theme:
        return getattr(self.request, "theme", None) or self.identity.theme

    @property
    def appearance(self) -> str:
        """`light` or `dark` where a preview asks for one; visitors' own choice stays in their browser."""
        return getattr(self.request, "appearance", "")

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
    def _children(self) -> list[Page]:
        """The pages below the home, in the order of the French tree; each in French where it is not translated."""
        found = (
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
            )
            .order_by("path")
        )
        here = {page.translation_key: page for page in found if page.path.startswith(self.home.path)}
        if self.home.pk == self.site.root_page_id:
            return list(here.values())
        french = [page for page in found if not page.path.startswith(self.home.path)]
        return [here.pop(page.translation_key, page) for page in french] + list(here.values())

    def _links(self, wanted) -> list[dict]:
        path = self.page.path if self.page is not None and self.page.path else "-"
        return [
            {
                "title": child.title,
                "url": child.get_url(self.request),
                "is_current": path == child.path,
                "is_section": path.startswith(child.path),
                "lang": "" if child.locale_id == self.home.locale_id else settings.LANGUAGE_CODE,
            }
            for child in self._children
            if wanted(child)
        ]

    @cached_property
    def menu(self) -> list[dict]:
        return self._links(lambda child: child.show_in_menus)

    @cached_property
    def footer_links(self) -> list[dict]:
        return self._links(lambda child: getattr(child.specific_class, "in_footer", False))

    @cached_property
    def languages(self) -> list[Language]:
        """The page in each language of the site; empty where there is nothing to choose."""
        if not (self.identity and self.identity.breton_enabled):
            return []
        page = self.page if self.page is not None and self.page.pk else self.home
        found = {
            translated.locale.language_code: translated
            for translated in pages()
            .published()
            .filter(translation_key__in={page.translation_key, self.home.translation_key})
            .select_related("locale")
            .order_by("depth")  # the page itself after the home, which stands in where it is not translated
        }
        if len(found) < 2:
            return []
        return [
            Language(
                code,
                name,
                url=found[code].get_url(self.request),
                is_current=code == self.language,
                is_translation=found[code].translation_key == page.translation_key,
            )
            for code, name in settings.LANGUAGES
            if code in found
        ]


def site_frame(request: HttpRequest, page: Page | None = None) -> SiteFrame:
    """The frame of this request, made once; `page` is the page being shown, where there is one."""
    frame = getattr(request, "_site_frame", None)
    if frame is None:
        frame = request._site_frame = SiteFrame(request, page)
    return frame
