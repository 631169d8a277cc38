from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.page_forms import PositionForm
from members.columns import COLUMNS
from members.rules import check_together


class MemberPageForm(PositionForm):
    """What a profile must hold to be published. A draft may lack things, but nothing in it may be wrong.

    What is typed here is read as the cells of a table are: a telephone number looks the same wherever it came from.
    """

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("siret") and cleaned.get("siren") == self.instance.siren:
            cleaned["siren"] = ""  # made from the SIRET of before
        for column in COLUMNS:
            if isinstance(cleaned.get(column.field), str) and column.field not in self.errors:
                try:
                    cleaned[column.field] = column.read(cleaned[column.field])
                except ValidationError as error:
                    self.add_error(column.field, error)
        for check in (self.check_numbers, lambda: check_together(cleaned), self.check_position):
            try:
                check()
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def check_numbers(self) -> None:
        """Refuse the number of an organisation that has a profile in this directory already, where it is new here."""
        directory = self.parent_page
        for name in ("siret", "rna"):
            number = self.cleaned_data.get(name)
            if not number or (number == getattr(self.instance, name) and self.instance.pk):
                continue
            others = type(self.instance).objects.in_directory(directory).exclude(pk=self.instance.pk)
            same = others.filter(**{name: number}).first()
            if same is not None:
                raise ValidationError(
                    {name: _("This organisation has a profile already: “%(name)s”.") % {"name": same.title}}
                )
