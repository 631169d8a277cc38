"""No entry in a menu that would only be refused."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from core.isolation.guard import network_only, rule_for
from core.isolation.visibility import looks_after_every_site


def only_what_opens(request, menu_items) -> None:
    """Take the entries of the network's own screens away from those whom the guard would turn back."""
    if not looks_after_every_site(request.user):
        menu_items[:] = [item for item in menu_items if not leads_to_network(getattr(item, "url", ""))]


def leads_to_network(url: str) -> bool:
    try:
        return rule_for(resolve(urlsplit(str(url)).path).view_name) is network_only
    except Resolver404:
        return False
