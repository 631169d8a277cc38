"""« Messages reçus »: what visitors wrote to the sites that one publishes."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import Q, TextChoices
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Site

from core.screens import breadcrumb
from core.seams import brought
from core.spreadsheets import csv_response
from inbox.delivery import identity_of, publishers_of, recipients_of
from inbox.models import Message
from poles.audit import Action, record
from poles.registry import Pole

PER_PAGE = 30


class InboxState(TextChoices):
    WAITING = "", gettext_lazy("to deal with")
    MINE = "mine", gettext_lazy("in my care")
    DONE = "done", gettext_lazy("dealt with")
    ALL = "all", gettext_lazy("all")


class InboxForm(forms.Form):
    """Which messages to show. A choice that makes no sense is said, and hides nothing."""

    state = forms.ChoiceField(label=pgettext_lazy("inbox", "Show"), required=False, choices=InboxState.choices)
    kind = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    site = forms.ChoiceField(label=gettext_lazy("Site"), required=False)
    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=200)

    def __init__(self, sites: list[Site], *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(kind.name, kind.label) for kind in brought("message_kinds")]
        self.fields["kind"].choices = [("", gettext_lazy("everything")), *kinds]
        self.fields["site"].choices = [("", gettext_lazy("all the sites"))] + [
            (str(site.root_page_id), site.site_name) for site in sites
        ]
        if len(sites) < 2:
            del self.fields["site"]

    def chosen_of(self, found, user):
        """Those of `found` that were asked for."""
        asked = self.cleaned_data if self.is_valid() else {}
        state = asked.get("state", InboxState.WAITING)
        if state == InboxState.WAITING:
            found = found.waiting()
        elif state == InboxState.MINE:
            found = found.waiting().filter(assigned_to=user)
        elif state == InboxState.DONE:
            found = found.filter(answered_at__isnull=False)
        if asked.get("kind"):
            found = found.filter(kind=asked["kind"])
        if asked.get("site"):
            found = found.filter(home=asked["site"])
        if words := asked.get("q"):
            found = found.filter(
                Q(subject__icontains=words)
                | Q(body__icontains=words)
                | Q(name__icontains=words)
                | Q(email__icontains=words)
            )
        return found


class InboxView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "inbox/list.html"
    page_title = gettext_lazy("Messages received")
    header_icon = "mail"

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Guide"), reverse("guide", args=["messages"]), icon_name="help")]

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("inbox"), self.page_title))

    @cached_property
    def readable(self):
        return Message.objects.readable_by(self.request.user)

    @cached_property
    def sites(self) -> list[Site]:
        """Those that received something that this person may read."""
        return list(Site.objects.filter(root_page__in=self.readable.order_by().values("home")).order_by("site_name"))

    def get(self, request, *args, **kwargs):
        form = InboxForm(self.sites, request.GET)
        found = form.chosen_of(self.readable, request.user)
        if request.GET.get("export") == "csv":
            return self.export(found)
        return super().get(request, *args, form=form, found=found, **kwargs)

    def export(self, found):
        for pole in Pole.objects.filter(site__root_page__in=found.order_by().values("home")):
            record(Action.EXPORTED, pole=pole, actor=self.request.user, about=_("the messages received"))
        return csv_response("messages.csv", readable_rows(found.select_related("home", "assigned_to")))

    def get_context_data(self, **kwargs):
        form, found = kwargs["form"], kwargs["found"]
        page = Paginator(found.select_related("home", "page", "assigned_to"), PER_PAGE).get_page(
            self.request.GET.get("p")
        )
        asked = self.request.GET.copy()
        asked.pop("p", None)
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "several": len(self.sites) > 1,
            "asked": asked.urlencode(),
            "is_filtered": any(form.data.get(name) for name in form.fields),
        }


def readable_rows(found):
    """Messages as a table, its header first."""
    yield [
        _("Received"), _("Site"), _("About"), _("Subject"), _("Message"), _("Name"), _("E-mail address"), _("Phone"),
        _("Answer"), _("Details"), _("In the care of"), _("Dealt with"),
    ]  # fmt: skip
    for message in found:
        yield [
            timezone.localtime(message.created_at).isoformat(timespec="minutes"),
            message.home.title,
            str(message.about_kind.label) if message.about_kind else message.kind,
            message.subject,
            message.body,
            message.name,
            message.email,
            message.phone,
            message.get_answer_by_display(),
            "\n".join(f"{label}: {answer}" for label, answer in message.details),
            str(message.assigned_to or ""),
            timezone.localtime(message.answered_at).isoformat(timespec="minutes") if message.answered_at else "",
        ]


class MessageView(WagtailAdminTemplateMixin, TemplateView):
    """One message, and what is done about it."""

    template_name = "inbox/message.html"
    page_title = pgettext_lazy("inbox", "Message")
    header_icon = "mail"

    @cached_property
    def message(self) -> Message:
        readable = Message.objects.readable_by(self.request.user)
        found = readable.select_related("home", "page", "assigned_to", "answered_by")
        return get_object_or_404(found, pk=self.kwargs["key"])

    def get_page_subtitle(self):
        return self.message.subject

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("inbox"), _("Messages received")), (self.request.path, self.page_title))

    @cached_property
    def colleagues(self):
        """Who may take care of it: those who publish its site, who reads it now, and who has it, if no longer here."""
        user = get_user_model()
        now = {self.request.user.pk, self.message.assigned_to_id}
        return user.objects.filter(Q(pk__in=publishers_of(self.message.home)) | Q(pk__in=now - {None}))

    def get_context_data(self, **kwargs):
        answer = urlencode({"subject": f"Re: {self.message.subject}", "body": quoted(self.message.body)})
        return {
            **super().get_context_data(**kwargs),
            "message": self.message,
            "colleagues": self.colleagues.order_by("first_name", "last_name", "email"),
            "reaches_somebody": bool(recipients_of(self.message, identity_of(self.message))),
            "answer": answer.replace("+", "%20"),
        }

    def post(self, request, *args, **kwargs):
        action, message = request.POST.get("action"), self.message
        if action == "assign":
            self.assign(request.POST.get("to", ""))
        elif action == "done":
            Message.objects.waiting().filter(pk=message.pk).update(answered_at=timezone.now(), answered_by=request.user)
            take_back = messages.button(reverse("inbox_message", args=[message.pk]), _("Open it"))
            messages.success(request, _("“%(subject)s” is dealt with.") % {"subject": message}, buttons=[take_back])
            return redirect("inbox")
        elif action == "reopen":
            Message.objects.filter(pk=message.pk).update(answered_at=None, answered_by=None)
            messages.success(request, _("“%(subject)s” is to be dealt with again.") % {"subject": message})
        elif action == "delete":
            message.delete()
            messages.success(request, _("“%(subject)s” is deleted for good.") % {"subject": message})
            return redirect("inbox")
        return redirect("inbox_message", message.pk)

    def assign(self, key: str) -> None:
        if not key:
            Message.objects.filter(pk=self.message.pk).update(assigned_to=None)
            messages.success(self.request, _("Nobody has this message in their care any more."))
            return
        chosen = next((person for person in self.colleagues if str(person.pk) == key), None)
        if chosen is None:
            messages.error(self.request, _("This person can no longer read the messages of this site: choose again."))
            return
        Message.objects.filter(pk=self.message.pk).update(assigned_to=chosen)
        messages.success(self.request, _("In the care of %(person)s.") % {"person": chosen})


def quoted(text: str) -> str:
    """The beginning of what was written, as mail programs quote it; what is longer would be cut by some of them."""
    return "\r\n\r\n" + "\r\n".join(f"> {line}" for line in text[:1500].splitlines())
