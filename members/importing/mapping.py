"""Which column of a file says what: recognised by name, as the same people chose last time, or as they say now."""

from django.utils.translation import gettext as _

from core.words import fold
from members.columns import COLUMNS
from members.profile import REFERENCE

IGNORED = ""
# Written by exports, and nothing that an import would change.
WRITTEN_ONLY = ("poles", "fiche")
NAMES = {
    fold(name): column.key
    for column in COLUMNS
    for name in (*column.also, str(column.key), column.key.replace("_", " "))
} | {fold(REFERENCE): REFERENCE}  # fmt: skip


def recognise(header: list[str], remembered: dict[str, str]) -> list[str]:
    """For each column of the file, the key of ours, or `IGNORED`; none of ours twice: the first has it.

    `remembered` is what was chosen for a header of that (folded) name the last time.
    """
    found, taken = [], set()
    for name in header:
        folded = fold(name)
        key = remembered.get(folded, NAMES.get(folded, IGNORED))
        if key in taken or not is_known(key):
            key = IGNORED
        taken.add(key)
        found.append(key)
    return found


def is_known(key: str) -> bool:
    return key in (IGNORED, REFERENCE) or any(column.key == key for column in COLUMNS)


def choices() -> list[tuple[str, str]]:
    return [(column.key, str(column.label)) for column in COLUMNS] + [(REFERENCE, _("reference of the profile"))]


def to_remember(header: list[str], mapping: list[str]) -> dict[str, str]:
    return {fold(name): key for name, key in zip(header, mapping, strict=True)}
