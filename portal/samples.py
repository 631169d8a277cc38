"""What this room shows in the style guide (see `home.style_guide`)."""

from django.utils.translation import gettext as _

from portal.overview import network_map


def map_of_the_poles(request):
    return _("The pôles, pays by pays"), "portal/_map.html", {"network_map": network_map()}
