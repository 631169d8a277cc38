"""What an event must not say, whoever writes it: a person in a form, a line of a grid, another calendar."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)


def check_days(values: dict) -> None:
    """Raise `ValidationError`, by field, for days of another century: a typing error."""
    errors = {
        name: _("The year is not one of an agenda.")
        for name in ("starts_on", "ends_on", "registration_until", "day", "to_day")
        if values.get(name) and not FIRST_DAY <= values[name] <= LAST_DAY
    }
    if errors:
        raise ValidationError(errors)
