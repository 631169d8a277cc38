"""The editor's fields for a look: choices that show what they do."""

import re

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

    def __init__(self, attrs=None, *, advice: bool = False):
        super().__init__({"maxlength": 7, "autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.advice = advice

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["advice"] = self.advice
        return context

    def value_from_datadict(self, data, files, name):
        """Charters often write 00696B without the sign."""
        value = (super().value_from_datadict(data, files, name) or "").strip()
        return f"#{value}" if re.fullmatch("[0-9a-fA-F]{6}", value) else value
