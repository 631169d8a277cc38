"""« Breton »: each page of one's sites, and what is of it in Breton."""

from collections import Counter

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from core.identity import SiteIdentity
from core.isolation.visibility import pages_with_permission
from core.querysets import pages
from core.screens import breadcrumb
from poles.translations import TranslatedPage, TranslationState, translated_pages

LANGUAGE = "br"
PER_PAGE = 50


def bilingual_sites(user) -> list[Site]:
    """The sites that this person looks after and that have opened Breton."""
    opened = SiteIdentity.objects.filter(breton_enabled=True).values("site")
    own = Site.objects.filter(pk__in=opened, root_page__in=pages_with_permission(user, "add", "change", "publish"))
    return list(own.select_related("root_page").order_by("root_page__title"))


def pages_of(site: Site) -> list[TranslatedPage]:
    """The pages on line of a site in the main language, in the order of the tree."""
    french = pages().descendant_of(site.root_page, inclusive=True).filter(live=True, alias_of=None)
    return translated_pages(french.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path"), LANGUAGE)


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
        every = pages_of(site) if site else []
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
