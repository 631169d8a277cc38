from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from commons.charter_views import SignatureView, signature_tasks
from commons.home_blocks import PrinciplesBlock
from commons.models import Charter, CharterPage, Principle, PrinciplesPage, Sector, Signature, Topic
from commons.shared import SharedContent
from commons.uses import delete_orphans
from commons.views import paste
from commons.viewsets import SharedViewSet, refuse_what_is_used
from core.page_cache.rules import Shown
from core.seams import HomeBlockType, StarterPage
from core.transfer.parts import LeftOut, NetworkVocabularies


class PrincipleViewSet(SharedViewSet):
    model = Principle
    icon = "openquote"
    list_display = ["title", "sort_order", "locale", "live"]


class CharterViewSet(SharedViewSet):
    model = Charter
    icon = "doc-full"
    list_display = ["title", "version", "in_force_from", "locale", "live"]


class TopicViewSet(SharedViewSet):
    model = Topic
    icon = "tag"
    chooser_per_page = 60  # all of them at once: an author ticks several
    list_display = ["name", "slug", "locale", "live"]


class SectorViewSet(TopicViewSet):
    model = Sector
    icon = "list-ul"


class SharedContentGroup(SnippetViewSetGroup):
    menu_label = _("Shared content")
    menu_icon = "site"
    menu_order = 150
    items = (PrincipleViewSet, CharterViewSet, TopicViewSet, SectorViewSet)


register_snippet(SharedContentGroup)


@hooks.register("before_delete_snippet")
def keep_what_is_used(request, contents):
    return refuse_what_is_used(request, contents)


@hooks.register("after_delete_snippet")
def delete_translations_too(request, contents):
    delete_orphans(contents)


@hooks.register("register_admin_urls")
def editor_urls():
    return [
        path("coller/", paste, name="paste"),
        path("charte/<slug:pays>/", SignatureView.as_view(), name="charter_signature"),
    ]


hooks.register("editor_tasks", signature_tasks)


@hooks.register("network_permissions")
def network_permissions():
    return [Topic, Sector, Principle, Charter]


@hooks.register("starter_pages")
def starter_pages():
    return [
        StarterPage(
            PrinciplesPage, "Les principes de l’ESS", "principes",
            order=60, key="principles", label=_("The principles of the ESS"),
            titles={"br": "Pennaennoù an EKS"},
        ),
        StarterPage(
            CharterPage, "La charte du réseau", "charte",
            order=70, key="charter", label=_("The network’s charter"),
            titles={"br": "Karta ar rouedad"},
        ),
    ]  # fmt: skip


@hooks.register("home_blocks")
def home_blocks():
    return [HomeBlockType("principles", PrinciplesBlock, 50, default_on=frozenset({"pole"}))]


@hooks.register("transfer_parts")
def transfer_parts():
    return [
        NetworkVocabularies("topics", Topic),
        NetworkVocabularies("sectors", Sector),
        LeftOut("principles and charter", (Principle, Charter), "Written by the network; every install has its own."),
        LeftOut("signatures", (Signature,), "Of the charter of this network; the journal, which goes, says when."),
    ]


@hooks.register("page_cache_rules")
def page_cache_rules():
    return [Shown(SharedContent), Shown(Signature)]
