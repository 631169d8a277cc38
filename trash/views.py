"""« La corbeille »: what was deleted on one's sites, to put back or to delete for good."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.models import Page

from core.screens import breadcrumb
from trash.models import KEPT_FOR, TrashedPage
from trash.pages import (
    CannotRestore,
    may_publish_again,
    may_purge,
    own_pages_that_lead_to,
    purge,
    restore,
    site_of,
    trash,
    visible_to,
)

PER_PAGE = 30


class TrashView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "trash/list.html"
    page_title = gettext_lazy("Trash")
    header_icon = "bin"

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("trash"), self.page_title))

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("q", "").replace("\x00", "").strip()
        found = visible_to(self.request.user)
        if asked:
            found = found.filter(page__title__icontains=asked)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        several = len({row.site_id for row in page}) > 1
        rows = [(row, may_purge(row, self.request.user)) for row in page]
        return {
            **super().get_context_data(**kwargs),
            "days": KEPT_FOR.days,
            "asked": asked,
            "page": page,
            "rows": rows,
            "several": several,
        }


class RowView(WagtailAdminTemplateMixin, TemplateView):
    """What one does to one page of the trash: asked here, done by POST."""

    header_icon = "bin"

    @cached_property
    def row(self) -> TrashedPage:
        return get_object_or_404(visible_to(self.request.user), pk=self.kwargs["row"])

    def get_page_subtitle(self):
        return self.row.page.title

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("trash"), _("Trash")), (self.request.path, self.page_title))

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "row": self.row}


class RestoreView(RowView):
    template_name = "trash/restore.html"
    page_title = pgettext_lazy("trash", "Restore")

    def get_context_data(self, **kwargs):
        may_publish = may_publish_again(self.row, self.request.user)
        return {**super().get_context_data(**kwargs), "may_publish": may_publish}

    def post(self, request, *args, **kwargs):
        try:
            done = restore(self.row, user=request.user)
        except CannotRestore as reason:
            messages.error(request, str(reason))
            return redirect("trash")
        said = _("“%(title)s” is back.") % {"title": done.page.title}
        if done.page.slug != done.slug:
            said += " " + _("Another page has its address: it is now at “%(slug)s”.") % {"slug": done.page.slug}
        if done.is_draft:
            said += " " + _("It is a draft: whoever may publish makes it public again.")
        if done.lost_schedule:
            said += " " + _("Its schedule does not hold any more: schedule it again.")
        open_it = messages.button(reverse("wagtailadmin_pages:edit", args=[done.page.pk]), pgettext("trash", "Open"))
        messages.success(request, said, buttons=[open_it])
        return redirect("wagtailadmin_explore", done.page.get_parent().pk)


class PurgeView(RowView):
    template_name = "trash/purge.html"
    page_title = gettext_lazy("Delete for good")

    def dispatch(self, request, *args, **kwargs):
        if not may_purge(self.row, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        title = self.row.page.title
        purge(self.row, user=request.user)
        messages.success(request, _("“%(title)s” is deleted for good.") % {"title": title})
        return redirect("trash")


class ToTrashView(WagtailAdminTemplateMixin, TemplateView):
    """In the place of Wagtail's screen that deletes a page, which has asked whether this person may."""

    template_name = "trash/to_trash.html"
    page_title = pgettext_lazy("trash", "Delete")
    header_icon = "bin"
    trashed: Page | None = None  # given by whoever makes the view

    def get_breadcrumbs_items(self):
        return breadcrumb(("", _("Put “%(title)s” in the trash") % {"title": self.trashed.get_admin_display_title()}))

    def next_url(self) -> str:
        parent = reverse("wagtailadmin_explore", args=[self.trashed.get_parent().pk])
        return get_valid_next_url_from_request(self.request) or parent

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "trashed": self.trashed,
            "below": self.trashed.get_descendant_count(),
            "usage_count": own_pages_that_lead_to(self.trashed, self.request.user),
            "days": KEPT_FOR.days,
            "next": self.next_url(),
        }

    def post(self, request, *args, **kwargs):
        next_url = self.next_url()
        row = trash(self.trashed, user=request.user)
        take_back = messages.button(reverse("trash_restore", args=[row.pk]), pgettext("trash", "Restore"))
        messages.success(request, said_of(row.pages), buttons=[take_back])
        return redirect(next_url)


def said_of(number: int) -> str:
    said = ngettext(
        "%(number)s page is in the trash for %(days)s days.",
        "%(number)s pages are in the trash for %(days)s days.",
        number,
    )
    return said % {"number": number, "days": KEPT_FOR.days}


def offer_trash(request, page: Page):
    """For `before_delete_page`: a page of a site goes to the trash; a home and what is below no site, as in Wagtail."""
    return ToTrashView.as_view(trashed=page)(request) if site_of(page) else None


class TrashBulkAction(DeleteBulkAction):
    template_name = "trash/bulk.html"

    def check_perm(self, page):
        """A home, which would take its site along, is deleted alone, on Wagtail's own screen."""
        return super().check_perm(page) and site_of(page) is not None

    def get_context_data(self, **kwargs):
        # Nothing is lost: nobody has to type the name of the site.
        return {**super().get_context_data(**kwargs), "type_to_confirm_before_delete": False, "days": KEPT_FOR.days}

    def post(self, request):
        return super(DeleteBulkAction, self).post(request)

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        number = 0
        for page in objects:
            # One that was chosen with a page above it went with that page.
            if Page.objects.filter(pk=page.pk, path=page.path).exists():
                number += trash(page, user=user).pages
        return number, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return format_html('{} <a href="{}">{}</a>', said_of(num_parent_objects), reverse("trash"), _("Open the trash"))
