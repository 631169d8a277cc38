"""The screens of the editor about one index page: what a pôle's people do with it beyond one page at a time."""

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from core.isolation.visibility import pages_with_permission
from core.pages import BasePage
from core.screens import breadcrumb


class IndexView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one index page, for those who may `permission` in it.

    A room makes one class of it for its kind of index, whose screens all descend from that one. The key of the index
    is the first argument of their addresses, called `name_in_address`; templates know the index by that name too.
    """

    index_model: ClassVar[type[BasePage]]
    permission: ClassVar[str] = "add"
    name_in_address: ClassVar[str]
    overview: ClassVar[str]  # name of the address of its first screen
    overview_label: ClassVar[str | Promise]
    tab = ""
    guide = ""  # of `docs/guides/`, that these screens are about

    @classmethod
    def indexes_of(cls, user):
        """The index pages that this person may work on: in the main language, which translations follow."""
        mine = pages_with_permission(user, cls.permission)
        own = cls.index_model.objects.filter(pk__in=mine.values("pk"), alias_of__isnull=True)
        return own.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")

    @cached_property
    def index(self) -> BasePage:
        index = self.index_model.objects.filter(pk=self.kwargs[self.name_in_address]).first()
        if index is None:
            raise Http404
        return index

    def is_allowed(self) -> bool:
        return self.indexes_of(self.request.user).filter(pk=self.index.pk).exists()

    def dispatch(self, request, *args, **kwargs):
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.index.get_parent().title

    @cached_property
    def header_buttons(self):
        if not self.guide:
            return []
        return [HeaderButton(_("Guide"), reverse("guide", args=[self.guide]), icon_name="help")]

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse(self.overview, args=[self.index.pk]), self.overview_label))

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), self.name_in_address: self.index, "tab": self.tab}

    def back(self, name: str):
        return redirect(name, self.index.pk)


class IndexesView(WagtailAdminTemplateMixin, TemplateView):
    """To one's own index page; to a list where there are several, or where there is none."""

    template_name = "core/manage/indexes.html"
    screens: ClassVar[type[IndexView]]
    columns: ClassVar[Sequence[str | Promise]] = ()
    empty: ClassVar[str | Promise]

    def cells(self, index: BasePage) -> Sequence:
        """What the list says of an index page, for each of `columns`."""
        return ()

    @cached_property
    def indexes(self) -> list[BasePage]:
        return list(self.screens.indexes_of(self.request.user))

    def get(self, request, *args, **kwargs):
        if len(self.indexes) == 1:
            return redirect(self.screens.overview, self.indexes[0].pk)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return breadcrumb((self.request.path, self.page_title))

    def get_context_data(self, **kwargs):
        rows = [(index, reverse(self.screens.overview, args=[index.pk]), self.cells(index)) for index in self.indexes]
        return {**super().get_context_data(**kwargs), "rows": rows, "columns": self.columns, "empty": self.empty}
