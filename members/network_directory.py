"""The organisations of the whole network: those of several pôles once, with the names of all."""

from django.conf import settings
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.querysets import below
from members.directory import FACETS, Directory, DirectoryEntry, Facet, rows_of, together
from members.index_page import DirectoryPage
from members.page import MemberPage
from poles.homes import pole_names_by_home_path


class NetworkDirectoryPage(DirectoryPage):
    page_description = _("The organisations of every pôle, in one directory.")

    template = "members/directory.html"
    home_kinds = frozenset({"portal"})
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("directory of the network")
        verbose_name_plural = _("directories of the network")

    @cached_property
    def names(self) -> dict[str, str]:
        """Path of each pôle's home in the tree → the name of the pôle."""
        return {path: name for path, name in pole_names_by_home_path().items() if name}

    @cached_property
    def poles(self) -> dict[str, str]:
        """`url_path` of each pôle's home → its name."""
        homes = Page.objects.filter(path__in=self.names)
        return {url_path: self.names[path] for path, url_path in homes.values_list("path", "url_path")}

    def profiles(self):
        found = MemberPage.objects.published().filter(below(self.names), alias_of__isnull=True)
        here = found.filter(locale__language_code=translation.get_language())
        if translation.get_language() == settings.LANGUAGE_CODE:
            return here
        french = found.filter(locale__language_code=settings.LANGUAGE_CODE)
        return here.or_untranslated(french)

    def entries(self, profiles):
        return together(rows_of(profiles))

    def holders(self, entry: DirectoryEntry) -> list[str]:
        names = {self.pole_of(row.url_path) for row in entry.rows}
        return sorted(names - {""})

    def pole_of(self, url_path: str) -> str:
        home = url_path[: url_path.find("/", 1) + 1]
        return self.poles.get(home, "")

    def directory(self, request, *, counts=False):
        by_pole = Facet(
            "pole",
            _("Pôle"),
            _("All pôles"),
            self.holders,
            lambda entries: {name: name for name in self.poles.values()},
            is_main=True,
        )
        # The communes of the whole network would be hundreds of lines: those of a pôle, once one is chosen.
        facets = [facet for facet in FACETS if facet.name != "commune" or request.GET.get("pole")]
        profiles = self.profiles()
        return Directory(request, profiles, self.entries(profiles), (by_pole, *facets), counts=counts)
