"""« Les pôles », for the network: the register as a table, opening a pôle, and what may be done to one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.identity import SiteState
from core.isolation.visibility import looks_after_every_site
from core.models import SiteIdentity
from core.screens import breadcrumb
from core.theme.palettes import DEFAULT_PALETTE, palette_choices
from core.theme.widgets import PaletteSelect
from network import governance
from network.overview import pole_rows
from network.provisioning import Refusal, check_hostname, provision_pole, starter_choices
from network.transfer.export import export_pole
from poles.audit import Action, record
from poles.invitations import Invitation, invite
from poles.registry import Pays, Pole
from poles.roles import PUBLICATION
from poles.team import Team, TeamRefusal
from poles.views.journal import readable_rows


class NetworkView(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "site"
    page_title = gettext_lazy("The pôles")

    def dispatch(self, request, *args, **kwargs):
        if not looks_after_every_site(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("poles"), _("The pôles")))


class PolesView(NetworkView):
    template_name = "network/poles/list.html"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "rows": pole_rows()}


class OpeningForm(forms.Form):
    pays = forms.ModelChoiceField(queryset=Pays.objects.none(), label=gettext_lazy("Pays"))
    name = forms.CharField(
        label=gettext_lazy("Name of the pôle"), max_length=120, help_text=gettext_lazy("As visitors know it.")
    )
    hostname = forms.CharField(
        label=gettext_lazy("Address of its site"),
        max_length=253,
        help_text=gettext_lazy("A host name, without http://: fougeres.example.org"),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the first colleague"),
        help_text=gettext_lazy("They are invited with the role “Publication”, and invite the others."),
    )
    palette = forms.ChoiceField(
        label=gettext_lazy("Colours"), choices=palette_choices, widget=PaletteSelect, initial=DEFAULT_PALETTE
    )
    starters = forms.MultipleChoiceField(
        label=gettext_lazy("Pages to begin with"),
        choices=starter_choices,
        initial=lambda: [key for key, _label in starter_choices()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("The legal pages and the plan of the site are always made."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pays"].queryset = Pays.objects.exclude(pole__site__isnull=False)

    def clean_hostname(self):
        return check_hostname(self.cleaned_data["hostname"])

    def provision(self, *, dry_run: bool):
        """The report of the opening. Raises `Refusal`."""
        answers = self.cleaned_data
        return provision_pole(
            pays=answers["pays"].slug,
            name=answers["name"],
            hostname=answers["hostname"],
            palette=answers["palette"],
            starters=answers["starters"],
            dry_run=dry_run,
        )


class OpenView(NetworkView):
    """Asks, shows what would be made, then makes it."""

    template_name = "network/poles/open.html"
    page_title = gettext_lazy("Open a pôle")

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": reverse("open_pole"), "label": _("Open a pôle")}]

    def get_context_data(self, **kwargs):
        return {
            "form": OpeningForm(initial={"pays": self.request.GET.get("pays")}),
            **super().get_context_data(**kwargs),
        }

    def post(self, request, *args, **kwargs):
        form = OpeningForm(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        try:
            if "open" not in request.POST:
                report = form.provision(dry_run=True)
                return self.show(form=form, report=report, advice=governance.dns_advice(form.cleaned_data["hostname"]))
            with transaction.atomic():
                report = form.provision(dry_run=False)
                record(Action.OPENED, pole=report.pole, actor=request.user, about=report.pole)
                invite(Team(report.pole), form.cleaned_data["email"], PUBLICATION, by=request.user)
        except (Refusal, TeamRefusal) as refusal:
            for reason in refusal.messages:
                form.add_error(None, reason)
            return self.show(form=form)
        messages.success(
            request,
            _("%(pole)s is open, and an invitation is on its way to %(email)s.")
            % {"pole": report.pole, "email": form.cleaned_data["email"]},
        )
        return redirect("pole", report.pole.pays.slug)

    def show(self, **context):
        return self.render_to_response(self.get_context_data(**context))


class RenameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("New name"), max_length=120)


class MoveForm(forms.Form):
    hostname = forms.CharField(
        label=gettext_lazy("New address"),
        max_length=253,
        help_text=gettext_lazy("The address of before will lead to this one."),
    )


class NoticeForm(forms.Form):
    notice = forms.CharField(
        label=gettext_lazy("What visitors read"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Why, until when, and whom to ask meanwhile."),
    )


class ConfirmForm(forms.Form):
    pass


class PoleView(NetworkView):
    """One pôle: where it is, what it lacks, and the few things that are the network's to do."""

    template_name = "network/poles/pole.html"

    def dispatch(self, request, *args, **kwargs):
        self.pole = Pole.objects.at(kwargs["pays"])
        if self.pole is None:
            raise Http404
        self.identity = SiteIdentity.for_site(self.pole.site)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.pole.name

    def get_breadcrumbs_items(self):
        here = {"url": reverse("pole", args=[self.pole.pays.slug]), "label": self.pole.name}
        return [*super().get_breadcrumbs_items(), here]

    def actions(self) -> dict:
        """Name → (heading, button, form, what it does), of what the state of the site allows."""
        pole, by = self.pole, self.request.user
        is_open = self.identity.state == SiteState.OPEN
        found = {
            "rename": (
                _("Rename"),
                _("Rename"),
                RenameForm,
                lambda answers: governance.rename(pole, answers["name"], by=by),
            ),
            "move": (
                _("Change the address"),
                _("Change the address"),
                MoveForm,
                lambda answers: governance.move(pole, answers["hostname"], by=by),
            ),
        }
        if is_open:
            found["suspend"] = (
                _("Suspend the site"),
                _("Suspend"),
                NoticeForm,
                lambda answers: governance.suspend(pole, answers["notice"], by=by),
            )
        else:
            found["resume"] = (
                _("Open the site again"),
                _("Open again"),
                ConfirmForm,
                lambda answers: governance.resume(pole, by=by),
            )
        if self.identity.state != SiteState.ARCHIVED:
            found["close"] = (
                _("Close the pôle"),
                _("Close, and keep the site as an archive"),
                NoticeForm,
                lambda answers: governance.close(pole, answers["notice"], by=by),
            )
        return found

    def initial(self, name: str) -> dict:
        return {"rename": {"name": self.pole.name}, "move": {"hostname": self.pole.site.hostname}}.get(name, {})

    def get_context_data(self, **kwargs):
        posted = kwargs.get("posted", {})
        actions = [
            {
                "name": name,
                "heading": heading,
                "button": button,
                "form": posted.get(name) or form(prefix=name, initial=self.initial(name)),
                "is_open": name in posted,
            }
            for name, (heading, button, form, _run) in self.actions().items()
        ]
        return {
            **super().get_context_data(**kwargs),
            "pole": self.pole,
            "identity": self.identity,
            "former_addresses": self.pole.site.former_addresses.all(),
            "statuses": self.pole.statuses.order_by("-since"),
            "invitations": Invitation.objects.of_team(Team(self.pole)).pending(),
            "members": Team(self.pole).members(),
            "actions": actions,
        }

    def post(self, request, *args, **kwargs):
        name = request.POST.get("action", "")
        if name not in self.actions():
            raise PermissionDenied
        heading, _button, form_class, run = self.actions()[name]
        form = form_class(request.POST, prefix=name)
        if form.is_valid():
            try:
                run(form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("%(what)s: done.") % {"what": heading})
                return redirect("pole", self.pole.pays.slug)
        return self.render_to_response(self.get_context_data(posted={name: form}))


def export(request, pays):
    """The pôle in one file, for the network; handed over when a pôle leaves."""
    pole = Pole.objects.at(pays)
    if not looks_after_every_site(request.user):
        raise PermissionDenied
    if pole is None:
        raise Http404
    record(Action.EXPORTED, pole=pole, actor=request.user, about=pole)
    filename = f"{pays}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(export_pole(pole, readable_rows(Team(pole))), as_attachment=True, filename=filename)
