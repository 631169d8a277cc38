"""The hostnames that a site had before: visitors who knew them are sent to the one it has."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site


class FormerAddress(models.Model):
    hostname = models.CharField(_("hostname"), max_length=255, unique=True)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="former_addresses")
    until = models.DateTimeField(_("until"), auto_now_add=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return self.hostname


def site_formerly_at(hostname: str) -> Site | None:
    """The site that left that hostname, or None."""
    former = FormerAddress.objects.filter(hostname=hostname).select_related("site").first()
    return former.site if former else None
