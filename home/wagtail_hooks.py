from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.style_guide import style_guide


@hooks.register("register_admin_urls")
def style_guide_url():
    return [path("charte-graphique/", style_guide, name="style_guide")]


@hooks.register("register_help_menu_item")
def style_guide_menu_item():
    return MenuItem(_("Style guide"), reverse("style_guide"), icon_name="view", order=900)
