from urllib.parse import urlsplit

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.request import split_domain_port
from django.middleware.locale import LocaleMiddleware
from django.middleware.security import SecurityMiddleware as DjangoSecurityMiddleware
from django.shortcuts import render
from django.utils import translation
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Site

from core.addresses import site_formerly_at
from core.identity import SiteState
from core.querysets import seen_as_in_the_editor
from core.routing import warm_site_addresses
from core.site_context import SiteContext
from core.typography import typeset_html

EDITOR_PATH = "/admin/"
EDITOR_ADDRESS = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
# Asked by load balancers under the machine's own address, before any site exists.
HOSTLESS_PATHS = ("/healthz",)
SHOWN_ELSEWHERE = (settings.MEDIA_URL, "/documents/", "/favicon.")
MAX_STEPS = 12  # of an address: no page is deeper
OPEN_WHEN_SUSPENDED = ("/theme/", "/favicon.")


def is_editor_path(path: str) -> bool:
    return f"{path}/".startswith(EDITOR_PATH)


class SecurityMiddleware(DjangoSecurityMiddleware):
    """Django's headers, and who may show what this host answers; the way to https is told once the host is ours."""

    def process_request(self, request):
        return None

    def process_response(self, request, response):
        response = super().process_response(request, response)
        # Readers of feeds and partners' pages show pictures and files of ours; pages are shown by nobody else.
        is_shared = request.path_info.startswith(SHOWN_ELSEWHERE)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_shared else "same-origin")
        return response


class SiteMiddleware:
    """Refuse a host that is in no row of the Site table (400), and keep the editor on its one host.

    `Site.find_for_request` falls back to the default site for unknown hosts; that would let anybody's domain show
    the portal, and let a forged Host header into links. The site found is cached on the request by Wagtail, so that
    this costs no query more.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info in HOSTLESS_PATHS:
            return self.get_response(request)
        try:
            hostname, _port = split_domain_port(request.get_host())
        except DisallowedHost:
            return self.refuse(request)
        if getattr(request, "is_dummy", False):  # a preview: Wagtail made the host up for what has no address
            return self.get_response(request)
        site = Site.find_for_request(request)
        if site is None or site.hostname.lower() != hostname:
            moved = site_formerly_at(hostname)
            if moved is not None:
                response = HttpResponsePermanentRedirect(f"{moved.root_url}{request.get_full_path()}")
                response["Cache-Control"] = "no-cache"  # the site may come back here: browsers would go round for ever
                return response
            return self.refuse(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return HttpResponsePermanentRedirect(f"https://{request.get_host()}{request.get_full_path()}")
        if is_editor_path(request.path_info) and request.get_host() != EDITOR_ADDRESS:
            # To the letter, port included: failed sign-ins are counted, and links in mails made, by it.
            return HttpResponseRedirect(f"{settings.WAGTAILADMIN_BASE_URL}{request.get_full_path()}")
        warm_site_addresses()
        if is_editor_path(request.path_info):
            with seen_as_in_the_editor():
                return self.get_response(request)
        if not request.path_info.startswith(OPEN_WHEN_SUSPENDED):
            identity = SiteContext.of(request).identity
            if identity.state == SiteState.SUSPENDED:
                return self.closed(request, identity)
        return self.get_response(request)

    @staticmethod
    def closed(request, identity):
        """The notice of a suspended site; search engines keep what they know of it (RFC 9110, section 15.6.4)."""
        with translation.override(settings.LANGUAGE_CODE):
            response = render(request, "503.html", {"identity": identity}, status=503)
        response["Retry-After"] = "86400"
        return response

    @staticmethod
    def refuse(request):
        with translation.override(settings.LANGUAGE_CODE):
            return render(request, "400.html", status=400)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, the editor's own for the editor and its previews.

    A page may frame the players of the videos that it shows, and nobody else's (`{% facade %}` says which); where it
    has a map, the images of the server of its ground are let in.
    """

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        site = SiteContext.of(request)
        if is_editor_path(request.path_info) or site.is_preview:
            parts.replace = settings.EDITOR_CONTENT_SECURITY_POLICY
        hosts = {"frame-src": site.player_hosts, "img-src": site.tile_hosts}
        if added := {directive: sorted(names) for directive, names in hosts.items() if names}:
            parts.update = {**(parts.update or {}), **added}
        return parts


class PathLocaleMiddleware(LocaleMiddleware):
    """The language comes from the path alone, so that a page is the same for everybody (no `Vary`, no cookie)."""

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class TypographyMiddleware:
    """Typeset the public pages: one place for titles, texts, translations and what rooms will add."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_html = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        site = SiteContext.of(request)
        is_public = not is_editor_path(request.path_info) or site.is_preview or site.chosen_theme is not None
        if is_html and is_public:
            response.content = typeset_html(response.content.decode()).encode()
        return response


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Wagtail's redirects, also for what a page answers below its own address: feeds, calendars, files, months.

    People subscribed to these: the redirect of the page that was renamed or moved is theirs too.
    """

    def process_response(self, request, response):
        response = super().process_response(request, response)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        moved = moved_part(request)
        return HttpResponsePermanentRedirect(moved) if moved else response


def moved_part(request) -> str:
    """Where the part of a page is now that this address named below the page's former one; "" for none."""
    steps = [step for step in request.path_info.split("/") if step]
    site = Site.find_for_request(request)
    if site is None or not 2 <= len(steps) <= MAX_STEPS or "\0" in request.path_info:
        return ""
    parents = {f"/{'/'.join(steps[:count])}": steps[count:] for count in range(len(steps) - 1, 0, -1)}
    known = Redirect.objects.filter(site=site, old_path__in=parents, redirect_page__live=True)
    pages = {redirect.old_path: redirect.redirect_page for redirect in known.select_related("redirect_page")}
    for parent, left in parents.items():
        if parent not in pages:
            continue
        page, rest = pages[parent].specific, "/".join([*left, ""])
        try:
            if isinstance(page, RoutablePageMixin) and page.resolve_subpage(f"/{rest}"):
                query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
                return f"{page.get_url(request)}{rest}{query}"
        except Http404:
            return ""
    return ""
