"""Drawings that give a site without photographs a face. Each is a file of static/motifs/, two panels side by side: what
is far, then what is near; css/motif.css colours them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Motif:
    """A drawing, with the corners that go with it: of boxes, and of the picture of a home page."""

    name: str | Promise
    radius: str
    frame: str


MOTIFS = {
    "vagues": Motif(_("Waves"), "0.875rem", "1.5rem 1.5rem 0 0"),
    "voiles": Motif(_("Sails"), "0.25rem", "12rem 0.25rem 0 0"),
    "phare": Motif(_("Lighthouse"), "0.5rem", "50vmax 50vmax 0 0"),
    "bocage": Motif(_("Hedged fields"), "1.25rem", "1.25rem 6rem 0 0"),
    "pierres": Motif(_("Standing stones"), "1rem", "45% 55% 0 0 / 22% 30% 0 0"),
    "ardoises": Motif(_("Slates"), "0", "0"),
    "hermines": Motif(_("Ermine"), "0.375rem", "0.375rem 0.375rem 0 0"),
}
DEFAULT_MOTIF = "vagues"


def motif_choices() -> list[tuple[str, str | Promise]]:
    return [(slug, motif.name) for slug, motif in MOTIFS.items()]
