"""A site's whole style sheet in one request: the layers of css/site.css, then the colours of its palette.

The files stay one a layer or component, as they are written; what a browser gets is one file at an address that
changes with its content, so that it may be kept for ever.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from core.identity import SiteIdentity
from core.palettes import PALETTES

ENTRY = "css/site.css"
LAYERED_IMPORT = re.compile(r'@import url\("(?P<name>[\w.-]+)"\) layer\((?P<layer>\w+)\);')


def read_layers() -> str:
    """The text of `css/site.css` with each `@import … layer(…)` replaced by the file it names."""
    entry = Path(finders.find(ENTRY))

    def inline(match: re.Match) -> str:
        return f"@layer {match['layer']} {{\n{(entry.parent / match['name']).read_text()}}}"

    return LAYERED_IMPORT.sub(inline, entry.read_text())


def build(palette: str) -> tuple[str, str]:
    """The whole style sheet of a palette, and a version that changes with every rule and colour in it."""
    text = read_layers() + render_to_string("core/theme.css", {"colours": PALETTES[palette]})
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


# Every page prints the version: built once a palette, but while one works on the style sheets.
_build_once = lru_cache(maxsize=len(PALETTES))(build)


def built(identity: SiteIdentity) -> tuple[str, str]:
    builder = build if getattr(settings, "WHITENOISE_AUTOREFRESH", False) else _build_once
    return builder(identity.colours.slug)


def stylesheet(identity: SiteIdentity) -> str:
    return built(identity)[0]


def stylesheet_version(identity: SiteIdentity) -> str:
    return built(identity)[1]
