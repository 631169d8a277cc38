"""Whoever looks after the whole network signs in with more than a password."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.isolation.visibility import looks_after_every_site
from core.middleware import is_editor_path

# What one needs in order to get a second factor, or to leave.
ALWAYS_OPEN = ("account_", "mfa_", "usersessions_")
ALSO_OPEN = {"wagtailadmin_logout", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "accept_invitation"}


class SecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not (settings.SECOND_FACTOR_REQUIRED and is_editor_path(request.path_info)):
            return None
        name = request.resolver_match.view_name or ""
        if name.startswith(ALWAYS_OPEN) or name in ALSO_OPEN:
            return None
        user = request.user
        if not user.is_authenticated or not looks_after_every_site(user) or is_mfa_enabled(user):
            return None
        messages.warning(
            request,
            _("Your account looks after every site: add a second factor before you go on. It takes two minutes."),
        )
        return redirect("mfa_index")
