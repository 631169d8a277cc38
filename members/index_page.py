from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.http import JsonResponse
from django.templatetags.static import static
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from core.images.models import Licence
from core.pages import BasePage
from core.pagination import paginate
from core.site_context import SiteContext
from core.tiles import Tiles
from core.words import fold
from members import exports
from members.directory import FACETS, Directory, DirectoryEntry, Facet, alone, rows_of
from members.map import points
from members.page import MemberPage
from members.queryset import MemberQuerySet

MAX_PRINTED = 3000


class ListedMember(NamedTuple):
    """A profile in a list, and the names of the pôles that hold one of it where the list is of several."""

    member: MemberPage
    pole_names: list[str]

    @property
    def commune(self) -> str:
        return self.member.commune


class DirectoryPage(RoutablePageMixin, BasePage):
    """Organisations, sorted out, on a map, on paper and as files. Each directory says which it lists (`profiles`)."""

    PER_PAGE = 12

    data_licence = models.CharField(
        _("licence of the data"),
        max_length=16,
        choices=Licence.choices,
        default=Licence.OPEN_LICENCE,
        help_text=_("Under which others may use the files of this directory."),
    )

    content_panels = [*Page.content_panels, *BasePage.listing_panels, FieldPanel("data_licence")]
    facets: Iterable[Facet] = FACETS

    class Meta:
        abstract = True

    def profiles(self) -> MemberQuerySet:
        """The published profiles that it lists; for the directory's own class to say."""
        return MemberPage.objects.listed_under(self)

    def entries(self, profiles: MemberQuerySet) -> list[DirectoryEntry]:
        return alone(rows_of(profiles))

    def directory(self, request, *, counts: bool = False) -> Directory:
        """What the address asks of it; with `counts`, also what each facet would leave."""
        profiles = self.profiles()
        return Directory(request, profiles, self.entries(profiles), self.facets, counts=counts)

    def holders(self, entry: DirectoryEntry) -> list[str]:
        """The names of the pôles that hold a profile of it, where a directory lists several pôles."""
        return []

    def listed(self, entries: list[DirectoryEntry]) -> list[ListedMember]:
        """The profiles of these entries, in their order, with all that a list prints."""
        members = MemberPage.objects.with_sectors().in_bulk([entry.row.pk for entry in entries])
        return [
            ListedMember(members[entry.row.pk], self.holders(entry)) for entry in entries if entry.row.pk in members
        ]

    @path("")
    def listing(self, request):
        directory = self.directory(request, counts=True)
        pagination = paginate(request, directory.entries, self.PER_PAGE, keep=directory.parameters)
        query = urlencode(directory.parameters)
        tiles = Tiles.from_settings()
        if tiles:
            SiteContext.of(request, self).tile_hosts.add(tiles.origin)
        return self.render(
            request,
            context_overrides={
                "directory": directory,
                "pagination": pagination,
                "members": self.listed(pagination.page.object_list),
                "query": f"?{query}" if query else "",
                "tiles": tiles,
                "leaflet": {"script": static("leaflet/leaflet.js"), "style": static("css/leaflet.css")},
            },
        )

    @path("carte/", name="map_data")
    def map_data(self, request):
        """The positions of what the list shows, for its map: no more than what it draws."""
        directory = self.directory(request)
        return JsonResponse(
            points(directory, request),
            json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
        )

    @path("imprimer/", name="printable")
    def printable(self, request):
        """The whole list on paper (A4), by commune."""
        directory = self.directory(request, counts=True)
        members = self.listed(directory.entries[:MAX_PRINTED])
        members.sort(key=lambda listed: (listed.commune == "", fold(listed.commune), listed.member.name_key))
        return self.render(
            request,
            template="members/printable.html",
            context_overrides={
                "directory": directory,
                "members": members,
                "is_cut": len(directory.entries) > MAX_PRINTED,
            },
        )

    @path("donnees/", name="data")
    def data(self, request):
        """What the files hold, column by column."""
        directory = self.directory(request, counts=True)
        query = urlencode(directory.parameters)
        return self.render(
            request,
            template="members/data.html",
            context_overrides={
                "directory": directory,
                "columns": exports.PUBLIC_COLUMNS,
                "licence_url": exports.LICENCE_ADDRESSES.get(self.data_licence, ""),
                "query": f"?{query}" if query else "",
            },
        )

    @path("csv/", name="csv")
    def as_csv(self, request):
        return self.file(request, exports.as_csv)

    @path("xlsx/", name="xlsx")
    def as_xlsx(self, request):
        return self.file(request, exports.as_xlsx)

    @path("json/", name="json")
    def as_json(self, request):
        return self.file(request, exports.as_json)

    @path("geojson/", name="geojson")
    def as_geojson(self, request):
        return self.file(request, exports.as_geojson)

    def file(self, request, write):
        """The list that the address asks for, as `write` (one of the formats of `exports`) puts it in a file."""
        directory = self.directory(request)
        found = MemberPage.objects.filter(pk__in=[entry.row.pk for entry in directory.entries])
        return write(exports.Export.of(self, request, directory.entries, found))


class MemberIndexPage(DirectoryPage):
    """The organisations of one pôle."""

    page_description = _("A directory of organisations, as a list and on a map.")

    template = "members/directory.html"
    home_kinds = frozenset({"pole"})  # the portal has one of its own
    subpage_types = ["members.MemberPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of members")
        verbose_name_plural = _("directories of members")
