"""Several choices of a list, kept as their codes."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


class ChoicesField(models.JSONField):
    """Codes among `choices`, in their order; shown as boxes to tick."""

    def __init__(self, *args, allowed=(), **kwargs):
        self.allowed = allowed
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        unknown = [code for code in value if code not in self.allowed.values]
        if unknown:
            raise ValidationError(_("Unknown choice: %(codes)s.") % {"codes": ", ".join(map(str, unknown))})

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.allowed.choices,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )

    def labels_of(self, codes: list[str]) -> list[str]:
        """The words of those codes; what the list no longer holds is left out."""
        return [str(self.allowed(code).label) for code in codes if code in self.allowed.values]
