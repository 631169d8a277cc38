"""A profile as a row of a table, and back (`members.columns` says what is in each cell)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commons.models import Sector
from core.geo import check_position
from members import cells
from members.columns import BY_FIELD, BY_KEY, COLUMNS, Column
from members.page import MemberPage, MemberSector
from members.rules import check_together
from members.vocabulary import Membership, Nomenclature

REFERENCE = "reference"  # the profile's own number, for ever: exports carry it, imports recognise it
REQUIRED = ("nom", "famille")


def value_of(member: MemberPage, column: Column):
    return member.sectors_as_written() if column.field == "sectors" else getattr(member, column.field)


def row_of(member: MemberPage) -> dict[str, str]:
    """The profile as text, by column."""
    return {column.key: column.write(value_of(member, column)) for column in COLUMNS}


def check_cell(column: Column, value) -> None:
    """What the field of the profile itself asks: its length, its form, the bounds of a number."""
    if column.field == "sectors" or value in ("", None, []):
        return
    field = MemberPage._meta.get_field(column.field)
    if isinstance(value, list):
        return
    if getattr(field, "max_length", None) and isinstance(value, str) and len(value) > field.max_length:
        raise ValidationError(
            _("%(count)s characters: at most %(most)s are kept here.") % {"count": len(value), "most": field.max_length}
        )
    if column.field not in ("latitude", "longitude"):  # their bounds are told by `check_position`, with what to do
        field.run_validators(value)


def read_row(
    texts: dict[str, str], sectors: dict[str, Sector] | None = None
) -> tuple[dict[str, object], dict[str, list[str]]]:
    """The values by column that these cells hold, and what is wrong, by column; absent columns are left alone.

    `sectors` are the `known_sectors()`: who reads many rows asks for them once.
    """
    values, errors = {}, {}
    for key, text in texts.items():
        column = BY_KEY[key]
        try:
            values[key] = cells.read_sectors(text, sectors) if column.field == "sectors" else column.read(text)
            check_cell(column, values[key])
        except ValidationError as error:
            errors[key] = list(dict.fromkeys(error.messages))
    if "nomenclature" in values and not values["nomenclature"]:
        values["nomenclature"] = Nomenclature.REV2
    if "lien" in values and not values["lien"]:
        values["lien"] = Membership.MEMBER
    for key in REQUIRED:
        if key in values and not values[key]:
            errors[key] = [_("This cell is empty: every organisation needs it.")]
    good = {BY_KEY[key].field: value for key, value in values.items() if key not in errors}
    checks = [lambda: check_together(good)]
    if not {"latitude", "longitude"} & set(errors):
        checks.append(lambda: check_position(good.get("latitude"), good.get("longitude")))
    for check in checks:
        try:
            check()
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                errors.setdefault(BY_FIELD[field].key, []).extend(messages)
    return values, errors


def assign(member: MemberPage, values: dict[str, object]) -> None:
    """Put these values, by column, on the profile; nothing is saved."""
    for key, value in values.items():
        column = BY_KEY[key]
        if column.field == "sectors":
            member.page_sectors = [MemberSector(sector=sector, sort_order=place) for place, sector in enumerate(value)]
        else:
            setattr(member, column.field, value)
    if values.get("siret"):
        member.siren = values["siret"][:9]


def differences(before: dict[str, str], values: dict[str, object]) -> dict[str, tuple[str, str]]:
    """What these values would change of a profile that is `before`: column → what it says, what it would say."""
    after = {key: BY_KEY[key].write(value) for key, value in values.items()}
    return {key: (before[key], text) for key, text in after.items() if before[key] != text}
