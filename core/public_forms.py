"""Forms that visitors fill in, without an account.

Their addresses take no CSRF token: a public site has no session, hence nothing to forge, and sets no cookie.
"""

from allauth.core import ratelimit
from django import forms
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


def public_form(view):
    """A view of such a form."""
    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))


class HoneypotForm(forms.Form):
    """A form that programs fill in too well: people see no second field for an address."""

    site = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"class": "trap", "tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"}),
    )

    def visible_fields(self):
        return [field for field in super().visible_fields() if field.name != "site"]

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("site"))

    def is_within_pace(self, request, action: str) -> bool:
        """Count one message more (`action` is in ACCOUNT_RATE_LIMITS); False, and said, where it is one too many."""
        if ratelimit.consume(request, action=action):
            return True
        self.add_error(None, _("You have sent several messages already: try again in an hour."))
        return False
