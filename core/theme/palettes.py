"""The palettes a pôle chooses from, or makes from two colours of its own: every tone of a site, by day and by night."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import gettext_lazy as _

from core.theme.colours import (
    CONTROL_CONTRAST,
    TEXT_CONTRAST,
    contrast,
    lightness,
    nearest,
    readable_on,
    shade,
)


@dataclass(frozen=True)
class Tones:
    """Colours as #rrggbb: grounds (paper, surface, tint, band), what is written on them, and the site's own two."""

    paper: str
    surface: str
    tint: str
    ink: str
    muted: str
    line: str
    primary: str
    on_primary: str
    accent: str
    on_accent: str
    band: str
    on_band: str

    def pairs(self) -> Iterator[tuple[str, str, float]]:
        """Each pair of tones that must be told apart, as names, and the contrast that it needs."""
        for ground in ("paper", "surface", "tint"):
            for text in ("ink", "muted", "primary"):
                yield text, ground, TEXT_CONTRAST
        for name in ("primary", "accent", "band"):
            yield f"on_{name}", name, TEXT_CONTRAST
        # What bounds a field or a button, and the ring around what has the focus.
        for control in ("muted", "primary"):
            for ground in ("paper", "surface", "tint"):
                yield control, ground, CONTROL_CONTRAST
        yield "on_band", "band", CONTROL_CONTRAST

    def failures(self) -> list[tuple[str, str, float, float]]:
        """The pairs that fail: two names, the contrast they have and the one they need."""
        return [
            (one, other, found, wanted)
            for one, other, wanted in self.pairs()
            if (found := contrast(getattr(self, one), getattr(self, other))) < wanted
        ]


def day(primary: str, accent: str, ground: str) -> Tones:
    return Tones(
        paper=shade(ground, 0.988, 0.008),
        surface="#ffffff",
        tint=shade(ground, 0.955, 0.03),
        ink=shade(primary, 0.24, 0.025),
        muted=shade(primary, 0.44, 0.03),
        line=shade(ground, 0.87, 0.035),
        primary=primary,
        on_primary=readable_on(primary),
        accent=accent,
        on_accent=readable_on(accent),
        band=shade(primary, min(lightness(primary), 0.4)),
        on_band="#ffffff",
    )


def night(primary: str, accent: str, ground: str) -> Tones:
    tint = shade(ground, 0.27, 0.025)
    light = nearest(shade(primary, 0.78, 0.13), lambda colour: contrast(colour, tint) >= TEXT_CONTRAST + 0.5, towards=1)
    bright = shade(accent, max(lightness(accent), 0.72))
    return Tones(
        paper=shade(ground, 0.195, 0.014),
        surface=shade(ground, 0.23, 0.018),
        tint=tint,
        ink=shade(ground, 0.95, 0.01),
        muted=shade(ground, 0.8, 0.02),
        line=shade(ground, 0.38, 0.025),
        primary=light,
        on_primary=readable_on(light),
        accent=bright,
        on_accent=readable_on(bright),
        band=shade(primary, 0.3, 0.09),
        on_band=shade(ground, 0.97, 0.008),
    )


@dataclass(frozen=True)
class Palette:
    """Two colours and the hue of the grounds; the tones are worked out from them."""

    primary: str
    accent: str
    ground: str

    @cached_property
    def light(self) -> Tones:
        return day(self.primary, self.accent, self.ground)

    @cached_property
    def dark(self) -> Tones:
        return night(self.primary, self.accent, self.ground)


# slug: (name, its two colours and the ground that they stand on)
NAMED = {
    "emeraude": (_("Émeraude (the sea off Saint-Malo)"), Palette("#00696b", "#f2784b", "#e9d3a4")),
    "granit-rose": (_("Granit rose (the pink coast)"), Palette("#9b2f50", "#3a9fb0", "#eec2bb")),
    "ajonc": (_("Ajonc (gorse in flower)"), Palette("#43590f", "#f7c600", "#f2e08e")),
    "bruyere": (_("Bruyère (heather on the moors)"), Palette("#6c2a80", "#e2679c", "#d9bfe0")),
    "ocean": (_("Océan (the open sea)"), Palette("#0b4a94", "#11b5a4", "#c3d9f0")),
    "ardoise": (_("Ardoise (slate roofs)"), Palette("#31465c", "#e8642f", "#c6d0da")),
    "bocage": (_("Bocage (hedged fields)"), Palette("#1f6136", "#dd9529", "#d3e2b8")),
    "hortensia": (_("Hortensia (by every door)"), Palette("#4039a8", "#e3487f", "#cbc8f2")),
    "goemon": (_("Goémon (seaweed at low tide)"), Palette("#6d3d17", "#7f9f2a", "#e3cda9")),
    "phare": (_("Phare (red and white, out at sea)"), Palette("#b0221c", "#27508f", "#ecdcc8")),
}
PALETTES = {slug: palette for slug, (_name, palette) in NAMED.items()}
DEFAULT_PALETTE = "emeraude"
OWN_COLOURS = "own"


def palette_choices():
    return [
        *((slug, name) for slug, (name, _palette) in NAMED.items()),
        (OWN_COLOURS, _("Two colours of our own")),
    ]


@lru_cache(maxsize=64)
def own_palette(primary: str, accent: str) -> Palette:
    return Palette(primary, accent, ground=primary)


def nearest_passing(primary: str) -> str:
    """The colour nearest to `primary` that can be read, and written on, everywhere a site shows it."""
    return nearest(primary, lambda tried: not own_palette(tried, tried).light.failures(), towards=0)
