from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError

ROLES = [
    ("director", _("Directed by")),
    ("writer", _("Written by")),
    ("animation", _("Animation and illustrations")),
    ("image", _("Image")),
    ("sound", _("Sound")),
    ("editing", pgettext_lazy("film", "Editing")),
    ("sound_editing", _("Sound editing")),
    ("music", _("Music")),
    ("narration", _("Narration")),
    ("cast", _("With")),
    ("translation", _("Translation")),
    ("production", _("Production")),
]
MAX_NAMES_LENGTH = 250


class CreditValue(StructValue):
    @property
    def label(self) -> str:
        """The role as it reads: "Directed by"."""
        return self.get("other_role") or str(dict(ROLES).get(self.get("role"), ""))


class CreditBlock(StructBlock):
    role = ChoiceBlock(ROLES, required=False, label=_("Role"))
    other_role = CharBlock(
        required=False, max_length=80, label=_("Role in other words"), help_text=_("Only if none of the list fits.")
    )
    names = CharBlock(max_length=MAX_NAMES_LENGTH, label=_("Names"), help_text=_("Several are separated by commas."))

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and bool(cleaned["role"]) == bool(cleaned["other_role"]):
            both = _("You gave a role twice: keep the one of the list, or your own words.")
            error = ValidationError(both if cleaned["role"] else _("Choose a role, or write it in your own words."))
            raise StructBlockValidationError({"role": error})
        return cleaned

    class Meta:
        icon = "user"
        label = _("Credit")
        value_class = CreditValue
        label_format = "{role} {names}"
