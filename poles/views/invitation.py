"""Answering an invitation: the only screen of the editor that asks for no account."""

from django import forms
from django.contrib.auth import get_user_model, login, password_validation
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from poles.invitations import Invitation
from poles.team import TeamRefusal

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class NewAccountForm(forms.ModelForm):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validation.password_validators_help_text_html,
    )
    again = forms.CharField(
        label=gettext_lazy("The same password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = get_user_model()
        fields = ["first_name", "last_name"]
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.email = email
        for name in ("first_name", "last_name"):
            self.fields[name].required = True

    def clean(self):
        cleaned = super().clean()
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if password := self.cleaned_data.get("password"):
            try:
                password_validation.validate_password(password, self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)

    def save(self, commit=True):
        return get_user_model().objects.create_user(
            self.instance.email,
            self.cleaned_data["password"],
            first_name=self.cleaned_data["first_name"],
            last_name=self.cleaned_data["last_name"],
        )


@never_cache
@sensitive_post_parameters()
def accept_invitation(request, token):
    """A new account is made here; who has one signs in first, and joins with one press."""
    invitation = Invitation.from_token(token)
    if invitation is None or invitation.used_at:
        return gone(request)
    if invitation.is_expired:
        return gone(request, invitation)
    account = invitation.account()
    if account is not None:
        return join(request, invitation, account)
    form = NewAccountForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                user = form.save()
                invitation.accept(user)
        except (IntegrityError, TeamRefusal):  # the same link, pressed twice at once
            return gone(request)
        login(request, user, backend=BACKEND)
        return redirect("wagtailadmin_home")
    return render(request, "poles/team/accept.html", {"invitation": invitation, "form": form})


def gone(request, invitation=None):
    return render(request, "poles/team/invitation_gone.html", {"invitation": invitation}, status=410)


def join(request, invitation, account):
    if request.user == account and request.method == "POST":
        try:
            invitation.accept(account)
        except TeamRefusal:
            return gone(request)
        return redirect("wagtailadmin_home")
    context = {
        "invitation": invitation,
        "is_signed_in": request.user == account,
        "is_somebody_else": request.user.is_authenticated and request.user != account,
        "login_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return render(request, "poles/team/join.html", context)
