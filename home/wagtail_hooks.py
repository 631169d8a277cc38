from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from commons.viewsets import SharedViewSet
from core.seams import BOTH_HOMES, Button, HomeBlockType, MessageKind, StarterPage
from core.transfer.parts import LeftOut
from home.blocks import CallToActionBlock, FreeStoryBlock, WaysInBlock, WelcomeBlock
from home.menu import MenuView, may_arrange
from home.models import ContactPage, GetInvolvedPage, InvolvementText, LegalPage, SiteMapPage, StandardPage
from home.reception import Purpose
from home.style_guide import style_guide

LEGAL_PAGES = [
    ("Mentions légales", "mentions-legales", LegalPage.Kind.LEGAL_NOTICE),
    ("Politique de confidentialité", "confidentialite", LegalPage.Kind.PRIVACY),
    ("Accessibilité : non conforme", "accessibilite", LegalPage.Kind.ACCESSIBILITY),
]
WAYS_IN = [
    ("J’ai un projet", "mon-projet", Purpose.PROJECT, "Ur raktres am eus"),
    ("J’adhère", "adherer", Purpose.MEMBERSHIP, "Emezelañ a ran"),
    ("Je donne un coup de main", "coup-de-main", Purpose.VOLUNTEERING, "Reiñ a ran un taol-skoaz"),
]


class InvolvementTextViewSet(SharedViewSet):
    model = InvolvementText
    icon = "pick"
    menu_label = _("Ways to get involved")
    list_display = ["purpose", "summary", "locale", "live"]


register_snippet(InvolvementTextViewSet)


@hooks.register("register_admin_urls")
def editor_urls():
    return [
        path("charte-graphique/", style_guide, name="style_guide"),
        path("menu/<int:home>/", MenuView.as_view(), name="site_menu"),
    ]


@hooks.register("register_help_menu_item")
def style_guide_menu_item():
    return MenuItem(_("Style guide"), reverse("style_guide"), icon_name="view", order=900)


@hooks.register("editor_tasks")
def menu_task(site, user):
    if not may_arrange(user, site.root_page):
        return []
    return [Button(_("The menu of the site"), reverse("site_menu", args=[site.root_page_id]), "list-ul", 75)]


@hooks.register("home_blocks")
def home_blocks():
    return [
        HomeBlockType("welcome", WelcomeBlock, 10, default_on=BOTH_HOMES),
        HomeBlockType("ways_in", WaysInBlock, 15, site_kinds=frozenset({"pole"})),
        HomeBlockType("call_to_action", CallToActionBlock, 60),
        HomeBlockType("story", FreeStoryBlock, 70),
    ]


@hooks.register("starter_pages")
def starter_pages():
    about = {"key": "about", "label": _("The pôle"), "in_menu": True, "order": 50}
    return [
        StarterPage(
            StandardPage, "Le pôle", "le-pole", titles={"br": "Ar pol"}, site_kinds=frozenset({"pole"}), **about
        ),
        StarterPage(
            StandardPage,
            "Le réseau",
            "le-reseau",
            titles={"br": "Ar rouedad"},
            site_kinds=frozenset({"portal"}),
            **about,
        ),
        *(
            StarterPage(
                GetInvolvedPage,
                title,
                slug,
                order=76,
                values={"purpose": purpose},
                titles={"br": breton},
                site_kinds=frozenset({"pole"}),
                on_every_site=True,
            )
            for title, slug, purpose, breton in WAYS_IN
        ),
        StarterPage(
            ContactPage,
            "Contact",
            "contact",
            order=78,
            in_menu=True,
            titles={"br": "Darempred"},
            on_every_site=True,
        ),
        *(
            StarterPage(LegalPage, title, slug, order=80, values={"legal_kind": kind})
            for title, slug, kind in LEGAL_PAGES
        ),
        StarterPage(SiteMapPage, "Plan du site", "plan-du-site", order=90, titles={"br": "Steuñv al lec’hienn"}),
    ]


@hooks.register("message_kinds")
def message_kinds():
    return [
        MessageKind("contact", _("Message"), 10),
        MessageKind("project", _("A project"), 20),
        MessageKind("membership", _("Joining"), 30),
        MessageKind("volunteering", _("A hand"), 40),
    ]


@hooks.register("network_permissions")
def network_permissions():
    return [InvolvementText]


@hooks.register("transfer_parts")
def transfer_parts():
    return [LeftOut("ways to get involved", (InvolvementText,), "Written by the network; every install has its own.")]
