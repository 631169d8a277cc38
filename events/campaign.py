from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from commons.shared import SharedContent, SharedContentQuerySet


class CampaignQuerySet(SharedContentQuerySet):
    def current(self):
        """Those that are not over for a year."""
        return self.live().filter(ends_on__gte=timezone.localdate() - timedelta(days=365))


class Campaign(SharedContent):
    """What the network does together for a while, and each pôle's events carry: the month of the ESS."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address"), max_length=60, help_text=_("Used in addresses: “mois-de-l-ess-2026”."))
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    logo = models.ForeignKey(
        "core.SiteImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = RichTextField(_("presentation"), blank=True, features=["bold", "italic", "link", "ul", "ol"])

    objects = CampaignQuerySet.as_manager()

    override_translatable_fields = [SynchronizedField("slug")]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("logo"),
        FieldPanel("text"),
    ]
    search_fields = [index.SearchField("name", boost=5), index.AutocompleteField("name"), index.FilterField("live")]
    preview_template = "events/previews/campaign.html"

    class Meta(SharedContent.Meta):
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_on"]
        unique_together = [("translation_key", "locale"), ("slug", "locale")]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The campaign would end before it begins.")})
