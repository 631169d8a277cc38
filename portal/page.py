from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from home.models import AbstractHomePage
from portal.blocks import PortalBlock


class PortalPage(AbstractHomePage):
    """The home page of the network's own site."""

    body = StreamField(PortalBlock, verbose_name=_("composition"), blank=True)

    site_kind = "portal"
    template = "home/home_page.html"
    is_creatable = False

    class Meta:
        verbose_name = _("portal")
        verbose_name_plural = _("portals")
