from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from commons.models import Charter, Principle, Sector, Topic
from core.isolation.choosers import SharedChooserViewSet


class SharedViewSet(SnippetViewSet):
    chooser_viewset_class = SharedChooserViewSet


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
