"""Wagtail's screens of redirects, each site's own: who may change a site's redirects sees those, and no other's."""

import csv
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.contrib.redirects import filters, views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import get_dummy_request
from wagtail.models import Site
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from core.decoding import decode
from core.isolation.visibility import choosable_pages
from core.routing import find_route
from core.screens import breadcrumb

ACTIONS = ("add", "change", "delete")
MAX_FILE_SIZE = 1_000_000  # bytes
MAX_LINES = 500  # each is looked up in the tree

register_permission_policy(Redirect, SitePermissionPolicy(Redirect))


def policy() -> SitePermissionPolicy:
    return policy_registry.get_by_type(Redirect)


def sites_of(user):
    return policy().sites_user_has_any_permission_for(user, ACTIONS)


def for_every_site(user) -> bool:
    """Whether they may also write redirects that hold on every site."""
    return policy().user_has_any_permission_for_instance(user, ACTIONS, Redirect(site=None))


class OwnRedirectForm(RedirectForm):
    """An address of one's own site, and where it leads. Wagtail knows who is at work by `for_user`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user, site = self.for_user, self.fields["site"]
        site.queryset = sites_of(user)
        self.fields["redirect_page"].queryset = choosable_pages(user)
        if not for_every_site(user):
            site.required, site.empty_label = True, None
            site.initial = site.queryset.first()

    def clean_old_path(self):
        """An address of the site as people copy it: from its first slash on."""
        parts = split(self.cleaned_data["old_path"])
        if parts is None:
            raise ValidationError(_("This is not an address. Copy it as it was, such as /contact."))
        path = Redirect.normalise_path(parts.path + (f"?{parts.query}" if parts.query else ""))
        if path in ("", "/"):
            raise ValidationError(_("The home page cannot lead elsewhere. Give an address below it, such as /contact."))
        return path

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        page, link, path = (cleaned.get(name) for name in ("redirect_page", "redirect_link", "old_path"))
        site = cleaned.get("site")
        if bool(page) == bool(link) and not {"redirect_page", "redirect_link"} & set(self.errors):
            self.add_error("redirect_page", _("Choose a page or give an address, one of them."))
        if path and site:
            same = Redirect.objects.filter(old_path=path, site=site).exclude(pk=self.instance.pk)
            if same.exists():
                self.add_error("old_path", _("This address leads elsewhere already: change that redirect instead."))
            elif answers(site, path.partition("?")[0]):
                said = _("There is a page at this address, which visitors will see. Move or delete it first.")
                self.add_error("old_path", said)
        return cleaned


def redirects_of(user):
    return policy().instances_user_has_any_permission_for(user, ACTIONS)


class Own:
    def get_queryset(self):
        return redirects_of(self.request.user)


class OwnFilterSet(filters.RedirectsReportFilterSet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["site"].queryset = sites_of(self.request.user)


class RedirectsView(views.IndexView):
    filterset_class = OwnFilterSet

    def get_base_queryset(self):
        return super().get_base_queryset().filter(pk__in=redirects_of(self.request.user).values("pk"))


class AddRedirectView(views.CreateView):
    form_class = OwnRedirectForm


class EditRedirectView(Own, views.EditView):
    form_class = OwnRedirectForm


class DeleteRedirectView(Own, views.DeleteView):
    pass


@dataclass(frozen=True)
class RefusedLine:
    """A line of the file that could not be taken, as it was, and why."""

    text: str
    reason: str


class RedirectsImportForm(forms.Form):
    site = forms.ModelChoiceField(label=gettext_lazy("Site"), queryset=Site.objects.none(), empty_label=None)
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        required=False,
        help_text=gettext_lazy("Two columns: the old address, and where it leads. From Excel or LibreOffice."),
    )
    lines = forms.CharField(
        label=gettext_lazy("or the lines themselves"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("/ancienne-adresse ; /nouvelle-adresse"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_of(user)

    def clean(self):
        cleaned = super().clean()
        text = cleaned.get("lines", "")
        if uploaded := cleaned.get("file"):
            if uploaded.size > MAX_FILE_SIZE:
                raise ValidationError({"file": _("This file is too large: 1 MB at most.")})
            try:
                text = decode(uploaded.read()).text
            except UnicodeDecodeError:
                raise ValidationError({"file": _("This file cannot be read: save it again as CSV.")}) from None
        if not text.strip():
            raise ValidationError(_("Choose a file, or write the lines."))
        try:
            cleaned["rows"] = list(rows_of(text))
        except csv.Error:
            raise ValidationError(_("This file cannot be read: save it again as CSV.")) from None
        if len(cleaned["rows"]) > MAX_LINES:
            said = _("%(number)s lines: at most %(most)s at once. Cut the list in several.")
            raise ValidationError(said % {"number": len(cleaned["rows"]), "most": MAX_LINES})
        return cleaned


def rows_of(text: str):
    """(line, old address, target) of each line that says something; the header of a table says nothing.

    Raises `csv.Error`.
    """
    lines = text.strip().splitlines()
    delimiter = next((mark for mark in ("\t", ";", ",") if mark in lines[0]), ";")
    for number, cells in enumerate(csv.reader(lines, delimiter=delimiter)):
        old, target = ([*(cell.strip() for cell in cells), "", ""])[:2]
        is_header = number == 0 and not any(cell.startswith(("/", "http")) for cell in (old, target))
        if (old or target) and not is_header:
            yield delimiter.join(cells), old, target


class ImportRedirectsView(WagtailAdminTemplateMixin, FormView):
    """Many redirects at once. Those that make sense are taken; the others stay in the form, each with its reason."""

    template_name = "core/redirects_import.html"
    page_title = pgettext_lazy("redirects", "Import redirects")
    header_icon = "redirect"
    form_class = RedirectsImportForm

    def get_breadcrumbs_items(self):
        redirects = (reverse("wagtailredirects:index"), pgettext("redirects", "Redirects"))
        return breadcrumb(redirects, ("", self.page_title))

    def dispatch(self, request, *args, **kwargs):
        if not sites_of(request.user).exists():
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form):
        site = form.cleaned_data["site"]
        taken, refused = 0, []
        with transaction.atomic():
            for text, old, target in form.cleaned_data["rows"]:
                reason = self.take(site, old, target)
                taken += not reason
                refused += [RefusedLine(text, reason)] if reason else []
        if taken:
            said = ngettext("%(number)s redirect was added.", "%(number)s redirects were added.", taken)
            messages.success(self.request, said % {"number": taken})
        if not refused:
            return redirect("wagtailredirects:index")
        rest = RedirectsImportForm(
            user=self.request.user, initial={"site": site, "lines": "\n".join(line.text for line in refused)}
        )
        return self.render_to_response(self.get_context_data(form=rest, refused=refused))

    def take(self, site: Site, old: str, target: str) -> str:
        """Add the redirect; returns why not, where it cannot be."""
        target_data = target_at(site, target)
        if not target_data:
            return _("There is no page at %(target)s.") % {"target": target}
        data = {"site": site.pk, "old_path": old, "is_permanent": True, **target_data}
        form = OwnRedirectForm(data, for_user=self.request.user)
        if form.is_valid():
            form.save()
            return ""
        return " ".join(message for errors in form.errors.values() for message in errors)


def split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def answers(site: Site, path: str):
    """The page of that site that answers at `path`, and how (`RouteResult`); None where there is none."""
    first, _slash, rest = path.strip("/").partition("/")
    others = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    language, path = (first, rest) if first in others else (settings.LANGUAGE_CODE, path)
    path = f"{path.strip('/')}/".lstrip("/")
    with translation.override(language):
        return find_route(get_dummy_request(path=f"/{path}", site=site), path)


def target_at(site: Site, target: str) -> dict:
    """`target`, a path of that site or an address, as the form of a redirect takes it; {} for a path without a page."""
    parts = split(target)
    if parts is None:
        return {}
    if parts.netloc and parts.hostname != site.hostname:
        return {"redirect_link": target}
    found = answers(site, parts.path)
    if found is None:
        return {"redirect_link": target} if parts.netloc else {}
    is_whole = not parts.query and not parts.fragment
    if is_whole and found.page.relative_url(site).strip("/") == parts.path.strip("/"):
        return {"redirect_page": found.page.pk}
    # A list, a feed or a place of the page.
    rest = urlunsplit(("", "", f"/{parts.path.lstrip('/')}", parts.query, parts.fragment))
    return {"redirect_link": f"{site.root_url}{rest}"}
