from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from network.dashboard import welcome_panels
from network.models import Pays, Pole
from network.samples import map_of_the_poles


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


class NetworkGroup(SnippetViewSetGroup):
    menu_label = _("Network")
    menu_icon = "group"
    menu_order = 160
    items = (PoleViewSet, PaysViewSet)


register_snippet(NetworkGroup)


@hooks.register("construct_homepage_panels")
def welcome(request, panels):
    panels.extend(welcome_panels(request.user))


hooks.register("style_guide_samples", map_of_the_poles)
