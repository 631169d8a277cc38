"""The menu of a site: which of the pages below its home it shows, and in which order. Translations follow."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, Site

from core.page_cache.changes import changed, scopes_of_page
from core.screens import breadcrumb

MAX_ENTRIES = 7  # beyond, a menu is hard to read


def may_arrange(user, home: Page) -> bool:
    return home.permissions_for_user(user).can_publish_subpage()


def show(page: Page, shown: bool, user) -> None:
    """Put `page` in the menu, or take it out, in every language; a draft in progress is neither published nor lost."""
    for translation in page.get_translations(inclusive=True).specific():
        if translation.alias_of_id is None and translation.live and not translation.has_unpublished_changes:
            translation.show_in_menus = shown
            translation.save_revision(user=user).publish(user=user)
            continue
        if translation.alias_of_id is None and translation.latest_revision_id:
            draft = translation.get_latest_revision_as_object()
            draft.show_in_menus = shown
            draft.save_revision(user=user)
        Page.objects.filter(pk=translation.pk).update(show_in_menus=shown)
        changed(scopes_of_page(translation))


class MenuView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "home/menu.html"
    page_title = gettext_lazy("The menu of the site")
    header_icon = "list-ul"

    @cached_property
    def home(self) -> Page:
        sites = Site.objects.values("root_page")
        home = Page.objects.filter(pk=self.kwargs["home"], pk__in=sites).first()
        if home is None:
            raise Http404
        return home

    def dispatch(self, request, *args, **kwargs):
        if not may_arrange(request.user, self.home):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.home.title

    def get_breadcrumbs_items(self):
        return breadcrumb(("", self.page_title))

    def pages(self) -> list[Page]:
        return list(self.home.get_children().live().order_by("path"))

    def get_context_data(self, **kwargs):
        pages = self.pages()
        entries = [page for page in pages if page.show_in_menus]
        return {
            **super().get_context_data(**kwargs),
            "home": self.home,
            "entries": entries,
            "others": [page for page in pages if not page.show_in_menus],
            "is_long": len(entries) > MAX_ENTRIES,
            "max_entries": MAX_ENTRIES,
        }

    def post(self, request, *args, **kwargs):
        action, _separator, key = request.POST.get("action", "").partition("-")
        with transaction.atomic():
            pages = self.pages()
            page = next((page for page in pages if str(page.pk) == key), None)
            if page is None:
                messages.error(request, _("This page is no longer there: the menu is shown as it is now."))
            elif action in ("show", "hide"):
                show(page, action == "show", request.user)
            elif action in ("up", "down"):
                self.move(page, [page for page in pages if page.show_in_menus], action)
        return redirect(f"{reverse('site_menu', args=[self.home.pk])}#page-{key if page else ''}")

    def move(self, page: Page, entries: list[Page], direction: str) -> None:
        """One place up or down among the entries of the menu."""
        place = entries.index(page) if page in entries else -1
        other = place + (1 if direction == "down" else -1)
        if place >= 0 and 0 <= other < len(entries):
            page.move(entries[other], pos="right" if direction == "down" else "left", user=self.request.user)
