"""What visitors fill in on the contact page of a site, and on those by which they get involved."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.public_forms import LineField, PublicForm, SenderEmailField
from inbox.models import Message

PHONE = re.compile(r"\+?[\d .()/-]{6,24}")
LONG_TEXT = {"max_length": 4000, "widget": forms.Textarea(attrs={"rows": 7})}


class SiteMessageForm(PublicForm):
    """A message to the people of a site, with the way to answer it."""

    kind = ""  # one of `message_kinds`
    asked: tuple[str, ...] = ()  # questions whose answers are shown beside the message

    name = LineField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    answer_by = forms.ChoiceField(
        label=gettext_lazy("How shall we answer?"),
        choices=[
            (Message.AnswerBy.MAIL, gettext_lazy("By e-mail")),
            (Message.AnswerBy.PHONE, gettext_lazy("By telephone")),
        ],
        initial=Message.AnswerBy.MAIL,
        widget=forms.RadioSelect,
    )
    email = SenderEmailField(required=False, help_text=gettext_lazy("For an answer by e-mail."))
    phone = LineField(
        label=gettext_lazy("Your telephone number"),
        required=False,
        max_length=24,
        help_text=gettext_lazy("For an answer by telephone."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    last_fields = ("name", "answer_by", "email", "phone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in self.last_fields])

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(_("This is not a telephone number. For instance: 02 99 00 00 00."))
        return phone

    def clean(self):
        cleaned = super().clean()
        wanted = {Message.AnswerBy.MAIL: "email", Message.AnswerBy.PHONE: "phone"}.get(cleaned.get("answer_by"))
        if wanted and not cleaned.get(wanted) and wanted not in self.errors:
            missing = _("We need it to answer you by e-mail.")
            if wanted == "phone":
                missing = _("We need it to answer you by telephone.")
            self.add_error(wanted, missing)
        return cleaned

    def subject(self) -> str:
        raise NotImplementedError

    def details(self) -> list[list[str]]:
        """Each question of `asked` that was answered, in words."""
        found = []
        for name in self.asked:
            answer, field = self.cleaned_data.get(name), self.fields[name]
            if answer:
                found.append([str(field.label), str(dict(getattr(field, "choices", ())).get(answer, answer))])
        return found

    def message(self) -> Message:
        """What was written, not saved; for whoever knows on which page of which site."""
        given = self.cleaned_data
        return Message(
            kind=self.kind,
            subject=self.subject()[:200],
            body=given["message"],
            details=self.details(),
            name=given["name"],
            email=given["email"],
            phone=given["phone"],
            answer_by=given["answer_by"],
            form_key=self.key,
        )


class ContactForm(SiteMessageForm):
    kind = "contact"

    about = LineField(label=gettext_lazy("Subject"), max_length=150)
    message = forms.CharField(label=gettext_lazy("Your message"), **LONG_TEXT)

    def subject(self):
        return self.cleaned_data["about"]


class ProjectForm(SiteMessageForm):
    kind = "project"
    asked = ("commune", "stage")

    message = forms.CharField(label=gettext_lazy("Your project, in a few words"), **LONG_TEXT)
    commune = LineField(label=gettext_lazy("In which commune?"), max_length=100)
    stage = forms.ChoiceField(
        label=gettext_lazy("Where are you?"),
        choices=[
            ("idea", gettext_lazy("I have an idea")),
            ("preparing", gettext_lazy("I am preparing it")),
            ("starting", gettext_lazy("I am about to start, or have just started")),
            ("changing", gettext_lazy("My organisation exists and is changing")),
            ("handing-over", gettext_lazy("I hand over or take over an enterprise")),
        ],
        widget=forms.RadioSelect,
    )

    def subject(self):
        return _("A project at %(commune)s") % {"commune": self.cleaned_data["commune"]}


class MembershipForm(SiteMessageForm):
    kind = "membership"
    asked = ("organisation",)

    organisation = LineField(
        label=gettext_lazy("Your organisation"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Leave it empty if you join in your own name."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    message = forms.CharField(label=gettext_lazy("What you do, and what you expect from us"), **LONG_TEXT)

    def subject(self):
        given = self.cleaned_data
        return _("%(name)s wishes to join") % {"name": given["organisation"] or given["name"]}


class VolunteeringForm(SiteMessageForm):
    kind = "volunteering"
    asked = ("availability",)

    message = forms.CharField(label=gettext_lazy("What you would like to do, or can do"), **LONG_TEXT)
    availability = LineField(
        label=gettext_lazy("When are you free?"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("For instance: on Saturdays, two evenings a month."),
    )

    def subject(self):
        return _("%(name)s offers to help") % {"name": self.cleaned_data["name"]}
