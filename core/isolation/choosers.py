"""The editor's choosers and its API, limited to what a person may choose."""

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.snippets.views import chooser as snippets

from core.isolation.visibility import choosable, choosable_pages, visible


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
    return choosable_pages(request.user, pages)


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
