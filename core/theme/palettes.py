"""The palettes a pôle chooses from, or makes from two colours of its own: every tone of a site, by day and by night."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import floor

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.theme.colours import (
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
        """Each pair of tones that must be told apart, as names, and the contrast that it needs.

        Controls are among them: the edge of a field is muted, the ring of the focus primary, or on_band on a band. As
        text they need 4.5, more than the 3 that WCAG 2.2 (1.4.11) asks of them.
        """
        for ground in ("paper", "surface", "tint"):
            for text in ("ink", "muted", "primary"):
                yield text, ground, TEXT_CONTRAST
        for name in ("primary", "accent", "band"):
            yield f"on_{name}", name, TEXT_CONTRAST

    def failures(self) -> list[tuple[str, str, float, float]]:
        """The pairs that fail: two names, the contrast they have and the one they need."""
        return [
            (ink, ground, ratio, least)
            for ink, ground, least in self.pairs()
            if (ratio := contrast(getattr(self, ink), getattr(self, ground))) < least
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


def palette_choices() -> list[tuple[str, str | Promise]]:
    return [
        *((slug, name) for slug, (name, _palette) in NAMED.items()),
        (OWN_COLOURS, _("Two colours of our own")),
    ]


@lru_cache(maxsize=64)
def own_palette(primary: str, accent: str) -> Palette:
    return Palette(primary, accent, ground=primary)


def refuse_primary(primary: str) -> ValidationError | None:
    """Why a site cannot have this main colour (its contrast, the one needed, the nearest colour that can), or None."""
    failures = own_palette(primary, primary).light.failures()
    if not failures:
        return None
    _one, _other, ratio, least = min(failures, key=lambda failure: failure[2])
    return ValidationError(
        _(
            "Text in this colour is hard to read on a light ground: its contrast is %(found)s, %(wanted)s is needed. "
            "The nearest colour that can be read is %(nearest)s; as second colour, any will do."
        ),
        code="contrast",
        params={
            "found": number_format(floor(ratio * 10) / 10, 1),  # 4.46 is not 4.5
            "wanted": number_format(least, 1),
            "nearest": nearest_passing(primary),
        },
    )


def nearest_passing(primary: str) -> str:
    """The colour nearest to `primary` that can be read, and written on, everywhere a site shows it."""
    return nearest(primary, lambda tried: not own_palette(tried, tried).light.failures(), towards=0)
