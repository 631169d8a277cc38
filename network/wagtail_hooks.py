from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.embeds.hosts import ApprovedHost
from core.isolation.visibility import looks_after_every_site
from network.dashboard import welcome_panels
from network.models import Pays, Pole
from network.provisioning import collection_of
from network.samples import map_of_the_poles
from network.team import teams_managed_by
from network.urls import admin_urlpatterns


class PoleViewSet(SnippetViewSet):
    model = Pole
    icon = "site"
    list_display = ["name", "pays", "status", "site"]
    search_fields = ["name", "pays__name"]


class PaysViewSet(SnippetViewSet):
    model = Pays
    icon = "globe"
    list_display = ["name", "departement"]
    list_filter = ["departement"]


class VideoHostViewSet(SnippetViewSet):
    model = ApprovedHost
    icon = "media"
    list_display = ["name", "hostname", "kind"]


class NetworkGroup(SnippetViewSetGroup):
    menu_label = _("Network")
    menu_icon = "group"
    menu_order = 160
    items = (PoleViewSet, PaysViewSet, VideoHostViewSet)


register_snippet(NetworkGroup)


@hooks.register("register_admin_urls")
def network_urls():
    return admin_urlpatterns


class TeamMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(teams_managed_by(request.user))


class PolesMenuItem(MenuItem):
    def is_shown(self, request):
        return looks_after_every_site(request.user)


@hooks.register("register_admin_menu_item")
def team_menu_item():
    return TeamMenuItem(_("The team"), reverse_lazy("my_team"), name="team", icon_name="group", order=400)


@hooks.register("register_admin_menu_item")
def poles_menu_item():
    return PolesMenuItem(_("The pôles"), reverse_lazy("poles"), name="poles", icon_name="site", order=155)


@hooks.register("construct_homepage_panels")
def welcome(request, panels):
    panels.extend(welcome_panels(request.user))


hooks.register("style_guide_samples", map_of_the_poles)
hooks.register("collection_of_site", collection_of)
