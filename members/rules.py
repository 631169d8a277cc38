"""What two fields of a profile must not say together."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_SECTORS = 5


def check_together(values: dict) -> None:
    """Raise `ValidationError`, by field, where values of a profile contradict one another. Missing keys are none."""
    errors = {}
    siret, siren = values.get("siret"), values.get("siren")
    if siret and siren and not siret.startswith(siren):
        errors["siren"] = _("This SIREN is not the one that the SIRET begins with (%(siren)s).") % {"siren": siret[:9]}
    since, until = values.get("since"), values.get("until")
    if since and until and until < since:
        errors["until"] = _("The link would end before it began.")
    postcode = values.get("postcode")
    if postcode and not (postcode.isascii() and postcode.isdigit() and len(postcode) == 5):
        errors["postcode"] = _("A postcode has five digits.")
    if errors:
        raise ValidationError(errors)
