from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import ApprovedHost
from poles.collections import collection_of
from poles.models import Pays, Pole
from poles.team import teams_managed_by
from poles.urls import admin_urlpatterns


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
def team_urls():
    return admin_urlpatterns


class TeamMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(teams_managed_by(request.user))


@hooks.register("register_admin_menu_item")
def team_menu_item():
    return TeamMenuItem(_("The team"), reverse_lazy("my_team"), name="team", icon_name="group", order=400)


hooks.register("collection_of_site", collection_of)
