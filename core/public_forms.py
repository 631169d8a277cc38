"""Forms that visitors fill in, without an account.

Their addresses take no CSRF token: a public site has no session, hence nothing to forge, and sets no cookie.
"""

import unicodedata
from datetime import timedelta
from secrets import token_urlsafe

from allauth.core import ratelimit
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

SOONEST = timedelta(seconds=2)  # nobody reads a form, fills it in and sends it faster
LATEST = timedelta(days=1)


def public_form(view):
    """A view of such a form."""
    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))


def new_key() -> str:
    return token_urlsafe(16)


class FormKey:
    """What tells one form that was shown from another, and since when it is: signed, in a hidden field."""

    signer = signing.TimestampSigner(salt="core.public_forms")

    @classmethod
    def new(cls) -> str:
        return cls.signer.sign(new_key())

    @classmethod
    def read(cls, signed: str) -> str:
        """The key. Raises `ValidationError`, with what to do, where it was not ours, or is too new or too old."""
        try:
            key = cls.signer.unsign(signed, max_age=LATEST)
        except signing.SignatureExpired as error:
            raise ValidationError(
                _("This form was open for more than a day. What you wrote is still here: read it again and send it.")
            ) from error
        except signing.BadSignature as error:
            raise ValidationError(
                _("A part of this form did not arrive. What you wrote is still here: send it again.")
            ) from error
        try:
            cls.signer.unsign(signed, max_age=SOONEST)
        except signing.SignatureExpired:
            return key
        raise ValidationError(_("This went faster than anybody writes. What you wrote is still here: send it again."))


def one_script(address: str) -> None:
    """Refuse an address that mixes look-alike letters of other scripts among ours: an answer would go elsewhere."""
    strange = [letter for letter in address if letter.isalpha() and "LATIN" not in unicodedata.name(letter, "")]
    if strange:
        message = _("“%(letter)s” is not the letter that it looks like. Type this address again by hand.")
        raise ValidationError(message % {"letter": strange[0]})


class SenderEmailField(forms.EmailField):
    """The address of a visitor, to whom an answer may go."""

    default_validators = [*forms.EmailField.default_validators, one_script]

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Your e-mail address"))
        super().__init__(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}), **kwargs)


class LineField(forms.CharField):
    """Text of one line, whatever was sent: it may go into the header of a mail."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class PublicForm(forms.Form):
    """A form that programs fill in too well: people see no second field for an address, and take their time."""

    site = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"class": "trap", "tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"}),
    )
    form_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, **kwargs):
        self.key, self.key_error = "", None
        if data is not None:
            data = data.copy()
            try:
                self.key = FormKey.read(data.get("form_key", ""))
            except ValidationError as error:
                self.key_error = error
                data["form_key"] = FormKey.new()
        super().__init__(data, *args, **kwargs)
        self.initial.setdefault("form_key", FormKey.new())

    def clean(self):
        if self.key_error:
            self.add_error(None, self.key_error)
        return super().clean()

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
