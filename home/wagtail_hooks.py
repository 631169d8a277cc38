from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.seams import BOTH_HOMES, Button, HomeBlockType, StarterPage
from home.blocks import CallToActionBlock, FreeStoryBlock, WelcomeBlock
from home.menu import MenuView, may_arrange
from home.models import LegalPage, SiteMapPage, StandardPage
from home.style_guide import style_guide

LEGAL_PAGES = [
    ("Mentions légales", "mentions-legales", LegalPage.Kind.LEGAL_NOTICE),
    ("Politique de confidentialité", "confidentialite", LegalPage.Kind.PRIVACY),
    ("Accessibilité : non conforme", "accessibilite", LegalPage.Kind.ACCESSIBILITY),
]


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
            StarterPage(LegalPage, title, slug, order=80, values={"legal_kind": kind})
            for title, slug, kind in LEGAL_PAGES
        ),
        StarterPage(SiteMapPage, "Plan du site", "plan-du-site", order=90, titles={"br": "Steuñv al lec’hienn"}),
    ]
