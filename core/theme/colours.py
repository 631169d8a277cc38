"""Colours as #rrggbb strings; the arithmetic is coloraide's."""

import re
from collections.abc import Callable

from coloraide import Color

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

TEXT_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3


def contrast(ink: str, ground: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    return Color(ink).contrast(ground, method="wcag21")


def shade(colour: str, lightness: float, chroma: float | None = None) -> str:
    """The hue of `colour` at another lightness (OKLCH, 0 to 1).

    `chroma` is a ceiling: grey stays grey, and a vivid colour may be kept quiet.
    """
    shaded = Color(colour).convert("oklch")
    shaded["lightness"] = lightness
    if chroma is not None:
        shaded["chroma"] = min(shaded["chroma"], chroma)
    return shaded.convert("srgb").fit("srgb", method="oklch-chroma").to_string(hex=True)


def lightness(colour: str) -> float:
    """Perceived lightness (OKLCH), 0 to 1."""
    return Color(colour).convert("oklch")["lightness"]


def hsl(colour: str) -> tuple[float, float, float]:
    """Hue (degrees), saturation and lightness (per cent)."""
    hue, saturation, lightness_ = Color(colour).convert("hsl").coords(nans=False)
    return hue, saturation * 100, lightness_ * 100


def readable_on(colour: str) -> str:
    """White or black, whichever is easier to read on `colour`: one of them always reaches 4.5."""
    return max("#ffffff", "#000000", key=lambda text: contrast(colour, text))


def nearest(colour: str, passes: Callable[[str], bool], *, towards: float) -> str:
    """The colour of the same hue, nearest in lightness to `colour`, for which `passes(colour)` holds.

    `towards` is the direction: 0 makes it darker, 1 lighter. Returns the last one tried where none passes.
    """
    start, steps = lightness(colour), 200
    for step in range(steps + 1):
        tried = colour if step == 0 else shade(colour, start + (towards - start) * step / steps)
        if passes(tried):
            break
    return tried
