from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.page_cache.rules import NotShown, Shown
from core.seams import PeriodicJob
from core.transfer.parts import LeftOut
from search.indexing import refresh_stale
from search.manage import VainSearchesView
from search.models import BestBet, EntrySubject, SearchEntry, SynonymGroup, VainSearch, Word
from search.samples import search_results

hooks.register("style_guide_samples", search_results)


class SynonymViewSet(SnippetViewSet):
    model = SynonymGroup
    icon = "link"
    list_display = ["__str__", BooleanColumn("is_one_way", label=_("One way only"), sort_key="is_one_way")]
    search_fields = ["words"]
    list_per_page = 50


class BestBetViewSet(SnippetViewSet):
    model = BestBet
    icon = "pick"
    list_display = ["__str__", "address"]
    search_fields = ["words", "address"]


class SearchGroup(SnippetViewSetGroup):
    menu_label = _("Search of the sites")
    menu_icon = "search"
    menu_order = 155
    items = (SynonymViewSet, BestBetViewSet)


register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def editor_urls():
    return [path("recherches-sans-resultat/", VainSearchesView.as_view(), name="vain_searches")]


@hooks.register("register_reports_menu_item")
def vain_searches_menu_item():
    return MenuItem(
        _("Searches without result"), reverse_lazy("vain_searches"), name="vain-searches", icon_name="search", order=20
    )


@hooks.register("network_permissions")
def network_permissions():
    return [SynonymGroup, BestBet]


@hooks.register("periodic_jobs")
def periodic_jobs():
    return [
        PeriodicJob("search: entries to read again", lambda: refresh_stale(1000)),
        PeriodicJob("search: a year of searches in vain", lambda: VainSearch.objects.old().delete()),
    ]


@hooks.register("transfer_parts")
def transfer_parts():
    return [
        LeftOut("search entries", (SearchEntry, EntrySubject, Word), "Made anew from the pages that are brought."),
        LeftOut("searches in vain", (VainSearch,), "What visitors of another install did not find says nothing here."),
        LeftOut("synonyms", (SynonymGroup, BestBet), "The network's."),
    ]


@hooks.register("page_cache_rules")
def page_cache_rules():
    return [
        *map(Shown, (SynonymGroup, BestBet)),
        NotShown((SearchEntry, EntrySubject, Word), "By searches alone: `search.indexing` says that these are others."),
        NotShown((VainSearch,), "The staff's."),
    ]
