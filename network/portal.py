from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from events.models import EventIndexPage
from home.models import AbstractHomePage, HomePage
from members.models import MemberIndexPage
from network.blocks import PortalBlock


class PortalPage(AbstractHomePage):
    """The network's own front door."""

    body = StreamField(PortalBlock(), verbose_name=_("composition"), blank=True)

    template = "home/home_page.html"
    is_creatable = False
    default_blocks = ["welcome", "network_articles", "poles", "principles", "charter"]
    subpage_types = [
        *(kind for kind in HomePage.subpage_types if kind not in (MemberIndexPage, EventIndexPage)),
        "network.NetworkDirectoryPage",
        "network.NetworkAgendaPage",
    ]

    class Meta:
        verbose_name = _("portal")
        verbose_name_plural = _("portals")
