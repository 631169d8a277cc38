"""What greets people in the editor: their pôle, what they came to do, and what its site still lacks."""

from django.db.models import Prefetch
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry

from articles.models import ArticleIndexPage, ArticlePage
from core.models import RemoteVideo, SiteIdentity
from events.models import EventIndexPage
from members.models import MemberIndexPage, Proposal
from poles.registry import Pole
from poles.team import Team
from videos.models import VideoIndexPage

ENOUGH_ARTICLES = 3


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
            "tasks": self.tasks(),
            "to_complete": self.to_complete(),
            "to_mend": self.to_mend(),
        }

    @property
    def may_change_identity(self) -> bool:
        policy = policy_registry.get_by_type(SiteIdentity)
        return policy.user_has_permission_for_instance(self.user, "change", self.site)

    @property
    def identity_url(self) -> str:
        return reverse("wagtailsettings:edit", args=["core", "siteidentity", self.site.pk])

    def tasks(self) -> list[dict]:
        """What people come for, the most frequent first."""
        tasks = []
        index = ArticleIndexPage.objects.descendant_of(self.site.root_page).order_by("path").first()
        if index is not None and index.permissions_for_user(self.user).can_add_subpage():
            address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", index.pk])
            tasks.append({"label": _("Write an article"), "url": address, "icon": "edit"})
        index = VideoIndexPage.objects.descendant_of(self.site.root_page).order_by("path").first()
        if index is not None and index.permissions_for_user(self.user).can_add_subpage():
            address = reverse("wagtailadmin_pages:add", args=["videos", "videopage", index.pk])
            tasks.append({"label": _("Add a video"), "url": address, "icon": "media"})
        agenda = EventIndexPage.objects.descendant_of(self.site.root_page).order_by("path").first()
        if agenda is not None and agenda.permissions_for_user(self.user).can_add_subpage():
            address = reverse("wagtailadmin_pages:add", args=["events", "eventpage", agenda.pk])
            tasks.append({"label": _("Announce an event"), "url": address, "icon": "calendar"})
        directory = MemberIndexPage.objects.descendant_of(self.site.root_page).order_by("path").first()
        if directory is not None and directory.permissions_for_user(self.user).can_publish_subpage():
            address = reverse("directory_desk", args=[directory.pk])
            tasks.append({"label": _("The directory"), "url": address, "icon": "group"})
        explorer = reverse("wagtailadmin_explore", args=[self.site.root_page_id])
        tasks.append({"label": _("All the pages"), "url": explorer, "icon": "folder-open-inverse"})
        if self.may_change_identity:
            tasks.append({"label": _("Name, logo and look"), "url": self.identity_url, "icon": "site"})
        tasks.append({"label": _("Visit the site"), "url": self.site.root_url, "icon": "view"})
        return tasks

    def to_complete(self) -> list[dict]:
        """What visitors miss: a line each, gone once done. Only for those who can do it."""
        if not self.may_change_identity:
            return []
        identity, found = self.identity, []
        wanted = [
            (identity.tagline, _("Say in one line what your pôle does: it is shown on the home page.")),
            (identity.logo_id, _("Add your logo; meanwhile your name is drawn in your colours.")),
            (
                identity.email and identity.city,
                _("Give an e-mail address and a town: they are at the foot of every page."),
            ),
            (
                identity.publisher and identity.publication_director and identity.host_name,
                _("Complete the legal notice: publisher, publication director and host."),
            ),
        ]
        found += [{"text": text, "url": self.identity_url} for value, text in wanted if not value]
        found += self.alone()
        if not self.site.root_page.specific.body:
            edit = reverse("wagtailadmin_pages:edit", args=[self.site.root_page_id])
            found.append({"text": _("Compose your home page: it shows the standard one."), "url": edit})
        articles = ArticlePage.objects.published().descendant_of(self.site.root_page)
        if articles[:ENOUGH_ARTICLES].count() < ENOUGH_ARTICLES:
            found.append({"text": _("Publish three articles: a young site looks alive with them."), "url": None})
        return found

    def to_mend(self) -> list[dict]:
        """What waits for an answer: corrections of members, then videos that their provider no longer has."""
        return [*self.corrections(), *self.lost_videos()]

    def corrections(self) -> list[dict]:
        directory = MemberIndexPage.objects.descendant_of(self.site.root_page).order_by("path").first()
        if directory is None or not directory.permissions_for_user(self.user).can_publish_subpage():
            return []
        count = Proposal.objects.in_directory(directory).waiting().count()
        said = ngettext(
            "%(count)s correction of a member’s sheet waits for your answer.",
            "%(count)s corrections of members’ sheets wait for your answer.",
            count,
        )
        address = reverse("directory_proposals", args=[directory.pk])
        return [{"text": said % {"count": count}, "url": address}] if count else []

    def lost_videos(self) -> list[dict]:
        """Published pages with a video that its provider no longer has, a line each."""
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(self.user, "change")
        gone = Prefetch("pages", pages.live(), to_attr="pages_to_mend")
        return [
            {
                "text": _("“%(page)s”: its video can no longer be seen. Give another address, or remove it.")
                % {"page": page.get_admin_display_title()},
                "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
            }
            for record in RemoteVideo.objects.gone().filter(site=self.site).prefetch_related(gone)
            for page in record.pages_to_mend
            if (record.provider, record.key) in {(embed.provider, embed.key) for embed in page.specific.embeds()}
        ]

    def alone(self) -> list[dict]:
        pole = Pole.objects.filter(site=self.site).select_related("pays").first()
        if pole is None or len(Team(pole).members()) > 1 or pole.invitations.pending().exists():
            return []
        return [
            {
                "text": _("Invite a colleague: you will not be alone to write."),
                "url": reverse("team", args=[pole.pays.slug]),
            }
        ]


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
    writable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "add")
    homes = writable.annotate(home_path=Substr("path", 1, 2 * Page.steplen)).values("home_path")
    sites = Site.objects.filter(root_page__path__in=homes).select_related("root_page")
    return list(sites.order_by("-is_default_site", "hostname"))


def welcome_panels(user) -> list[Component]:
    """One panel a pôle; who looks after the whole network starts at the portal."""
    sites = sites_of(user)
    if not sites:
        return [NoSitePanel()]
    return [WelcomePanel(site, user) for site in (sites[:1] if sites[0].is_default_site else sites)]
