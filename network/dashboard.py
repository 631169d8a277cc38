"""What greets people in the editor: their pôle, what they came to do, and what its site still lacks."""

from functools import cached_property
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.models import Site
from wagtail.permissions import policy_registry

from core.isolation.visibility import pages_with_permission
from core.models import SiteIdentity
from core.seams import Button, Missing, Waiting, brought
from poles.homes import with_home_path

# What the law asks of a site (law of 21 June 2004, article 1-1).
LEGAL_IDENTITY = ("publisher", "registration", "publication_director", "host_name", "host_address", "host_phone")


class WelcomePanel(Component):
    """One site's panel, for one of its people."""

    name = "welcome"
    template_name = "network/welcome_panel.html"
    order = 10

    def __init__(self, site: Site, user):
        self.site = site
        self.user = user
        self.identity = SiteIdentity.for_site(site)

    def get_context_data(self, parent_context):
        return {
            "site": self.site,
            "identity": self.identity,
            "user": self.user,
            "tasks": self.buttons(),
            "to_complete": self.missing(),
            "to_mend": self.waiting(),
        }

    @property
    def may_change_identity(self) -> bool:
        policy = policy_registry.get_by_type(SiteIdentity)
        return policy.user_has_permission_for_instance(self.user, "change", self.site)

    @property
    def identity_url(self) -> str:
        return reverse("wagtailsettings:edit", args=["core", "siteidentity", self.site.pk])

    @cached_property
    def brought(self) -> list:
        """What the rooms say of this site to this person."""
        return brought("editor_tasks", self.site, self.user)

    def buttons(self) -> list[Button]:
        """What people come for, the most frequent first."""
        buttons = [item for item in self.brought if isinstance(item, Button)]
        explorer = reverse("wagtailadmin_explore", args=[self.site.root_page_id])
        buttons.append(Button(_("All the pages"), explorer, "folder-open-inverse", 70))
        if self.may_change_identity:
            buttons.append(Button(_("Name, logo and look"), self.identity_url, "site", 80))
        buttons.append(Button(_("Visit the site"), self.site.root_url, "view", 90))
        return buttons

    def missing(self) -> list[Missing]:
        """What visitors miss: a line each, gone once done. Only for those who can do it."""
        if not self.may_change_identity:
            return []
        identity = self.identity
        wanted = [
            (identity.tagline, _("Say in one line what your pôle does: it is shown on the home page.")),
            (identity.logo_id, _("Add your logo; meanwhile your name is drawn in your colours.")),
            (
                identity.email and identity.city,
                _("Give an e-mail address and a town: they are at the foot of every page."),
            ),
            (
                all(getattr(identity, name) for name in LEGAL_IDENTITY),
                _(
                    "Complete the legal notice: publisher with its SIRET or RNA, publication director, host and its "
                    "phone."
                ),
            ),
        ]
        found = [Missing(text, self.identity_url) for value, text in wanted if not value]
        if not self.site.root_page.specific.body:
            edit = reverse("wagtailadmin_pages:edit", args=[self.site.root_page_id])
            found.append(Missing(_("Compose your home page: it shows the standard one."), edit, 80))
        found += [item for item in self.brought if isinstance(item, Missing)]
        return sorted(found, key=attrgetter("order"))

    def waiting(self) -> list[Waiting]:
        """What waits for an answer."""
        return [item for item in self.brought if isinstance(item, Waiting)]


class NoSitePanel(Component):
    """For an account that belongs to no pôle yet."""

    name = "welcome"
    template_name = "network/no_site_panel.html"
    order = 10
    text = gettext_lazy("Your account belongs to no pôle yet. Ask the person who invited you to add you to one.")

    def get_context_data(self, parent_context):
        return {"text": self.text}


def sites_of(user) -> list[Site]:
    """The sites whose pages this person may write, the portal first."""
    writable = pages_with_permission(user, "add")
    homes = with_home_path(writable).values("home_path")
    sites = Site.objects.filter(root_page__path__in=homes).select_related("root_page")
    return list(sites.order_by("-is_default_site", "hostname"))


def welcome_panels(user) -> list[Component]:
    """One panel a pôle; who looks after the whole network starts at the portal."""
    sites = sites_of(user)
    if not sites:
        return [NoSitePanel()]
    return [WelcomePanel(site, user) for site in (sites[:1] if sites[0].is_default_site else sites)]
