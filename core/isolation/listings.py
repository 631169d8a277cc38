"""The explorer's lists of pages: their filters name nobody but those who work on the pages one sees."""

from django.contrib.auth import get_user_model
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import (
    EditedByFilter,
    GenericPageFilterSet,
    PageFilterSet,
)
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageLogEntry, Site

from core.isolation.visibility import pages_with_permission


def pages_in_care(user):
    return pages_with_permission(user, "add", "change", "publish")


def sites_in_care(user):
    """The sites whose home is in this person's care."""
    return Site.objects.filter(root_page__in=pages_in_care(user))


def owners(request):
    return get_user_model().objects.filter(pk__in=pages_in_care(request.user).values("owner"))


def editors(request):
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=pages_in_care(request.user).values("pk"))
    return get_user_model().objects.filter(pk__in=edits.values("user"))


class OwnPageFilterSet(PageFilterSet):
    """The filters of a list of pages of one kind."""

    owner = MultipleUserFilter(label=_("Owner"), queryset=owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label=_("Edited by"), queryset=editors, widget=CheckboxSelectMultiple)


class OwnGenericFilterSet(OwnPageFilterSet, GenericPageFilterSet):
    pass


class OwnPageViewSet(PageViewSet):
    """Wagtail's screens for pages of every type, with these filters."""

    model = Page
    filterset_class = OwnGenericFilterSet
