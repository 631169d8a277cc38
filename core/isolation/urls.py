"""Views of the editor that take the place of Wagtail's, at the same addresses."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from core.isolation import redirects
from core.isolation.choosers import BrowsePages, SearchPages

urlpatterns = [
    path("choose-page/", require_admin_access(BrowsePages.as_view()), name="wagtailadmin_choose_page"),
    path(
        "choose-page/<int:parent_page_id>/",
        require_admin_access(BrowsePages.as_view()),
        name="wagtailadmin_choose_page_child",
    ),
    path("choose-page/search/", require_admin_access(SearchPages.as_view()), name="wagtailadmin_choose_page_search"),
    *(
        path(f"redirects/{route}", require_admin_access(view), name=name)
        for route, view, name in (
            ("", redirects.RedirectsView.as_view(), "redirects"),
            ("results/", redirects.RedirectsView.as_view(results_only=True), "redirects_results"),
            ("add/", redirects.AddRedirectView.as_view(), "redirect_add"),
            ("<int:redirect_id>/", redirects.EditRedirectView.as_view(), "redirect_edit"),
            ("<int:redirect_id>/delete/", redirects.DeleteRedirectView.as_view(), "redirect_delete"),
            ("import/", redirects.ImportRedirectsView.as_view(), "redirects_import"),
            ("import/process/", redirects.ImportRedirectsView.as_view(), "redirects_import_process"),
        )
    ),
]
