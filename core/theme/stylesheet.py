"""A site's whole style sheet in one request: the layers of css/site.css, then what its theme chooses.

The files stay one a layer or component, as they are written; what a browser gets is one file at an address that says
what it holds and changes with its content, so that it may be kept for ever.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from core.theme.motifs import DEFAULT_MOTIF, MOTIFS, Motif
from core.theme.palettes import DEFAULT_PALETTE, PALETTES, Palette, own_palette
from core.theme.typefaces import DEFAULT_TYPEFACE, TYPEFACES, Typeface

ENTRY = "css/site.css"
LAYERED_IMPORT = re.compile(r'@import url\("(?P<name>[\w.-]+)"\) layer\((?P<layer>\w+)\);')
KEY = r"(?:[a-z][a-z-]*|[0-9a-f]{6}-[0-9a-f]{6})\.[a-z]+\.[a-z]+"
OWN_COLOURS_KEY = re.compile(r"([0-9a-f]{6})-([0-9a-f]{6})")


@dataclass(frozen=True)
class Theme:
    """What a style sheet depends on. `palette_name` may be two colours: `00696b-f2784b`."""

    palette_name: str = DEFAULT_PALETTE
    typeface_name: str = DEFAULT_TYPEFACE
    motif_name: str = DEFAULT_MOTIF

    @classmethod
    def from_key(cls, key: str) -> "Theme":
        """The theme that `key` names. Raises `KeyError` where it names none."""
        theme = cls(*key.split("."))
        _ = theme.palette, theme.typeface, theme.motif
        return theme

    @property
    def key(self) -> str:
        return f"{self.palette_name}.{self.typeface_name}.{self.motif_name}"

    @property
    def palette(self) -> Palette:
        if own := OWN_COLOURS_KEY.fullmatch(self.palette_name):
            return own_palette(f"#{own[1]}", f"#{own[2]}")
        return PALETTES[self.palette_name]

    @property
    def typeface(self) -> Typeface:
        return TYPEFACES[self.typeface_name]

    @property
    def motif(self) -> Motif:
        return MOTIFS[self.motif_name]


def read_layers() -> str:
    """The text of `css/site.css` with each `@import … layer(…)` replaced by the file it names."""
    found = finders.find(ENTRY)
    if found is None:
        raise FileNotFoundError(ENTRY)
    entry = Path(found)

    def inline(match: re.Match[str]) -> str:
        return f"@layer {match['layer']} {{\n{(entry.parent / match['name']).read_text(encoding='utf-8')}}}"

    return LAYERED_IMPORT.sub(inline, entry.read_text(encoding="utf-8"))


def motif_file(theme: Theme) -> str:
    """The static file of the theme's motif."""
    return f"motifs/{theme.motif_name}.svg"


def build(theme: Theme) -> tuple[str, str]:
    """The whole style sheet of a theme, and a version that changes with every rule and colour in it."""
    text = read_layers() + render_to_string("core/theme.css", {"theme": theme, "motif_file": motif_file(theme)})
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


# Every page prints the version: built once a theme, but while one works on the style sheets.
_build_once = lru_cache(maxsize=128)(build)


def built(theme: Theme) -> tuple[str, str]:
    return build(theme) if getattr(settings, "WHITENOISE_AUTOREFRESH", False) else _build_once(theme)


def built_for_anybody(theme: Theme) -> tuple[str, str]:
    """As `built`, for a theme that an address names: colours that may be nobody's do not push the sites' own out."""
    return build(theme) if OWN_COLOURS_KEY.fullmatch(theme.palette_name) else built(theme)


def stylesheet(theme: Theme) -> str:
    return built(theme)[0]


def stylesheet_version(theme: Theme) -> str:
    return built(theme)[1]
