from django.core.exceptions import ValidationError

from core.geo import check_position
from core.isolation.references import OwnReferencesForm
from members.identifiers import check_naf, check_rna, check_siren, check_siret
from members.rules import check_together

NUMBERS = {"siret": check_siret, "siren": check_siren, "rna": check_rna, "activity_code": check_naf}


class MemberPageForm(OwnReferencesForm):
    """What a sheet must hold to be published. A draft may lack things, but no number in it may be wrong."""

    def clean(self):
        cleaned = super().clean()
        for name, check in NUMBERS.items():
            try:
                cleaned[name] = check(cleaned.get(name) or "")
            except ValidationError as error:
                self.add_error(name, error)
        try:
            check_position(cleaned.get("latitude"), cleaned.get("longitude"))
            check_together(cleaned)
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned
