"""What people write in the cells of a table, and what the fields of a profile hold.

A `read_…` function takes the text of a cell; it returns a value, or raises `ValidationError` with what to do. A
`write_…` function goes the other way, and reading what it wrote gives the same value.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from commons.models import Sector
from commons.shared import SharedContentQuerySet
from core.date_fields import read_day
from core.words import ILLEGAL, fold
from members.rules import MAX_SECTORS

T = TypeVar("T")

SEPARATORS = re.compile(r"[|;\n]")
MAX_LIST_LENGTH = 1000
LINES = re.compile(r"[|\n]")
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%m-%y", "%d.%m.%y")
A_DATE = re.compile(r"\d{1,4}([/.\-])\d{1,2}\1\d{1,4}")
AN_HOUR = re.compile(
    r"(?:\s+(?:à\s+)?|T)\d{1,2}\s?[:h]\s?\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$", re.IGNORECASE
)
AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
SERIAL_START = date(1899, 12, 30)  # day 0 of spreadsheets
# What a spreadsheet makes of a long number: its last digits are gone.
SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")


def tidy(text: str) -> str:
    """A text as it is kept: no control characters, one kind of line break, nothing around it."""
    return ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")).strip()


def known_sectors() -> dict[str, Sector]:
    """Folded slug or name → sector, in the network's main language."""
    # Withdrawn ones too, which profiles may still have; the live one comes last and wins.
    found = SharedContentQuerySet(Sector).in_language("fr").order_by("live")
    return {fold(word): sector for sector in found for word in (sector.slug, sector.name)}


def read_text(text: str) -> str:
    return tidy(text)


def read_line(text: str) -> str:
    return " ".join(tidy(text).split())


def read_postcode(text: str) -> str:
    """Excel takes the first zero of a postcode away."""
    code = re.sub(r"\s", "", text).removesuffix(".0")
    return code.zfill(5) if code.isdigit() and len(code) == 4 else code


def read_lines(text: str) -> str:
    return "\n".join(line.strip() for line in LINES.split(tidy(text)) if line.strip())


def read_addresses(text: str) -> str:
    return "\n".join(re.split(r"[\s|]+", tidy(text))) if tidy(text) else ""


def read_url(text: str) -> str:
    address = tidy(text)
    if re.fullmatch(r"[^\s@/:]+@[^\s@/]+\.[a-zA-Z]{2,}", address.removeprefix("mailto:")):
        raise ValidationError(_("“%(text)s” is an e-mail address: it belongs to another column.") % {"text": address})
    return f"https://{address}" if address and not re.match(r"https?://", address, re.IGNORECASE) else address


def read_email(text: str) -> str:
    address = tidy(text).removeprefix("mailto:")
    if re.match(r"(?:https?://|www\.)", address, re.IGNORECASE):
        raise ValidationError(_("“%(text)s” is a website: it belongs to another column.") % {"text": address[:60]})
    return address


def read_phone(text: str) -> str:
    """Digits in pairs, as one writes them in France; Excel takes the first zero away."""
    number = tidy(text).removesuffix(".0")
    if SCIENTIFIC.fullmatch(number):
        raise ValidationError(
            _("“%(text)s” was a number for the spreadsheet, and its digits are lost: write it again as text.")
            % {"text": number}
        )
    digits = re.sub(r"[\s.\-/]", "", number).removesuffix(",0")
    digits = re.sub(r"^(?:00)?33\(?0?\)?(?=[1-9]\d{8}$)", "0", digits)
    if re.fullmatch(r"[1-9]\d{8}", digits):
        digits = f"0{digits}"
    if re.fullmatch(r"0\d{9}", digits):
        return " ".join(digits[at : at + 2] for at in range(0, 10, 2))
    if number and not re.fullmatch(r"\+?[\d\s.()\-/]{3,20}(?:\s*(?:poste|p\.)\s*\d{1,6})?", number):
        raise ValidationError(_("“%(text)s” is not a telephone number.") % {"text": number})
    return number


@cache
def codes_of(choices: type[TextChoices], language: str) -> dict[str, str]:
    """Folded code or label, in that language → code."""
    return {fold(str(word)): code for code, label in choices.choices for word in (label, code)}


def code_of(choices: type[TextChoices], text: str, synonyms: dict[str, str]) -> str | None:
    wanted = fold(text)
    return synonyms.get(wanted) or codes_of(choices, translation.get_language()).get(wanted)


def read_choice(choices: type[TextChoices], synonyms: dict[str, str], text: str) -> str:
    text = tidy(text)
    if not text:
        return ""
    code = code_of(choices, text, synonyms)
    if code is None:
        raise ValidationError(unknown(text, choices.labels))
    return code


def unknown(text: str, codes: Iterable[str | Promise]) -> str:
    known = ", ".join(str(code) for code in codes)
    return _("“%(text)s” is none of the words known here: %(codes)s.") % {"text": text[:60], "codes": known}


def read_list(find: Callable[[str], T | None], codes: Callable[[], Iterable[str | Promise]], text: str) -> list[T]:
    """Several choices, separated by | or ; or a line break; by commas where no name holds one."""
    found: list[T] = []
    text = tidy(text)
    if len(text) > MAX_LIST_LENGTH:
        raise ValidationError(_("This cell is too long for a list of choices."))
    for part in SEPARATORS.split(text):
        part = part.strip()
        pieces = [part] if find(part) is not None else [piece.strip() for piece in part.split(",")]
        for piece in filter(None, pieces):
            value = find(piece)
            if value is None:
                raise ValidationError(unknown(piece, codes()))
            if value not in found:
                found.append(value)
    return found


def read_choices(choices: type[TextChoices], synonyms: dict[str, str], text: str) -> list[str]:
    found = read_list(lambda part: code_of(choices, part, synonyms), lambda: choices.labels, text)
    return sorted(found, key=choices.values.index)


def read_sectors(text: str, known: dict[str, Sector] | None = None) -> list[Sector]:
    """`known` are the `known_sectors()`, where many cells are read with them."""
    sectors = known_sectors() if known is None else known
    found = read_list(
        lambda part: sectors.get(fold(part)),
        lambda: sorted({sector.name for sector in sectors.values()}),
        text,
    )
    if len(found) > MAX_SECTORS:
        raise ValidationError(
            _("At most %(most)s sectors; here there are %(count)s.") % {"most": MAX_SECTORS, "count": len(found)}
        )
    return found


def read_decimal(text: str) -> Decimal | None:
    """48.35, 48,35, 1 234,5: a decimal comma or point, spaces between thousands."""
    number = re.sub(r"[\s’']", "", tidy(text)).removesuffix("°")
    if not number:
        return None
    try:
        if not re.fullmatch(r"[+-]?\d{1,12}(?:[.,]\d{0,30})?", number, re.ASCII):
            raise InvalidOperation
        return Decimal(number.replace(",", "."))
    except InvalidOperation:
        raise ValidationError(_("“%(text)s” is not a number.") % {"text": text[:40]}) from None


def read_tenths(text: str) -> Decimal | None:
    number = read_decimal(text)
    return None if number is None else number.quantize(Decimal("0.1"))


def read_degrees(text: str) -> Decimal | None:
    """To the sixth decimal: ten centimetres."""
    number = read_decimal(text)
    return None if number is None else number.quantize(Decimal("0.000001"))


def read_whole(text: str) -> int | None:
    number = read_decimal(text)
    if number is not None and number != int(number):
        raise ValidationError(_("“%(text)s” is not a whole number.") % {"text": text[:40]})
    return None if number is None else int(number)


def read_past(text: str) -> date | None:
    """A day on which something was done."""
    day = read_date(text)
    if day is not None and day > timezone.localdate():
        raise ValidationError(_("This day is still to come."))
    return day


def read_currency(text: str) -> str:
    """The name of a currency; "no" is none."""
    return "" if fold(text) in ("non", "no", "0", "aucune") else read_line(text)


def read_date(text: str) -> date | None:
    """2026-03-05, 05/03/2026, 5 mars 2026, with an hour or without; a month or a year alone: its first day."""
    text = AN_HOUR.sub("", tidy(text))
    if not text:
        return None
    if re.fullmatch(r"(?:19|20)\d\d", text, re.ASCII):
        return date(int(text), 1, 1)
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    if (written := read_day(text) or read_day(f"1 {text}")) is not None:
        return written
    if match := re.fullmatch(r"((?:19|20)\d\d)-(\d\d)|(\d\d)/((?:19|20)\d\d)", text, re.ASCII):
        year, month = int(match[1] or match[4]), int(match[2] or match[3])
        if 1 <= month <= 12:
            return date(year, month, 1)
    if re.fullmatch(r"[1-5]\d{4}", text, re.ASCII):
        day = SERIAL_START + timedelta(days=int(text))
        raise ValidationError(
            _("“%(text)s” is how spreadsheets number %(day)s: write that date, or format the column as dates.")
            % {"text": text, "day": f"{day:%d/%m/%Y}"}
        )
    if (match := AMERICAN.fullmatch(text)) and int(match[1]) <= 12 < int(match[2]):
        raise ValidationError(
            _("“%(text)s” has its month before its day: write %(day)s/%(month)s/%(year)s.")
            % {"text": text, "day": match[2], "month": match[1], "year": match[3]}
        )
    if A_DATE.fullmatch(text):
        raise ValidationError(_("“%(text)s” is a day that does not exist.") % {"text": text})
    raise ValidationError(
        _("“%(text)s” is not a date: write 2026-03-05, 05/03/2026, or the year alone.") % {"text": text[:40]}
    )


def number(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: check(tidy(text).removesuffix(".0"))


def write_text(value: str) -> str:
    return tidy(value)


def write_list(value: Iterable[str]) -> str:
    return " | ".join(value)


def write_sectors(value: Iterable[Sector]) -> str:
    return " | ".join(sector.slug for sector in value)


def write_decimal(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_date(value: date | None) -> str:
    return value.isoformat() if value else ""


def write_lines(value: str) -> str:
    return " | ".join(tidy(value).split("\n")) if tidy(value) else ""


def write_words(value: str) -> str:
    return " | ".join(value.split())


def write_whole(value: int | None) -> str:
    return "" if value is None else str(value)
