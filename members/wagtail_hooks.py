from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from core.isolation.listings import OwnPageFilterSet
from members.page import MemberPage
from members.urls import admin_urlpatterns
from members.views.desk import directories_of


class MemberFilterSet(OwnPageFilterSet):
    class Meta:
        model = MemberPage
        fields = ["family", "tie"]


class MemberListing(PageListingViewSet):
    """Every sheet that one looks after, as a table."""

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
        Column("tie", label=_("Link"), accessor="get_tie_display", sort_key="tie"),
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
        return directories_of(request.user).exists()


@hooks.register("register_admin_menu_item")
def directory_menu_item():
    return DirectoryMenuItem(
        _("The directory"), reverse_lazy("my_directory"), name="directory", icon_name="globe", order=121
    )
