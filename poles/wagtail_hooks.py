from django.db.models import Exists, OuterRef
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import ApprovedHost
from core.page_cache.rules import NotShown, Shown
from core.querysets import identity_of
from core.seams import Missing, PeriodicJob, Waiting
from core.transfer.parts import LeftOut
from poles.collections import collection_of
from poles.models import AuditEntry, Invitation, Pays, Pole, PoleStatus, PublisherApprovalTask
from poles.team import Team, teams_managed_by
from poles.translations import TranslationState
from poles.urls import admin_urlpatterns
from poles.views.translations import stale_count


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


@hooks.register("register_reports_menu_item")
def translations_menu_item():
    return MenuItem(_("Pages in Breton"), reverse_lazy("translation_board"), name="breton", icon_name="globe", order=15)


@hooks.register("editor_tasks")
def translations_to_look_at_again(site, user):
    if not identity_of(site).breton_enabled:
        return []
    count = stale_count(site)
    if not count:
        return []
    text = (
        ngettext("%d page in Breton to be looked at again", "%d pages in Breton to be looked at again", count) % count
    )
    return [Waiting(text, f"{reverse('translation_board')}?site={site.pk}&etat={TranslationState.STALE}", 60)]


@hooks.register("editor_tasks")
def nobody_alone(site, user):
    """Who is alone in a pôle is asked to invite somebody."""
    is_invited = Exists(Invitation.objects.pending().filter(pole=OuterRef("pk")))
    pole = Pole.objects.filter(site=site).select_related("pays").annotate(is_invited=is_invited).first()
    if pole is None or pole.is_invited or Team(pole).size() > 1:
        return []
    text = gettext("Invite a colleague: you will not be alone to write.")
    return [Missing(text, reverse("team", args=[pole.pays.slug]), 70)]


@hooks.register("periodic_jobs")
def periodic_jobs():
    return [PeriodicJob("poles: the journal's year", lambda: AuditEntry.objects.outdated().delete())]


@hooks.register("transfer_parts")
def transfer_parts():
    return [
        LeftOut("register", (Pays, Pole, PoleStatus), "In pole.json."),
        LeftOut("journal", (AuditEntry,), "In journal.csv, to read: what was done elsewhere was not done here."),
        LeftOut("invitations", (Invitation,), "Their links lead to the install that sent them; team.csv says who."),
        LeftOut("moderation", (PublisherApprovalTask,), "The network's."),
    ]


hooks.register("collection_of_site", collection_of)


@hooks.register("page_cache_rules")
def page_cache_rules():
    return [
        *map(Shown, (Pays, Pole, PoleStatus)),
        NotShown((AuditEntry, Invitation, PublisherApprovalTask), "The staff's."),
    ]
