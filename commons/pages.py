"""The pages on which a site shows the network's shared content, in its own identity."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import PageChooserBlock, RichTextBlock, StructBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.blocks import SnippetChooserBlock

from commons.charter import Charter, charter_in_force, charter_versions, charters_to_come
from commons.charter_changes import changes
from commons.principles import principles_in_force
from commons.signatures import Signature
from core.findable import PAGES, Findable, SearchKind
from core.pages import BasePage
from core.querysets import pages
from core.site_context import SiteContext
from core.words import plain_text

SHARED = SearchKind("commun", _("Principles and charter"), _("What the network shares"))


class SharedContentPage(BasePage):
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Your own words above the text of the network."),
    )

    content_panels = [*Page.content_panels, *BasePage.listing_panels, FieldPanel("introduction")]
    footer_part = "network"
    subpage_types = []
    max_count_per_parent = 1
    search_kinds = (PAGES, SHARED)

    class Meta:
        abstract = True

    def findable(self) -> Findable:
        return replace(super().findable(), text=plain_text(self.introduction))


class ExampleBlock(StructBlock):
    """What a principle looks like here: the site's own words, under those of the network."""

    principle = SnippetChooserBlock("commons.Principle", label=_("Principle"))
    text = RichTextBlock(features=["bold", "italic", "link"], label=_("Text"))
    page = PageChooserBlock(required=False, label=_("Page to read"))

    class Meta:
        icon = "pick"
        label = _("Example from here")


class PrinciplesPage(SharedContentPage):
    page_description = _("The principles of the ESS, in the words of the network.")

    examples = StreamField(
        [("example", ExampleBlock())],
        verbose_name=_("examples from here"),
        blank=True,
        help_text=_("Under each principle, what it looks like at your place; the network’s words stay as they are."),
    )

    content_panels = [*SharedContentPage.content_panels, FieldPanel("examples")]
    search_fields = [*SharedContentPage.search_fields, index.SearchField("examples")]

    template = "commons/principles_page.html"
    shows_in_search = ("commons.Principle",)

    class Meta:
        verbose_name = _("principles of the ESS")
        verbose_name_plural = _("pages of the principles")

    def get_context(self, request, *args, **kwargs):
        examples = self.examples_by_principle()
        told = [(principle, examples.get(principle.translation_key, [])) for principle in principles_in_force()]
        return {**super().get_context(request, *args, **kwargs), "principles": told}

    def examples_by_principle(self) -> dict[UUID, list[dict]]:
        """By the key that a principle has in every language: what is said, and the page to read if visitors may."""
        given = [example.value for example in self.examples if example.value["principle"]]
        shown = pages().published().in_bulk([value["page"].pk for value in given if value["page"]])
        found: dict[UUID, list[dict]] = {}
        for value in given:
            target = shown.get(value["page"].pk) if value["page"] else None
            told = {"text": value["text"], "target": target}
            found.setdefault(value["principle"].translation_key, []).append(told)
        return found

    def findable(self):
        found = super().findable()
        here = " ".join(plain_text(str(example.value["text"])) for example in self.examples)
        return replace(found, text=f"{found.text} {here}".strip())

    def findable_parts(self):
        return [
            Findable(
                title=principle.title,
                kind=SHARED,
                part=f"principle-{principle.translation_key}",
                address=f"#{principle.slug}",
                is_shared=True,
                keywords=(str(principle._meta.verbose_name),),
                summary=principle.summary,
                text=plain_text(principle.text),
            )
            for principle in principles_in_force()
        ]


class CharterPage(RoutablePageMixin, SharedContentPage):
    page_description = _("The charter of the network, in its version in force.")

    template = "commons/charter_page.html"
    shows_in_search = ("commons.Charter",)

    class Meta:
        verbose_name = _("charter of the network")
        verbose_name_plural = _("pages of the charter")

    def findable(self):
        charter, found = charter_in_force(), super().findable()
        return found if charter is None else replace(found, text=f"{found.text} {plain_text(charter.introduction)}")

    def findable_parts(self):
        charter = charter_in_force()
        return [
            Findable(
                title=commitment.value["title"],
                kind=SHARED,
                part=anchor,
                address=f"#{anchor}",
                is_shared=True,
                keywords=(str(Charter._meta.verbose_name), str(commitment.block.label)),
                text=plain_text(str(commitment.value["text"])),
            )
            for anchor, commitment in (charter.anchored_commitments if charter else ())
        ]

    @path("")
    def in_force(self, request):
        versions = list(charter_versions())
        return self.render_version(request, versions[0] if versions else None, versions)

    @path("version/<str:version>/", name="version")
    def one_version(self, request, version):
        versions = list(charter_versions())
        for charter in (*versions, *charters_to_come()):
            if charter.version == version:
                return self.render_version(request, charter, versions)
        raise Http404

    @path("version/<str:version>/changements/", name="changes")
    def changes(self, request, version):
        versions = [*reversed(charters_to_come()), *charter_versions()]
        for before, after in zip(versions[1:], versions, strict=False):
            if after.version == version:
                told = {"before": before, "after": after, "changes": changes(before, after)}
                return self.render(request, context_overrides=told, template="commons/charter_changes.html")
        raise Http404

    def address_of(self, request, charter: Charter, name: str = "version") -> str:
        return self.get_url(request) + self.reverse_subpage(name, args=[charter.version])

    def render_version(self, request, charter, versions):
        to_come = list(charters_to_come())
        newest_first = [*reversed(to_come), *versions]
        signatures = Signature.objects.of(charter).public() if charter else Signature.objects.none()
        signatures = signatures.select_related("pole__site", "document").order_by("pole__name")
        site = SiteContext.of(request, self).site
        return self.render(
            request,
            context_overrides={
                "charter": charter,
                "is_in_force": bool(versions) and charter == versions[0],
                "is_to_come": charter in to_come,
                "next_version": (to_come[0], self.address_of(request, to_come[0])) if to_come else None,
                "versions": [(version, self.address_of(request, version)) for version in newest_first],
                "changes_url": self.address_of(request, charter, "changes") if charter in newest_first[:-1] else "",
                "signatures": list(signatures),
                "own_signature": next((one for one in signatures if one.pole.site_id == site.pk), None),
            },
        )
