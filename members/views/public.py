"""What a visitor, or an organisation with its own link, says of a profile. Nobody has an account here."""

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.public_forms import PublicForm, SenderEmailField, public_form
from core.site_context import SiteContext
from inbox.delivery import receive
from inbox.models import Message
from members.cells import tidy
from members.columns import BY_KEY
from members.page import MemberPage
from members.profile import differences, read_row, row_of
from members.verification import VerificationRequest
from members.vocabulary import MemberAudience, Offer

CHECKED = (
    "nom", "resume", "presentation", "types_d_offre", "offre", "publics", "territoire", "adresse", "code_postal",
    "commune", "courriel", "telephone", "site_web", "reseaux_sociaux", "horaires", "accessibilite", "salaries",
    "benevoles", "siret", "rna",
)  # fmt: skip
TICKED = {"types_d_offre": Offer, "publics": MemberAudience}


class MessageForm(PublicForm):
    email = SenderEmailField()
    message = forms.CharField(
        label=gettext_lazy("Your message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )


class ReportForm(PublicForm):
    message = forms.CharField(
        label=gettext_lazy("What is wrong, and what would be right"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = SenderEmailField(required=False, help_text=gettext_lazy("If you wish an answer."))


class ProfileForm(forms.Form):
    """The parts of a profile that its organisation knows best, as plain fields."""

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
        # What was in the profile before is its pôle's to mend: an organisation answers for what it changes.
        texts = {key: text for key, text in texts.items() if tidy(text) != self.shown.get(key)}
        values, errors = read_row(texts)
        for key, messages in errors.items():
            self.add_error(key, messages)
        self.changes = differences(self.before, {key: value for key, value in values.items() if key not in errors})
        return cleaned


def member_here(request, pk: int) -> MemberPage:
    """The published profile of that number on the request's site, in any of its languages."""
    member = MemberPage.objects.published().filter(pk=pk, alias_of__isnull=True).first()
    if member is None or not is_on_this_site(request, member):
        raise Http404
    return member


def is_on_this_site(request, member: MemberPage) -> bool:
    parts = member.get_url_parts()
    return parts is not None and parts[0] == SiteContext.of(request).site.pk


def show(request, template: str, status: int = 200, **context):
    response = render(request, f"members/{template}.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def show_form(request, form: PublicForm, member: MemberPage, heading: str, lead: str):
    status = 422 if form.errors else 200
    return show(request, "visitor_form", status, form=form, member=member, heading=heading, lead=lead)


@public_form
def write_to_member(request, pk: int):
    """A message to an organisation, whose address the visitor does not learn."""
    member = member_here(request, pk)
    if not member.email:
        raise Http404
    form = MessageForm(request.POST or None)
    if form.is_valid() and form.is_within_pace(request, "write_to_member"):
        if not form.is_from_a_program:
            with translation.override(settings.LANGUAGE_CODE):
                subject = _("Message for %(name)s") % {"name": member.title}
            receive(message_about(member, request, form, kind="member", subject=subject, recipient=member.email))
        said = _("%(name)s will answer at the address that you gave.") % {"name": member.title}
        return show(request, "sent", member=member, heading=_("Your message is on its way"), said=said)
    heading = _("Write to %(name)s") % {"name": member.title}
    lead = _("Your message and your address go to the organisation. Its own address is not shown.")
    return show_form(request, form, member, heading, lead)


def message_about(member: MemberPage, request, form: PublicForm, *, subject: str, **values) -> Message:
    """What was written on a profile, for the people of its site to see."""
    return Message(
        home=SiteContext.of(request).site.root_page,
        page=member,
        subject=subject[:200],
        body=form.cleaned_data["message"],
        email=form.cleaned_data["email"],
        form_key=form.key,
        **values,
    )


@public_form
def report_member(request, pk: int):
    """An error that a visitor saw on a profile: a task for the pôle."""
    member = member_here(request, pk)
    form = ReportForm(request.POST or None)
    if form.is_valid() and form.is_within_pace(request, "report_member"):
        if not form.is_from_a_program:
            with translation.override(settings.LANGUAGE_CODE):
                subject = _("Error on the profile of %(name)s") % {"name": member.title}
            receive(message_about(member, request, form, kind="correction", subject=subject))
        return show(request, "sent", member=member, heading=_("Thank you: the pôle will look at it"))
    heading = _("Report an error: %(name)s") % {"name": member.title}
    lead = _("The pôle reads it, asks the organisation if need be, and corrects the profile.")
    return show_form(request, form, member, heading, lead)


@public_form
def verify_member(request, token: str):
    """The personal link of an organisation: its profile in a form, once."""
    verification = VerificationRequest.from_token(token)
    if verification is None or not is_on_this_site(request, verification.member):
        return show(request, "verify_gone", 404, reason="unknown")
    member = verification.member
    if verification.used_at or verification.is_expired:
        reason = "answered" if verification.used_at else "expired"
        return show(request, "verify_gone", 410, reason=reason, verification=verification, member=member)
    form = ProfileForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = verification.answer({key: after for key, (_before, after) in form.changes.items()})
        except LookupError:
            return show(request, "verify_gone", 410, reason="answered", verification=verification, member=member)
        heading = (
            _("Thank you: your corrections are with the pôle") if proposal else _("Thank you: your profile is verified")
        )
        return show(request, "sent", member=member, heading=heading)
    return show(request, "verify", 422 if form.errors else 200, member=member, form=form, verification=verification)
