"""Pages and documents that a shared password opens: nothing else, and not by trying passwords one after the other."""

from collections.abc import Callable
from functools import partial

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from wagtail.admin.forms.collections import CollectionViewRestrictionForm
from wagtail.documents.views.serve import authenticate_with_password as open_documents
from wagtail.models import CollectionViewRestriction, Page
from wagtail.views import authenticate_with_password as open_page

ACTION = "page_password"  # in ACCOUNT_RATE_LIMITS


def passwords_alone() -> None:
    """Visitors have no account: the editor does not offer to show documents to those who are signed in, or to groups.

    Of pages, `BasePage.private_page_options` says so.
    """
    offered = (CollectionViewRestriction.NONE, CollectionViewRestriction.PASSWORD)
    field = CollectionViewRestrictionForm.base_fields["restriction_type"]
    field.choices = [choice for choice in CollectionViewRestriction.RESTRICTION_CHOICES if choice[0] in offered]


@never_cache
def page_password(request, page_view_restriction_id: int, page_id: int):
    """Wagtail's view: a right password leads to the page, whatever address was posted with it."""
    page = get_object_or_404(Page, pk=page_id)
    opened = partial(open_page, request, page_view_restriction_id, page_id)
    return at_a_pace(request, f"page {page_view_restriction_id}", opened, page.get_url(request) or "/")


@never_cache
def documents_password(request, restriction_id: int):
    opened = partial(open_documents, request, restriction_id)
    return at_a_pace(request, f"documents {restriction_id}", opened, "/")


def at_a_pace(request, key: str, opened: Callable[[], HttpResponse], usual: str) -> HttpResponse:
    """What Wagtail's view answers; who tries too often waits, an odd address to return to leads to the usual one."""
    if request.method != "POST":
        return opened()
    if (refusal := ratelimit.consume_or_429(request, action=ACTION, key=key)) is not None:
        return refusal
    response = opened()
    asked = request.POST.get("return_url", "")
    is_safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    # By default Wagtail leads to the editor.
    return redirect(usual) if response.status_code == 302 and not is_safe else response
