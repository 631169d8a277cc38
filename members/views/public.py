"""What a visitor, or an organisation with its own link, says of a sheet. Nobody has an account here.

These addresses take forms without a CSRF token: there is no session on a public site, hence nothing to forge, and a
public page sets no cookie.
"""

from allauth.core import ratelimit
from django import forms
from django.core.mail import EmailMessage
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.frame import site_frame
from members.cells import tidy
from members.checks import check_of
from members.columns import BY_KEY
from members.page import MemberPage
from members.proposals import Proposal
from members.sheet import differences, read_row, row_of
from members.vocabulary import Audience, Offer

CHECKED = (
    "nom", "resume", "presentation", "types_d_offre", "offre", "publics", "territoire", "adresse", "code_postal",
    "commune", "courriel", "telephone", "site_web", "reseaux_sociaux", "horaires", "accessibilite", "salaries",
    "benevoles", "siret", "rna",
)  # fmt: skip
TICKED = {"types_d_offre": Offer, "publics": Audience}


class HonestForm(forms.Form):
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


class MessageForm(HonestForm):
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(
        label=gettext_lazy("Your message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )


class ReportForm(HonestForm):
    message = forms.CharField(
        label=gettext_lazy("What is wrong, and what would be right"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("If you wish an answer."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SheetForm(forms.Form):
    """The parts of a sheet that its organisation knows best, as plain fields."""

    def __init__(self, *args, member: MemberPage, **kwargs):
        self.before = row_of(member)
        self.shown = {**self.before, "reseaux_sociaux": self.before["reseaux_sociaux"].replace(" | ", "\n")}
        super().__init__(*args, **kwargs)
        for key in CHECKED:
            column = BY_KEY[key]
            text = self.shown[key]
            label = str(column.label)
            common = {"label": label[:1].upper() + label[1:], "required": key == "nom"}
            if key in TICKED:
                field = forms.MultipleChoiceField(
                    choices=TICKED[key].choices,
                    widget=forms.CheckboxSelectMultiple,
                    initial=text.split(" | ") if text else [],
                    **common,
                )
            elif column.is_long or key == "reseaux_sociaux":
                rows = 5 if column.is_long else 2
                field = forms.CharField(
                    initial=text,
                    widget=forms.Textarea(attrs={"rows": rows}),
                    **common,
                )
            else:
                field = forms.CharField(initial=text, **common)
            if key == "courriel":
                field.help_text = _("Never shown: visitors write through a form.")
            self.fields[key] = field

    def clean(self):
        cleaned = super().clean()
        texts = {key: " | ".join(value) if isinstance(value, list) else value for key, value in cleaned.items()}
        # What was in the sheet before is its pôle's to mend: an organisation answers for what it changes.
        texts = {key: text for key, text in texts.items() if tidy(text) != self.shown.get(key)}
        values, errors = read_row(texts)
        for key, messages in errors.items():
            self.add_error(key, messages)
        self.changes = differences(self.before, {key: value for key, value in values.items() if key not in errors})
        return cleaned


def member_here(request, pk: int) -> MemberPage:
    """The published sheet of that number on the request's site, in any of its languages."""
    member = MemberPage.objects.published().filter(pk=pk, alias_of__isnull=True).first()
    if member is None or not is_on_this_site(request, member):
        raise Http404
    return member


def is_on_this_site(request, member: MemberPage) -> bool:
    parts = member.get_url_parts()
    return parts is not None and parts[0] == site_frame(request).site.pk


def show(request, template: str, status: int = 200, **context):
    response = render(request, f"members/{template}.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_to_member(request, pk: int):
    """A message to an organisation, whose address the visitor does not learn."""
    member = member_here(request, pk)
    if not member.email:
        raise Http404
    form = MessageForm(request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="write_to_member"):
            form.add_error(None, _("You have sent several messages already: try again in an hour."))
        else:
            if not form.is_from_a_program:
                send_message(request, member, form.cleaned_data)
            said = _("%(name)s will answer at the address that you gave.") % {"name": member.title}
            return show(request, "sent", member=member, heading=_("Your message is on its way"), said=said)
    return show(request, "write", 422 if form.errors else 200, member=member, form=form)


def send_message(request, member: MemberPage, asked: dict) -> None:
    context = {
        "member": member,
        "message": asked["message"],
        "sender": asked["email"],
        "url": member.get_full_url(request),
    }
    EmailMessage(
        _("Message for %(name)s, from the directory") % {"name": " ".join(member.title.split())},
        render_to_string("members/mail/message.txt", context),
        None,
        [member.email],
        reply_to=[asked["email"]],
    ).send()


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_member(request, pk: int):
    """An error that a visitor saw on a sheet: a task for the pôle."""
    member = member_here(request, pk)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="report_member"):
            form.add_error(None, _("You have sent several messages already: try again in an hour."))
        else:
            if not form.is_from_a_program:
                Proposal.objects.create(
                    member=member,
                    origin=Proposal.Origin.VISITOR,
                    message=form.cleaned_data["message"],
                    sender=form.cleaned_data["email"],
                )
            return show(request, "sent", member=member, heading=_("Thank you: the pôle will look at it"))
    return show(request, "report", 422 if form.errors else 200, member=member, form=form)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_member(request, token: str):
    """The personal link of an organisation: its sheet in a form, once."""
    check = check_of(token)
    if check is None or not is_on_this_site(request, check.member):
        return show(request, "check_gone", 404, reason="unknown")
    if check.answered_at:
        return show(request, "check_gone", 410, reason="answered", check=check, member=check.member)
    if check.is_expired:
        return show(request, "check_gone", 410, reason="expired", check=check, member=check.member)
    member = check.member
    form = SheetForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = check.answer({key: after for key, (_before, after) in form.changes.items()})
        except LookupError:
            return show(request, "check_gone", 410, reason="answered", check=check, member=member)
        heading = (
            _("Thank you: your corrections are with the pôle") if proposal else _("Thank you: your sheet is verified")
        )
        return show(request, "sent", member=member, heading=heading)
    return show(request, "check", 422 if form.errors else 200, member=member, form=form, check=check)
