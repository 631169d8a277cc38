"""The editor's fields for a look: choices that show what they do."""

from django import forms

from core.theme.motifs import MOTIFS
from core.theme.palettes import PALETTES
from core.theme.typefaces import TYPEFACES


class LookSelect(forms.RadioSelect):
    """Radio buttons, each with a sample of its choice."""

    template_name = "core/widgets/look_select.html"
    option_template_name = "core/widgets/look_option.html"
    sample = ""
    known: dict = {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["sample"] = f"core/widgets/{self.sample}_sample.html"
        option["look"] = self.known.get(str(value))
        return option


class PaletteSelect(LookSelect):
    sample = "palette"
    known = PALETTES


class MotifSelect(LookSelect):
    sample = "motif"
    known = MOTIFS


class TypefaceSelect(LookSelect):
    sample = "typeface"
    known = TYPEFACES


class ColourInput(forms.TextInput):
    """A colour to write (#00696b) or to pick; the picker follows what is written, and the other way round."""

    template_name = "core/widgets/colour_input.html"

    def __init__(self, attrs=None):
        super().__init__({"maxlength": 7, "autocomplete": "off", "spellcheck": "false", **(attrs or {})})
