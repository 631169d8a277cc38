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

ENTRY = "css/site.css"
LAYERED_IMPORT = re.compile(r'@import url\("(?P<name>[\w.-]+)"\) layer\((?P<layer>\w+)\);')


def read_layers() -> str:
    """The text of `css/site.css` with each `@import … layer(…)` replaced by the file it names."""
    entry = Path(finders.find(ENTRY))

    def inline(match: re.Match) -> str:
        return f"@layer {match['layer']} {{\n{(entry.parent / match['name']).read_text()}}}"

    return LAYERED_IMPORT.sub(inline, entry.read_text())


_read_layers_once = lru_cache(maxsize=1)(read_layers)


def layers() -> str:
    return read_layers() if getattr(settings, "WHITENOISE_AUTOREFRESH", False) else _read_layers_once()


def stylesheet(identity: SiteIdentity) -> str:
    return layers() + render_to_string("core/theme.css", {"identity": identity})


def stylesheet_version(identity: SiteIdentity) -> str:
    """Changes with every rule and colour of the style sheet."""
    return hashlib.sha256(stylesheet(identity).encode()).hexdigest()[:12]
