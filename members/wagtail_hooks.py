from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from core.isolation.listings import OwnPageFilterSet
from core.isolation.menus import one_entry
from core.page_cache.rules import NotShown
from core.seams import MessageKind, PeriodicJob, StarterPage
from core.transfer.parts import LeftOut, PageRows
from members.editor_tasks import member_tasks
from members.importing.imports import MemberImport, forget_old_imports, remapped
from members.index_page import MemberIndexPage
from members.lookups import LookedUp, look_up_due
from members.network_directory import NetworkDirectoryPage
from members.page import MemberPage
from members.proposals import Proposal
from members.urls import admin_urlpatterns
from members.verification import VerificationRequest
from members.views.manage import DirectoryView


class MemberFilterSet(OwnPageFilterSet):
    class Meta:
        model = MemberPage
        fields = ["family", "membership"]


class MemberListing(PageListingViewSet):
    """Every profile that one looks after, as a table."""

    model = MemberPage
    icon = "group"
    menu_label = _("Members")
    menu_order = 120
    add_to_admin_menu = True
    name = "members"
    url_prefix = "fiches"
    filterset_class = MemberFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Name"), sort_key="title", classname="title"),
        Column("family", label=_("Family"), accessor="get_family_display", sort_key="family"),
        Column("commune", label=_("Commune"), sort_key="commune"),
        Column("membership", label=_("Link"), accessor="get_membership_display", sort_key="membership"),
        DateColumn("verified_on", label=_("Verified"), sort_key="verified_on"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]


@hooks.register("register_admin_viewset")
def member_listing():
    return MemberListing()


@hooks.register("register_admin_urls")
def member_urls():
    return admin_urlpatterns


class DirectoryMenuItem(MenuItem):
    def is_shown(self, request):
        return DirectoryView.indexes_of(request.user).exists()


@hooks.register("register_admin_menu_item")
def directory_menu_item():
    return DirectoryMenuItem(
        _("The directory"), reverse_lazy("my_directory"), name="directory", icon_name="globe", order=121
    )


hooks.register("construct_main_menu", one_entry("directory", "members:index"))


@hooks.register("starter_pages")
def starter_pages():
    directory = {"key": "members", "label": _("Directory of members"), "in_menu": True, "order": 40}
    return [
        StarterPage(model, "Annuaire", "annuaire", titles={"br": "Levr-anvioù"}, **directory)
        for model in (MemberIndexPage, NetworkDirectoryPage)
    ]


@hooks.register("transfer_parts")
def transfer_parts():
    return [
        PageRows("proposals", Proposal, "member"),
        PageRows("verification requests", VerificationRequest, "member"),
        PageRows("member-imports", MemberImport, "directory", remap=remapped),
        LeftOut("look-ups", (LookedUp,), "The public registers are asked again."),
    ]


@hooks.register("message_kinds")
def message_kinds():
    return [
        MessageKind("member", _("Message to a member"), 50, mail_template="members/mail/message"),
        MessageKind("correction", _("Error on a profile"), 60),
    ]


@hooks.register("periodic_jobs")
def periodic_jobs():
    return [
        PeriodicJob("members: public registers", look_up_due),
        PeriodicJob("members: old imports", forget_old_imports),
    ]


hooks.register("editor_tasks", member_tasks)


@hooks.register("page_cache_rules")
def page_cache_rules():
    return [
        NotShown((MemberImport,), "What it writes are profiles."),
        NotShown(
            (LookedUp, Proposal, VerificationRequest),
            "Not on line; a profile that changes says so itself.",
        ),
    ]
