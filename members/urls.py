"""The addresses of the directory outside the tree of pages: forms of visitors, and screens of the editor."""

from django.urls import path

from core import converters  # noqa: F401 (makes <key:…> known)
from members.views import desk, imports, public

public_urlpatterns = [
    path("fiche/<key:pk>/ecrire/", public.write_to_member, name="write_to_member"),
    path("fiche/<key:pk>/signaler/", public.report_member, name="report_member"),
    path("fiche/verifier/<str:token>/", public.check_member, name="check_member"),
]

admin_urlpatterns = [
    path("annuaire/", desk.my_directory, name="my_directory"),
    path("annuaire/<key:directory>/", desk.DeskView.as_view(), name="directory_desk"),
    path("annuaire/<key:directory>/corrections/", desk.ProposalsView.as_view(), name="directory_proposals"),
    path("annuaire/<key:directory>/verification/", desk.ChecksView.as_view(), name="directory_checks"),
    path("annuaire/<key:directory>/doublons/", desk.DuplicatesView.as_view(), name="directory_duplicates"),
    path("annuaire/<key:directory>/doublons/<key:kept>/<key:other>/", desk.MergeView.as_view(), name="directory_merge"),
    path("annuaire/<key:directory>/export/<slug:name>/", desk.whole_export, name="directory_export"),
    path("annuaire/<key:directory>/import/", imports.UploadView.as_view(), name="directory_upload"),
    path("annuaire/<key:directory>/import/<key:number>/", imports.ImportView.as_view(), name="directory_import"),
    path(
        "annuaire/<key:directory>/import/<key:number>/erreurs/", imports.ErrorsView.as_view(), name="directory_errors"
    ),
]
