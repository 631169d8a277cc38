from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.search.backends import get_search_backend

from core.site_context import SiteContext
from search.backend import clean_query
from search.entries import SearchEntry
from search.finding import Search, name_of_kind, search_kinds
from search.sites import Scope
from search.vain import count_in_vain

MAX_SUGGESTIONS = 7
MAX_TITLE = 80
LEAST_LETTERS = 2
MAX_BYTES = 2048


@require_safe
def search(request):
    """What the words of the address find: see `search.finding.Search` for its parameters."""
    found = Search(request)
    response = render(request, "search/search.html", {"search": found, "query": found.typed})
    is_in_vain = not found.query.is_empty and not found.is_filtered and (found.replaced or not found.count)
    if is_in_vain:
        count_in_vain(found.context.site, found.typed)
        response["Cache-Control"] = "no-store"  # each visit counts
    return response


@require_safe
def suggestions(request):
    """The titles that begin with the words typed, for a list below the search field: `?q=coo`."""
    context = SiteContext.of(request)
    words = clean_query(request.GET.get("q", ""))[:60]
    if len(words) < LEAST_LETTERS:
        return as_json([])
    scope = Scope.of(context)
    found = get_search_backend().autocomplete(words, SearchEntry.objects.all(), order_by_relevance=False)
    if not hasattr(found, "get_queryset"):
        return as_json([])
    entries = scope.shown(found.get_queryset())
    if not scope.is_portal:
        entries = entries.filter(home_path__in=scope.homes)
    kinds, rows = search_kinds(), []
    for entry in entries.order_by("-title", "pk").select_related("page__locale").defer("text")[:MAX_SUGGESTIONS]:
        rows.append(
            {
                "title": entry.title[:MAX_TITLE],
                "kind": name_of_kind(entry, kinds),
                "url": entry.get_url(request),
            }
        )
    while rows and len(as_json(rows).content) > MAX_BYTES:
        rows.pop()
    return as_json(rows)


def as_json(rows: list[dict[str, str]]) -> JsonResponse:
    return JsonResponse({"suggestions": rows}, json_dumps_params={"ensure_ascii": False})


@require_safe
def open_search(request):
    """How browsers search this site from their address bar (OpenSearch 1.1 description document)."""
    context = SiteContext.of(request)
    name = context.identity.name
    known = {"name": name, "about": _("Search %(name)s") % {"name": name}, "root_url": context.root_url}
    document = render_to_string("search/opensearch.xml", known)
    return HttpResponse(document, content_type="application/opensearchdescription+xml; charset=utf-8")
