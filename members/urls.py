"""The addresses of the directory outside the tree of pages: forms of visitors, and screens of the editor."""

from django.urls import path

from members.views import desk, imports, public

public_urlpatterns = [
    path("fiche/<int:pk>/ecrire/", public.write_to_member, name="write_to_member"),
    path("fiche/<int:pk>/signaler/", public.report_member, name="report_member"),
    path("fiche/verifier/<str:token>/", public.check_member, name="check_member"),
]

admin_urlpatterns = [
    path("annuaire/", desk.my_directory, name="my_directory"),
    path("annuaire/<int:directory>/", desk.DeskView.as_view(), name="directory_desk"),
    path("annuaire/<int:directory>/corrections/", desk.ProposalsView.as_view(), name="directory_proposals"),
    path("annuaire/<int:directory>/verification/", desk.ChecksView.as_view(), name="directory_checks"),
    path("annuaire/<int:directory>/doublons/", desk.DuplicatesView.as_view(), name="directory_duplicates"),
    path("annuaire/<int:directory>/doublons/<int:kept>/<int:other>/", desk.MergeView.as_view(), name="directory_merge"),
    path("annuaire/<int:directory>/export/<slug:name>/", desk.whole_export, name="directory_export"),
    path("annuaire/<int:directory>/import/", imports.UploadView.as_view(), name="directory_upload"),
    path("annuaire/<int:directory>/import/<int:number>/", imports.ImportView.as_view(), name="directory_import"),
    path(
        "annuaire/<int:directory>/import/<int:number>/erreurs/", imports.ErrorsView.as_view(), name="directory_errors"
    ),
]
