from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.pagination import paginate
from core.querysets import pages
from core.site_context import SiteContext
from search.backend import clean_query

PER_PAGE = 10


@require_safe
def search(request):
    """Pages of every type of this site, in the language of the address: `?q=words&page=2`."""
    query = clean_query(request.GET.get("q", ""))
    pagination = None
    if query:
        found = pages().filter(pk__in=pages().under(SiteContext.of(request).home).values("pk")).search(query)
        pagination = paginate(request, found, PER_PAGE, keep={"q": query})
        pagination.page.object_list = with_descriptions(pagination.page.object_list)
    return render(request, "search/search.html", {"query": query, "pagination": pagination})


def with_descriptions(results) -> list:
    """The pages as their own classes, in the order found: one query for each class among them."""
    results = list(results)
    specific = {page.pk: page for page in pages().filter(pk__in=[page.pk for page in results]).specific()}
    return [specific[page.pk] for page in results if page.pk in specific]
