"""The pages on which a site shows the network's shared content, in its own identity."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page

from commons.charter import charter_versions
from commons.principles import principles_in_force
from core.pages import BasePage


class SharedContentPage(BasePage):
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Your own words above the text of the network."),
    )

    content_panels = [*Page.content_panels, *BasePage.listing_panels, FieldPanel("introduction")]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        abstract = True


class PrinciplesPage(SharedContentPage):
    page_description = _("The principles of the ESS, in the words of the network.")

    template = "commons/principles_page.html"

    class Meta:
        verbose_name = _("principles of the ESS")
        verbose_name_plural = _("pages of the principles")

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "principles": principles_in_force()}


class CharterPage(RoutablePageMixin, SharedContentPage):
    page_description = _("The charter of the network, in its version in force.")

    template = "commons/charter_page.html"

    class Meta:
        verbose_name = _("charter of the network")
        verbose_name_plural = _("pages of the charter")

    @path("")
    def in_force(self, request):
        versions = list(charter_versions())
        return self.render_version(request, versions[0] if versions else None, versions)

    @path("version/<str:version>/", name="version")
    def earlier_version(self, request, version):
        versions = list(charter_versions())
        for charter in versions:
            if charter.version == version:
                return self.render_version(request, charter, versions)
        raise Http404

    def render_version(self, request, charter, versions):
        return self.render(
            request,
            context_overrides={
                "charter": charter,
                "is_in_force": bool(versions) and charter == versions[0],
                "versions": [
                    (version, self.get_url(request) + self.reverse_subpage("version", args=[version.version]))
                    for version in versions
                ],
            },
        )
