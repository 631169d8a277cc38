"""« Recherches sans résultat »: what visitors looked for in vain, and for network admins the word that answers."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.isolation.listings import sites_in_care
from core.screens import breadcrumb
from search.sites import searched_sites
from search.synonyms import SynonymGroup
from search.vain import VainSearch

PER_PAGE = 30


@dataclass(frozen=True)
class InVain:
    words: str
    total: int
    last: date
    site: str


class SynonymForm(forms.Form):
    """What was looked for in vain, and what the network calls it."""

    words = forms.CharField(max_length=60)
    other = forms.CharField(max_length=80, label=gettext_lazy("is another word for"))

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.group = SynonymGroup(words=f"{cleaned['other']}\n{cleaned['words']}")
            try:
                self.group.full_clean()
            except ValidationError as error:
                raise ValidationError(error.messages) from None
        return cleaned


class VainSearchesView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "search/manage/in_vain.html"
    page_title = gettext_lazy("Searches without result")
    header_icon = "search"
    refused: SynonymForm | None = None

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("vain_searches"), _("Searches without result")))

    @property
    def may_write_synonyms(self) -> bool:
        return self.request.user.has_perm("search.add_synonymgroup")

    def rows(self) -> list[InVain]:
        sites = {site.pk: site.root_page.slug for site in sites_in_care(self.request.user).select_related("root_page")}
        names = {site.code: site.name for site in searched_sites()}
        found = VainSearch.objects.filter(site__in=list(sites)).frequent()
        return [InVain(row["words"], row["total"], row["last"], names.get(sites[row["site"]], "")) for row in found]

    def post(self, request, *args, **kwargs):
        if not self.may_write_synonyms:
            raise PermissionDenied
        form = SynonymForm(request.POST)
        if not form.is_valid():
            self.refused = form
            return self.get(request, *args, **kwargs)
        form.group.save()
        VainSearch.objects.filter(words=form.cleaned_data["words"]).delete()
        messages.success(
            request,
            _("“%(words)s” now finds what “%(other)s” finds.")
            % {"words": form.cleaned_data["words"], "other": form.cleaned_data["other"]},
        )
        return redirect("vain_searches")

    def get_context_data(self, **kwargs):
        page = Paginator(self.rows(), PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "may_write_synonyms": self.may_write_synonyms,
            "refused": self.refused,
        }
