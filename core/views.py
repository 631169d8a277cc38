"""Pages that belong to a site as a whole, not to its tree."""

import logging
from datetime import timedelta
from io import BytesIO
from posixpath import normpath

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseErrors
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file
from PIL import Image as PillowImage
from PIL import ImageDraw
from wagtail.models import Page, Site

from core.querysets import pages
from core.routing import find_route
from core.silence import is_silent_picture
from core.site_context import SiteContext
from core.theme.poster import letters
from core.theme.stylesheet import Theme, built_for_anybody

logger = logging.getLogger(__name__)
YEAR = 31_536_000


@require_safe
def healthz(request):
    """200 when the process can serve: database, cache and migrations; 503 with the reason of each failure."""
    problems = {}
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if pending:
            problems["migrations"] = f"{len(pending)} not applied: run manage.py migrate"
    except DatabaseErrors:
        logger.exception("database")
        problems["database"] = "does not answer"
    if not cache_answers():
        problems["cache"] = "does not keep what it is given"
    if problems:
        logger.error("healthz", extra={"problems": problems})
    return JsonResponse(
        {"status": "unavailable" if problems else "ok", **problems},
        status=503 if problems else 200,
        headers={"Cache-Control": "no-store"},
    )


def editor_session(request):
    """For who is signed in, which the editor asks before: the token that a form open since longer needs to be saved."""
    return JsonResponse({"token": get_token(request)}, headers={"Cache-Control": "no-store"})


def page_advice(request, page_id):
    """A fragment for the form of a page: what its writer might still say better, of the text as it was last saved."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    found = draft.advice() if hasattr(draft, "advice") else []
    return render(request, "core/advice.html", {"advice": found})


def cache_answers() -> bool:
    """False when the cache lost what it was given, or is away (the Redis backend keeps its errors to itself)."""
    try:
        cache.set("healthz", "ok", 10)
        return cache.get("healthz") == "ok"
    except Exception:  # whatever the backend raises, the answer is the same
        logger.exception("cache")
        return False


@require_safe
def robots(request):
    sitemap = Site.find_for_request(request).root_url + reverse("sitemap")
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Disallow: {reverse('search')}",
        "",
        f"Sitemap: {sitemap}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    """RFC 9116. Without a SECURITY_CONTACT there is nobody to write to, hence no file."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    # Whole days, so that the answer is the same all day long.
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en, br",
        f"Canonical: {Site.find_for_request(request).root_url}{request.path}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def picture_file(request, path: str):
    """A picture of a published page. On a large install the reverse proxy serves them itself."""
    if normpath(path) != path:  # `images/../documents/…` would go around the documents' own view
        raise Http404
    is_silent = is_silent_picture(path)
    if is_silent and not request.user.is_authenticated:
        raise Http404
    try:
        response = serve_file(request, path, document_root=settings.MEDIA_ROOT)
    except OSError:  # a name longer than the file system allows
        raise Http404 from None
    if is_silent:
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def theme(request, key: str, version: str):
    """A theme's style sheet: it depends on what its address names, whichever site asks for it."""
    try:
        text, current_version = built_for_anybody(Theme.from_key(key))
    except KeyError:
        raise Http404 from None
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    if version == current_version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:  # an address of before or after this process's own code: not to be kept
        patch_cache_control(response, no_store=True)
    return response


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon_svg(request):
    identity = SiteContext.of(request).identity
    return render(
        request, "core/favicon.svg", {"identity": identity, "theme": identity.theme}, content_type="image/svg+xml"
    )


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon_ico(request):
    """The same icon for browsers that ask for /favicon.ico whatever the page says."""
    identity = SiteContext.of(request).identity
    tones = identity.theme.palette.light
    size = 64
    icon = PillowImage.new("RGBA", (size, size))
    draw = ImageDraw.Draw(icon)
    draw.rounded_rectangle((0, 0, size - 1, size - 1), radius=14, fill=tones.primary)
    draw.text(
        (size / 2, size / 2),
        identity.initials,
        fill=tones.on_primary,
        anchor="mm",
        font=letters(36 if len(identity.initials) > 1 else 44),
    )
    output = BytesIO()
    icon.save(output, format="ICO", sizes=[(32, 32), (64, 64)])
    return HttpResponse(output.getvalue(), content_type="image/vnd.microsoft.icon")


@require_safe
def permalink(request, page_id: int):
    """A page's address for ever: it survives moves and new slugs, and knows the pages of this site only."""
    site = Site.find_for_request(request)
    page = get_object_or_404(pages().published(), pk=page_id)
    page_site = page.get_site()
    if page_site is None or page_site.pk != site.pk:
        raise Http404
    return HttpResponseRedirect(page.get_url(request))


def page_not_found(request, exception=None, template_name="404.html"):
    """A 404 in the site's identity. A Breton address without a Breton page leads to the French one."""
    language = translation.get_language()
    prefix = f"/{language}/"
    if language != settings.LANGUAGE_CODE and request.path.startswith(prefix):
        with translation.override(settings.LANGUAGE_CODE):
            route = find_route(request, request.path.removeprefix(prefix))
            if route is not None:
                return HttpResponseRedirect(route.page.get_url(request))
    return render(request, template_name, status=404)


def server_error(request, template_name="500.html"):
    """Asks nothing of the database: it may be what failed."""
    return render(request, template_name, status=500)


def redirect_to_source(page, request):
    """The page to show instead of `page` in this language, as a redirection, or None.

    Wagtail serves the French tree under /br/ where nothing is translated, and fills gaps with aliases of French
    pages: both would show French under a Breton address.
    """
    language = translation.get_language()
    if language == settings.LANGUAGE_CODE:
        return None
    if page.locale.language_code != language:
        return HttpResponseRedirect(page.get_url(request))
    if page.alias_of_id and page.alias_of.locale_id != page.locale_id:
        return HttpResponseRedirect(page.alias_of.get_url(request))
    return None
