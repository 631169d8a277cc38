"""The editor's choosers and its API: limited to what a person may choose, and beginning at home."""

from urllib.parse import urlsplit

from django.db.models import Case, IntegerField, Value, When
from django.urls import Resolver404, resolve
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.snippets.views import chooser as snippets

from core.isolation.visibility import choosable, choosable_pages, own_pages, visible
from core.querysets import HOME_DEPTH, HOME_LENGTH


class OwnImages(ImagesAdminAPIViewSet):
    def get_queryset(self):
        return super().get_queryset() & visible(self.model, self.request.user)


class OwnDocuments(DocumentsAdminAPIViewSet):
    def get_queryset(self):
        return super().get_queryset() & visible(self.model, self.request.user)


def limit_editor_api(router) -> None:
    """Replace Wagtail's endpoints for files, which answer for everybody's."""
    router.register_endpoint("images", OwnImages)
    router.register_endpoint("documents", OwnDocuments)


def limit_page_chooser(pages, request):
    pages = choosable_pages(request.user, pages)
    if request.resolver_match.url_name == "wagtailadmin_choose_page_search":
        home = home_to_begin_at(request)
        return OwnFirst.of(pages, home) if home else pages
    return pages


def page_being_written(request) -> Page | None:
    """The page whose form the chooser was opened from, as the browser says; it is a convenience, and no permission."""
    try:
        kwargs = resolve(urlsplit(request.headers.get("Referer", "")).path).kwargs
    except Resolver404:
        return None
    key = next((kwargs[name] for name in ("page_id", "parent_page_id", "page_to_move_id") if name in kwargs), None)
    return own_pages(request.user).filter(pk=key).first()


def home_to_begin_at(request) -> Page | None:
    """The home of the site where this person writes: of the page in its form, else the first in their care."""
    page = page_being_written(request)
    if page is not None and page.depth >= HOME_DEPTH:
        return Page.objects.get(path=page.path[:HOME_LENGTH])
    return own_pages(request.user).filter(depth=HOME_DEPTH).order_by("path").first()


class OneAfterTheOther:
    """Two lists of search results as one, for a paginator."""

    def __init__(self, first, second):
        self.first, self.second = first, second

    @cached_property
    def length_of_first(self) -> int:
        return self.first.count()

    def count(self) -> int:
        return self.length_of_first + self.second.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list:
        length = self.length_of_first
        start, stop = part.start or 0, part.stop
        rest = slice(max(start - length, 0), max(stop - length, 0))
        return [*self.first[start:stop], *(self.second[rest] if rest.stop else ())]


class PagesOf(PageQuerySet):
    """Pages, with one that they are seen from."""

    page: Page

    @classmethod
    def of(cls, pages, page: Page):
        found = cls(model=pages.model, query=pages.query.chain(), using=pages._db)
        found.page, found._iterable_class = page, pages._iterable_class
        found._prefetch_related_lookups = pages._prefetch_related_lookups
        return found

    def _clone(self):
        clone = super()._clone()
        clone.page = self.page
        return clone


class OwnFirst(PagesOf):
    """Pages of which a search finds those below `page` first."""

    def autocomplete(self, query, **options):
        own, others = self.descendant_of(self.page, inclusive=True), self.not_descendant_of(self.page, inclusive=True)
        return OneAfterTheOther(
            super(OwnFirst, own).autocomplete(query, **options), super(OwnFirst, others).autocomplete(query, **options)
        )


class ChildrenOf(PagesOf):
    """Children of `page`, which none of them asks for again."""

    def _fetch_all(self):
        super()._fetch_all()
        for child in self._result_cache:
            if isinstance(child, Page):  # and not a row of values
                child._cached_parent_obj = self.page


class BrowsePages(chooser.BrowseView):
    """Opens on one's own site, where the kind of page asked for is; in the whole network, one's own is first."""

    @cached_property
    def home(self) -> Page | None:
        return home_to_begin_at(self.request)

    def get(self, request, parent_page_id=None):
        if parent_page_id is None and self.home is not None:
            parent_page_id = self.beginning(request.GET.get("page_type")).pk
        return super().get(request, parent_page_id)

    def beginning(self, page_types: str | None) -> Page:
        """The page of one's site below which are all those of the kinds asked for."""
        try:
            classes = chooser.page_models_from_string(page_types) if page_types else (Page,)
        except (ValueError, LookupError):
            return self.home  # Wagtail answers 404
        if classes == (Page,):
            return self.home
        found = Page.objects.descendant_of(self.home, inclusive=True).type(*classes).first_common_ancestor()
        return found if found.depth >= HOME_DEPTH else self.home

    def filter_object_list(self, pages):
        # What the column of states shows of each row, asked once.
        pages = super().filter_object_list(pages).prefetch_workflow_states().annotate_approved_schedule()
        pages = ChildrenOf.of(pages, self.parent_page)
        if not self.parent_page.is_root() or self.home is None:
            return pages
        own_first = Case(When(pk=self.home.pk, then=Value(0)), default=Value(1), output_field=IntegerField())
        return pages.order_by(own_first, "path")


class SearchPages(chooser.SearchView):
    """Each result says which site it is of."""

    @cached_property
    def titles_of_homes(self) -> dict[str, str]:
        return dict(Page.objects.filter(depth=HOME_DEPTH).values_list("path", "title"))

    @property
    def columns(self):
        columns = super().columns
        place = [column.name for column in columns].index("parent")
        site = Column("site", label=_("Site"), accessor=lambda page: self.titles_of_homes[page.path[:HOME_LENGTH]])
        return [*columns[:place], site, *columns[place:]]


class Choosable:
    """For the views of a snippet's chooser: only what the person may choose."""

    def get_object_list(self):
        return choosable(self.model_class, self.request.user)

    def get_object(self, pk):
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in=pks)


class ChooseView(Choosable, snippets.ChooseView):
    pass


class ChooseResultsView(Choosable, snippets.ChooseResultsView):
    pass


class ChosenView(Choosable, snippets.SnippetChosenView):
    pass


class ChosenMultipleView(Choosable, snippets.SnippetChosenMultipleView):
    pass


class SharedChooserViewSet(snippets.SnippetChooserViewSet):
    """The chooser of what the network shares: drafts are shown to those who write them."""

    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
