"""The guides of `docs/guides/`, in French, read in the editor under « Help » and from the screens they are about."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from markdown import markdown
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.screens import breadcrumb
from core.words import fold

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "guides"


@dataclass(frozen=True)
class Guide:
    """One file: its first line is its title, its first paragraph says whom it is for."""

    slug: str
    title: str
    text: str

    @property
    def summary(self) -> str:
        return next(part for part in self.text.split("\n\n") if part.strip()).strip()

    @property
    def html(self) -> SafeString:
        return mark_safe(markdown(self.text))  # noqa: S308 – a file of ours

    def holds(self, words: list[str]) -> bool:
        text = fold(f"{self.title} {self.text}")
        return all(word in text for word in words)


@cache
def guides() -> dict[str, Guide]:
    """By name of the file, in alphabetical order of the titles."""
    found = []
    for path in FOLDER.glob("*.md"):
        title, _line, text = path.read_text(encoding="utf-8").partition("\n")
        found.append(Guide(path.stem, title.removeprefix("# ").strip(), text))
    return {guide.slug: guide for guide in sorted(found, key=lambda guide: fold(guide.title))}


class GuidesView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "core/guides/index.html"
    page_title = gettext_lazy("Guides")
    header_icon = "help"

    def get_breadcrumbs_items(self):
        return breadcrumb(("", self.page_title))

    def get_context_data(self, **kwargs):
        query = self.request.GET.get("q", "").replace("\x00", "")[:200]
        found = [guide for guide in guides().values() if guide.holds(fold(query).split())]
        return {**super().get_context_data(**kwargs), "guides": found, "query": query}


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "core/guides/guide.html"
    header_icon = "help"

    @property
    def guide(self) -> Guide:
        guide = guides().get(self.kwargs["guide"])
        if guide is None:
            raise Http404
        return guide

    def get_page_title(self):
        return self.guide.title

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("guides"), _("Guides")), ("", self.guide.title))

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "guide": self.guide}
