"""Views of the editor that take the place of Wagtail's, at the same addresses."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from core.isolation.choosers import BrowsePages, SearchPages

urlpatterns = [
    path("choose-page/", require_admin_access(BrowsePages.as_view()), name="wagtailadmin_choose_page"),
    path(
        "choose-page/<int:parent_page_id>/",
        require_admin_access(BrowsePages.as_view()),
        name="wagtailadmin_choose_page_child",
    ),
    path("choose-page/search/", require_admin_access(SearchPages.as_view()), name="wagtailadmin_choose_page_search"),
]
