"""The numbers by which the State knows an organisation. Each function returns the number without spaces, or raises."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.fr import siren, siret

# Decree of 16 August 1901, article 5: the W of Waldec, the number of the prefecture, six digits.
RNA = re.compile(r"W\d[0-9A-Z]\d{7}")
SEPARATORS = re.compile(r"[\s.\-_'’\u200b\ufeff]+")
# What people write where there is no number
NONE = {"", "neant", "néant", "aucun", "aucune", "none", "na", "n/a", "/", "nc", "non", "sans", "encours"}


def bare(text: str) -> str:
    """The number without what people put between its digits; "" for the words that mean that there is none."""
    found = SEPARATORS.sub("", text)
    return "" if found.lower() in NONE else found


def check_siret(text: str) -> str:
    number = bare(text)
    if not number:
        return ""
    if re.search(r"[eE]\+?\d", number):
        raise ValidationError(
            _("Excel has shortened this number: format the column as text, and paste the fourteen digits again.")
        )
    if number.isdigit() and 10 <= len(number) < 14 and siret.is_valid(number.zfill(14)):
        return number.zfill(14)  # Excel takes the first zeros away
    if number.isdigit() and len(number) == 9:
        raise ValidationError(_("This is a SIREN (9 digits): a SIRET has five more, for the establishment."))
    try:
        return siret.validate(number)
    except InvalidChecksum:
        raise ValidationError(_("The check digit is wrong: one of the digits has been mistyped.")) from None
    except InvalidNumber:
        raise ValidationError(
            _("A SIRET has 14 digits; here there are %(count)s characters.") % {"count": len(number)}
        ) from None


def check_siren(text: str) -> str:
    number = bare(text)
    if not number:
        return ""
    try:
        return siren.validate(number)
    except InvalidChecksum:
        raise ValidationError(_("The check digit is wrong: one of the digits has been mistyped.")) from None
    except InvalidNumber:
        raise ValidationError(
            _("A SIREN has 9 digits; here there are %(count)s characters.") % {"count": len(number)}
        ) from None


def check_rna(text: str) -> str:
    number = bare(text).upper()
    if number and not RNA.fullmatch(number):
        raise ValidationError(_("An RNA number is a W followed by nine digits: W353001234."))
    return number


def check_naf(text: str) -> str:
    """A code of the nomenclature of activities, as it is printed: 43.32A."""
    code = bare(text).upper()
    if not code:
        return ""
    found = re.fullmatch(r"(\d{2})(\d{2})([A-Z])", code)
    if not found:
        raise ValidationError(_("An activity code is four digits and a letter: 43.32A."))
    return f"{found[1]}.{found[2]}{found[3]}"


def siret_of_nobody(number: int) -> str:
    """A SIRET for demonstrations: its SIREN begins with 000, which the INSEE gives to nobody."""
    stem = f"000{number % 100_000:05}"
    found = next(stem + digit for digit in "0123456789" if siren.is_valid(stem + digit))
    return next(f"{found}0001{digit}" for digit in "0123456789" if siret.is_valid(f"{found}0001{digit}"))


def rna_of_nobody(number: int) -> str:
    """An RNA number for demonstrations: no prefecture has the number 000."""
    return f"W000{number % 1_000_000:06}"
