"""The addresses of the directory outside the tree of pages: forms of visitors, and screens of the editor."""

from django.urls import path

from core import converters  # noqa: F401 (makes <key:…> known)
from members.views import imports, manage, public

public_urlpatterns = [
    path("fiche/<key:pk>/ecrire/", public.write_to_member, name="write_to_member"),
    path("fiche/<key:pk>/signaler/", public.report_member, name="report_member"),
    path("fiche/verifier/<str:token>/", public.verify_member, name="verify_member"),
]

admin_urlpatterns = [
    path("annuaire/", manage.DirectoriesView.as_view(), name="my_directory"),
    path("annuaire/<key:directory>/", manage.DirectoryOverviewView.as_view(), name="manage_directory"),
    path("annuaire/<key:directory>/corrections/", manage.ProposalsView.as_view(), name="directory_proposals"),
    path("annuaire/<key:directory>/verification/", manage.VerificationView.as_view(), name="directory_verification"),
    path("annuaire/<key:directory>/doublons/", manage.DuplicatesView.as_view(), name="directory_duplicates"),
    path(
        "annuaire/<key:directory>/doublons/<key:kept>/<key:other>/", manage.MergeView.as_view(), name="directory_merge"
    ),
    path("annuaire/<key:directory>/export/<slug:name>/", manage.whole_export, name="directory_export"),
    path("annuaire/<key:directory>/import/", imports.UploadView.as_view(), name="directory_upload"),
    path("annuaire/<key:directory>/import/<key:number>/", imports.MemberImportView.as_view(), name="directory_import"),
    path(
        "annuaire/<key:directory>/import/<key:number>/erreurs/", imports.ErrorsView.as_view(), name="directory_errors"
    ),
    path(
        "annuaire/<key:directory>/import/<key:number>/ecartees/",
        imports.LeftOutView.as_view(),
        name="directory_left_out",
    ),
]
