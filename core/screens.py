"""What the screens of our own in the editor have in common."""

from django.urls import reverse
from django.utils.translation import gettext as _


def breadcrumb(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a screen for Wagtail's `get_breadcrumbs_items`: the editor's home, then each `(address, label)`."""
    return [{"url": url, "label": label} for url, label in ((reverse("wagtailadmin_home"), _("Home")), *steps)]
