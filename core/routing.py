"""From an address to a page, in two queries however deep the page lies.

Wagtail walks the tree with two queries a level. Here one query finds every page on the way by `url_path`, one loads
the deepest as its own class; what remains of the path is left to that page's own `route()`. The result is handed to
Wagtail where it keeps its own (`request._wagtail_route_for_request`), so that all else is Wagtail's.
"""

import re

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from wagtail.models import Page, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION, SiteRootPath
from wagtail.url_routing import RouteResult
from wagtail.urls import serve_pattern
from wagtail.views import serve as wagtail_serve

from core.page_cache.generations import NETWORK, generations
from core.querysets import home_of

MAX_DEPTH = 12
SERVED = re.compile(serve_pattern)


def serve(request: HttpRequest, path: str):
    request._wagtail_route_for_request = find_route(request, path)
    return wagtail_serve(request, path)


def find_route(request: HttpRequest, path: str) -> RouteResult | None:
    """The page that `path` names on the request's site, in the active language; None where there is none."""
    site = Site.find_for_request(request)
    if site is None or not SERVED.match(path):
        return None
    # A site without this language answers with its French tree, which a hook then redirects to.
    home = home_of(site, translation.get_language(), settings.LANGUAGE_CODE) or site.root_page
    components = [component for component in path.split("/") if component]
    trail = find_trail(home, components[:MAX_DEPTH])
    if not trail:
        return None
    if (expiry := trail[-1].expire_at) and expiry <= timezone.now():
        return None  # on the minute, not when the next periodic run takes it off line
    page = load(trail[-1])
    page.trail = trail[:-1]
    if page.trail:
        page._cached_parent_obj = page.trail[-1]
    try:
        return page.route(request, components[len(trail) - 1 :])
    except Http404:
        return None


def find_trail(home: Page, components: list[str]) -> list[Page]:
    """The pages from `home` down along `components`, as far as they exist."""
    addresses = [home.url_path]
    for component in components:
        addresses.append(f"{addresses[-1]}{component}/")
    found = {
        page.url_path: page
        for page in Page.objects.filter(url_path__in=addresses, path__startswith=home.path, depth__gte=home.depth)
    }
    trail = []
    for address in addresses:
        if address not in found:
            break
        trail.append(found[address])
    return trail


def load(page: Page) -> Page:
    """`page` as its own class, with the picture that its template shows."""
    model = page.specific_class
    if model is None or not hasattr(model, "listing_image"):
        return page.specific
    return model._default_manager.select_related("listing_image").get(pk=page.pk)


def warm_site_addresses() -> None:
    """Fill Wagtail's cache of the sites' addresses with one query, where Wagtail makes one for each site."""
    if cache.get(SITE_ROOT_PATHS_CACHE_KEY, version=SITE_ROOT_PATHS_CACHE_VERSION) is not None:
        return
    before = generations().read([NETWORK])
    homes = Page.objects.filter(translation_key__in=Site.objects.values("root_page__translation_key")).values(
        "url_path", "translation_key", "locale__language_code",
        "sites_rooted_here__id", "sites_rooted_here__hostname", "sites_rooted_here__port",
        "sites_rooted_here__is_default_site",
    )  # fmt: skip
    sites, by_key = {}, {}
    for row in homes:
        by_key.setdefault(row["translation_key"], {})[row["url_path"]] = row["locale__language_code"]
        if row["sites_rooted_here__id"]:
            site = Site(
                id=row["sites_rooted_here__id"],
                hostname=row["sites_rooted_here__hostname"],
                port=row["sites_rooted_here__port"],
                is_default_site=row["sites_rooted_here__is_default_site"],
            )
            sites[site.id] = (site, row["translation_key"], row["url_path"])
    paths = []
    # Wagtail's own order: the most specific root first, the default site before others, then by name.
    by_specificity = sorted(sites.values(), key=lambda found: (not found[0].is_default_site, found[0].hostname))
    for site, key, _path in sorted(by_specificity, key=lambda found: found[2], reverse=True):
        paths.extend(
            SiteRootPath(site.id, url_path, site.root_url, language) for url_path, language in by_key[key].items()
        )
    # What was read while something changed may be of before: Wagtail asks for it at once, and it is read anew soon.
    is_sure = before is not None and generations().read([NETWORK]) == before
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, paths, 3600 if is_sure else 2, version=SITE_ROOT_PATHS_CACHE_VERSION)
