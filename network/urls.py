"""The screens about all pôles in the editor, for network admins."""

from django.urls import path

from network.views import poles

admin_urlpatterns = [
    path("poles/", poles.PolesView.as_view(), name="poles"),
    path("poles/ouvrir/", poles.OpenView.as_view(), name="open_pole"),
    path("poles/<slug:pays>/export/", poles.export, name="export_pole"),
    path("poles/<slug:pays>/", poles.PoleView.as_view(), name="pole"),
]
