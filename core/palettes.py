"""The palettes a pôle chooses from: colours of Brittany's land and sea.

Each has light and dark tones; `contrast` is WCAG 2.2's ratio, and a test holds every text pair at 4.5 or more.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tones:
    """Colours as #rrggbb. Text pairs: ink, muted and primary on paper and tint; on_primary on primary."""

    paper: str
    tint: str
    ink: str
    muted: str
    primary: str
    on_primary: str
    accent: str
    line: str


@dataclass(frozen=True)
class Palette:
    slug: str
    label: str
    light: Tones
    dark: Tones


def _light(primary, accent, tint, line):
    return Tones("#ffffff", tint, "#1b2126", "#4d565e", primary, "#ffffff", accent, line)


def _dark(primary, accent, tint, line):
    return Tones("#12171b", tint, "#edf1f3", "#b4bec6", primary, "#12171b", accent, line)


PALETTES = {
    palette.slug: palette
    for palette in (
        Palette(
            "emeraude", _("Émeraude (the sea off Saint-Malo)"),
            _light("#0b5d5e", "#e08a2e", "#e7f3f1", "#bcd6d2"), _dark("#74d3c8", "#f0a04b", "#1a2729", "#35494b"),
        ),
        Palette(
            "granit-rose", _("Granit rose (the pink coast)"),
            _light("#94304a", "#1f7a8c", "#fbeff0", "#e6c8cd"), _dark("#f2a3b3", "#5bb8c9", "#2a1e22", "#4c363c"),
        ),
        Palette(
            "ajonc", _("Ajonc (gorse in flower)"),
            _light("#6a4d00", "#f0b400", "#fdf6dd", "#e2d3a0"), _dark("#f4cd58", "#d59f00", "#26231a", "#494230"),
        ),
        Palette(
            "bruyere", _("Bruyère (heather on the moors)"),
            _light("#6c2f7b", "#c4567f", "#f6edf8", "#dac6df"), _dark("#d9a6e5", "#e58bab", "#261f29", "#463a4b"),
        ),
        Palette(
            "ocean", _("Océan (the open sea)"),
            _light("#0b4f8a", "#00a08c", "#e8f1fa", "#bed2e6"), _dark("#8fc3f3", "#3fc9b6", "#1a232c", "#35455a"),
        ),
        Palette(
            "ardoise", _("Ardoise (slate roofs)"),
            _light("#33475b", "#de6b35", "#edf1f5", "#c8d2dc"), _dark("#b5c9dd", "#f0905f", "#1e252c", "#3a4652"),
        ),
        Palette(
            "bocage", _("Bocage (hedged fields)"),
            _light("#2b632f", "#b8791c", "#ecf5ea", "#c5dac1"), _dark("#9bd69c", "#dba24a", "#1c261d", "#374a39"),
        ),
        Palette(
            "hortensia", _("Hortensia (by every door)"),
            _light("#3f3d9e", "#d1477a", "#eeeefb", "#cccbe8"), _dark("#b6b5f7", "#f083aa", "#212130", "#3e3e59"),
        ),
    )
}  # fmt: skip
DEFAULT_PALETTE = "emeraude"


def palette_choices():
    return [(palette.slug, palette.label) for palette in PALETTES.values()]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
