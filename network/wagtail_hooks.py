from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.isolation.visibility import looks_after_every_site
from core.page_cache.rules import NotShown
from core.seams import Button
from core.transfer.parts import LeftOut
from network.dashboard import welcome_panels
from network.models import PeriodicRun
from network.periodic import own_jobs
from network.urls import admin_urlpatterns


@hooks.register("register_admin_urls")
def network_urls():
    return admin_urlpatterns


class PolesMenuItem(MenuItem):
    def is_shown(self, request):
        return looks_after_every_site(request.user)


@hooks.register("register_admin_menu_item")
def poles_menu_item():
    return PolesMenuItem(_("The pôles"), reverse_lazy("poles"), name="poles", icon_name="site", order=155)


@hooks.register("editor_tasks")
def network_tasks(site, user):
    if not (site.is_default_site and looks_after_every_site(user)):
        return []
    return [
        Button(_("Open a pôle"), reverse("open_pole"), "plus-inverse", 60),
    ]


@hooks.register("construct_help_menu")
def without_news_of_wagtail(request, menu_items):
    """In English, and about what an upgrade changes for developers."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(("whats-new", "editor-guide"))]


@hooks.register("construct_homepage_summary_items", order=1000)  # after those that Wagtail adds
def without_counts(request, items):
    """How many pages, pictures and documents there are helps nobody; the menu leads to them."""
    items.clear()


@hooks.register("construct_homepage_panels")
def welcome(request, panels):
    panels.extend(welcome_panels(request.user))


@hooks.register("transfer_parts")
def transfer_parts():
    return [LeftOut("periodic runs", (PeriodicRun,), "The install's.")]


hooks.register("periodic_jobs", own_jobs)


@hooks.register("page_cache_rules")
def page_cache_rules():
    return [NotShown((PeriodicRun,), "The install's.")]
