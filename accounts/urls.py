"""Signing in, passwords, second factors and sessions: allauth's views, those that this product uses.

Nobody changes address alone, so that those views have no address. The login page takes the place of
Wagtail's own, which knows neither throttling nor second factors.
"""

from allauth.account import views
from django.urls import include, path, re_path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("compte/", include("allauth.usersessions.urls")),
    path("compte/double-authentification/", include("allauth.mfa.urls")),
    path("compte/inscription/", views.signup, name="account_signup"),  # closed: says how one gets an account
    path("compte/deconnexion/", views.logout, name="account_logout"),
    path("compte/inactif/", views.account_inactive, name="account_inactive"),
    path("compte/confirmer/", views.reauthenticate, name="account_reauthenticate"),
    path("compte/mot-de-passe/", views.password_change, name="account_change_password"),
    path("compte/mot-de-passe/choisir/", views.password_set, name="account_set_password"),
    path("compte/mot-de-passe/oublie/", views.password_reset, name="account_reset_password"),
    path("compte/mot-de-passe/oublie/envoye/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^compte/mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "compte/mot-de-passe/change/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
