"""No entry in a menu that would only be refused."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse

from core.isolation.guard import network_only, rule_for
from core.isolation.visibility import looks_after_every_site


def only_what_opens(request, menu_items) -> None:
    """Take the entries of the network's own screens away from those whom the guard would turn back."""
    if not looks_after_every_site(request.user):
        menu_items[:] = [item for item in menu_items if not leads_to_network(getattr(item, "url", ""))]


def one_entry(kept: str, other: str):
    """For `construct_main_menu`: who has the entry `kept`, whose screens lead to the view `other`, has that alone."""

    def hide_the_other(request, menu_items) -> None:
        if any(item.name == kept for item in menu_items):
            menu_items[:] = [item for item in menu_items if getattr(item, "url", "") != reverse(other)]

    return hide_the_other


def leads_to_network(url: str) -> bool:
    try:
        return rule_for(resolve(urlsplit(str(url)).path).view_name) is network_only
    except Resolver404:
        return False
