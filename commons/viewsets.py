"""The screens of the editor about shared content."""

from wagtail.snippets.views.snippets import CopyView, SnippetViewSet

from core.isolation.choosers import SharedChooserViewSet


class SharedCopyView(CopyView):
    def get_initial_form_instance(self):
        return self.get_object().copied()


class SharedViewSet(SnippetViewSet):
    chooser_viewset_class = SharedChooserViewSet
    copy_view_class = SharedCopyView
