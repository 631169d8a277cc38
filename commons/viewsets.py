"""The screens of the editor about shared content."""

from django.contrib.admin.utils import quote, unquote
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page
from wagtail.snippets.views.snippets import CopyView, SnippetViewSet, UsageView

from commons.shared import SharedContent
from commons.uses import Uses, replace_everywhere
from core.isolation.choosers import SharedChooserViewSet
from core.querysets import HOME_LENGTH
from core.screens import breadcrumb
from poles.homes import homes_by_state


class SharedCopyView(CopyView):
    def get_initial_form_instance(self):
        return self.get_object().copied()


class SharedUsageView(UsageView):
    @cached_property
    def header_buttons(self):
        address = reverse(self.model.snippet_viewset.get_url_name("replace"), args=[quote(self.object.pk)])
        return [*super().header_buttons, HeaderButton(_("Replace everywhere"), address, icon_name="rotate")]

    @cached_property
    def site_names(self) -> dict[str, str]:
        return {home: name for home, (name, _state) in homes_by_state().items()}

    def site_of(self, row) -> str:
        used_by = row["object"]
        if not isinstance(used_by, Page):
            return ""
        return self.site_names.get(used_by.path[:HOME_LENGTH]) or _("The network")

    @cached_property
    def columns(self):
        name, *others = super().columns
        return [name, Column("site", label=_("Site"), accessor=self.site_of), *others]


class ReplaceView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Another in the place of a shared content, on all the sites: chosen, looked at, then done."""

    model: type[SharedContent] | None = None  # the viewset’s
    permission_required = "change"
    template_name = "commons/manage/replace.html"
    page_title = gettext_lazy("Replace everywhere")
    header_icon = "rotate"

    @cached_property
    def object(self) -> SharedContent:
        return get_object_or_404(self.model, pk=unquote(self.kwargs["pk"]))

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        address = reverse(self.model.snippet_viewset.get_url_name("list"))
        return breadcrumb((address, capfirst(self.model._meta.verbose_name_plural)), (self.usage_url, str(self.object)))

    @cached_property
    def others(self):
        """What may take its place: published, of its kind and language."""
        known = self.model._default_manager.live().filter(locale_id=self.object.locale_id)
        return known.exclude(pk=self.object.pk)

    def chosen(self, key: str | None) -> SharedContent | None:
        return self.others.filter(pk=key).first() if key and key.isascii() and key.isdecimal() else None

    @property
    def usage_url(self) -> str:
        return reverse(self.model.snippet_viewset.get_url_name("usage"), args=[quote(self.object.pk)])

    def post(self, request, *args, **kwargs):
        other = self.chosen(request.POST.get("to"))
        if other is None:
            messages.error(request, _("Choose what takes its place: it is no longer there, or not published."))
            return redirect(request.path)
        number = replace_everywhere(self.object, other, request.user)
        said = ngettext(
            "“%(new)s” stands in the place of “%(old)s” on %(number)s page.",
            "“%(new)s” stands in the place of “%(old)s” on %(number)s pages.",
            number,
        )
        messages.success(request, said % {"new": other, "old": self.object, "number": number})
        return redirect(self.usage_url)

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "object": self.object,
            "uses": Uses(self.object),
            "others": self.others,
            "other": self.chosen(self.request.GET.get("to")),
            "usage_url": self.usage_url,
        }


class SharedViewSet(SnippetViewSet):
    chooser_viewset_class = SharedChooserViewSet
    copy_view_class = SharedCopyView
    usage_view_class = SharedUsageView

    def get_urlpatterns(self):
        replace = self.construct_view(ReplaceView)
        return [*super().get_urlpatterns(), path("replace/<str:pk>/", replace, name="replace")]


def refuse_what_is_used(request, contents):
    """Nothing that a page shows is deleted under it: what uses it, and what can be done, is shown instead."""
    used = [(content, Uses(content)) for content in contents if isinstance(content, SharedContent)]
    used = [(content, uses) for content, uses in used if uses.count]
    if not used:
        return None
    context = {
        "used": [(content, uses, addresses_of(content)) for content, uses in used],
        "page_title": _("Still in use"),
        "header_icon": "warning",
    }
    return render(request, "commons/manage/in_use.html", context, status=409)


def addresses_of(content: SharedContent) -> dict[str, str]:
    viewset = content.snippet_viewset
    names = ("replace", "usage", "unpublish", "list")
    return {
        name: reverse(viewset.get_url_name(name), args=[] if name == "list" else [quote(content.pk)]) for name in names
    }
