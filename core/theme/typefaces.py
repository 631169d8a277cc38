"""Pairs of typefaces for titles and text, all of them on the reader's machine already: nothing to load."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SANS = 'system-ui, "Segoe UI", "Noto Sans", "Helvetica Neue", sans-serif'
HUMANIST = 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", source-sans-pro, sans-serif'
OLD_STYLE = '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, "Noto Serif", Georgia, serif'
BOOK = 'Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", Georgia, serif'
SLAB = 'Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif'
CONDENSED = (
    '"Avenir Next Condensed", "Roboto Condensed", "Helvetica Neue Condensed Bold", "Arial Narrow", '
    '"Liberation Sans Narrow", sans-serif-condensed, "Franklin Gothic Medium", sans-serif'
)
ROUND = (
    'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, Manjari, "Arial Rounded MT Bold", Calibri, '
    "system-ui, sans-serif"
)


@dataclass(frozen=True)
class Typeface:
    """Font stacks for titles and for text, with the weight and spacing (em) that suit the titles."""

    name: str | Promise
    display: str
    text: str
    weight: int = 700
    tracking: str = "-0.01em"


TYPEFACES = {
    "classique": Typeface(_("Classic: titles with serifs, plain text"), OLD_STYLE, SANS),
    "moderne": Typeface(_("Modern: plain and tight"), SANS, SANS, 800, "-0.025em"),
    "livre": Typeface(_("Book: serifs everywhere"), BOOK, BOOK, 700, "-0.005em"),
    "affiche": Typeface(_("Poster: narrow, heavy titles"), CONDENSED, SANS, 800, "0"),
    "atelier": Typeface(_("Workshop: sturdy slab titles"), SLAB, HUMANIST, 700, "-0.01em"),
    "rond": Typeface(_("Round: soft and friendly"), ROUND, ROUND, 700, "-0.005em"),
}
DEFAULT_TYPEFACE = "classique"


def typeface_choices() -> list[tuple[str, str | Promise]]:
    return [(slug, typeface.name) for slug, typeface in TYPEFACES.items()]
