"""« Breton »: each page of one's sites, and what is of it in Breton."""

from collections import Counter

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, Site

from core.identity import SiteIdentity
from core.isolation.listings import sites_in_care
from core.querysets import PublicPageQuerySet, pages
from core.screens import breadcrumb
from poles.translations import BRETON, TranslationState, translated_pages

PER_PAGE = 50


def bilingual_sites(user) -> list[Site]:
    """The sites that this person looks after and that have opened Breton."""
    opened = SiteIdentity.objects.filter(breton_enabled=True).values("site")
    return list(sites_in_care(user).filter(pk__in=opened).select_related("root_page").order_by("root_page__title"))


def french_pages(site: Site) -> PublicPageQuerySet:
    """The pages on line of a site in the main language, in the order of the tree."""
    own = pages().descendant_of(site.root_page, inclusive=True).filter(live=True, alias_of=None)
    return own.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")


def stale_count(site: Site) -> int:
    """How many translations are to be looked at again: of the pages that have one, few beside the others."""
    translated = Page.objects.filter(locale__language_code=BRETON, live=True, alias_of=None)
    sources = french_pages(site).filter(translation_key__in=translated.values("translation_key"))
    return sum(row.state == TranslationState.STALE for row in translated_pages(sources, BRETON))


class TranslationsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "poles/translations.html"
    page_title = gettext_lazy("Pages in Breton")
    header_icon = "wagtail-localize-language"

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("translation_board"), _("Pages in Breton")))

    def get_context_data(self, **kwargs):
        sites = bilingual_sites(self.request.user)
        asked = self.request.GET.get("site", "")
        site = next((site for site in sites if str(site.pk) == asked), sites[0] if sites else None)
        every = translated_pages(french_pages(site), BRETON) if site else []
        counts = Counter(row.state for row in every)
        state = self.request.GET.get("etat", "")
        rows = [row for row in every if row.state == state] if state in TranslationState.LABELS else every
        return {
            **super().get_context_data(**kwargs),
            "sites": sites,
            "site": site,
            "state": state if state in TranslationState.LABELS else "",
            "states": [(code, label, counts[code]) for code, label in TranslationState.LABELS.items()],
            "total": len(every),
            "page": Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p")),
        }
