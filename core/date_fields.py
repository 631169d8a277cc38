"""Days and hours in the forms of the editor: typed as French people write them, never replaced by others.

The browser's own fields are used, which show a day as the person is used to and change nothing that is typed. Where a
browser has none, and in what is pasted, the words of French are read too: « 1er décembre 2026 à 9 h ».
"""

import re
from datetime import date, datetime, time
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import from_current_timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import PublishingPanel

from core.words import fold

# As folded: small letters, without accents and signs
DAY = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? (\d{1,2}|[a-z]+) (\d{4})")
HOUR = re.compile(r"(\d{1,2})(?: ?h(?:eures?)?(?: ?(\d{2}))?| (\d{2}))(?: ?m(?:i?n|inutes?))?")

# As spreadsheets and people shorten them
SHORT_MONTHS = {1: "janv jan", 2: "fevr fev", 4: "avr", 6: "jui", 7: "juil", 8: "aou", 9: "sept sep", 12: "dec"}


@cache
def month_numbers() -> dict[str, int]:
    """Name, folded, in French and in Breton → number."""
    numbers = {}
    for language in ("fr", "br"):
        with override(language):
            for names in (MONTHS, MONTHS_3):
                numbers |= {fold(str(name)): number for number, name in names.items()}
    return numbers | {short: number for number, shorts in SHORT_MONTHS.items() for short in shorts.split()}


def read_day(text: str) -> date | None:
    """The day that this text writes: “1er décembre 2026”, “mardi 1/12/2026”; None where it writes none."""
    match = DAY.fullmatch(fold(text))
    if not match:
        return None
    day, month, year = match.groups()
    number = int(month) if month.isdigit() else month_numbers().get(month, 0)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def read_hour(text: str) -> time | None:
    """The hour that this text writes: “9 h 30”, “9h”, “09:30”; None where it writes none."""
    match = HOUR.fullmatch(fold(text))
    if not match:
        return None
    try:
        return time(int(match[1]), int(match[2] or match[3] or 0))
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """The day and hour that this text writes: “1er décembre 2026 à 9 h”; midnight where it writes a day alone."""
    if (day := read_day(text)) is not None:
        return datetime.combine(day, time())
    words = fold(text).split()
    for at in range(1, len(words)):
        # The hour may be two words, and an “à” before it.
        rest = words[at + 1 :] if words[at] == "a" else words[at:]
        day, hour = read_day(" ".join(words[:at])), read_hour(" ".join(rest))
        if day is not None and hour is not None:
            return datetime.combine(day, hour)
    return None


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class WrittenField:
    """A form field that also understands words: `read(text)` gives a value, or None."""

    MAX_LENGTH = 60

    def to_python(self, value):
        if isinstance(value, str) and len(value) > self.MAX_LENGTH:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return super().to_python(value)
        except ValidationError:
            if (written := self.read(str(value))) is None:
                raise
            return written


class DayField(WrittenField, forms.DateField):
    widget = DayInput
    default_error_messages = {"invalid": _("No such day: write it as 01/12/2026.")}
    read = staticmethod(read_day)


class HourField(WrittenField, forms.TimeField):
    widget = HourInput
    default_error_messages = {"invalid": _("No such hour: write it as 18:30.")}
    read = staticmethod(read_hour)


class MomentField(WrittenField, forms.DateTimeField):
    widget = MomentInput
    default_error_messages = {"invalid": _("No such day and hour: write them as 01/12/2026 09:00.")}

    def read(self, text: str) -> datetime | None:
        moment = read_moment(text)
        return from_current_timezone(moment) if moment else None


FIELDS = {models.DateField: DayField, models.TimeField: HourField, models.DateTimeField: MomentField}


def register() -> None:
    """Every form that the editor makes of a model has them."""
    for model_field, form_field in FIELDS.items():
        register_form_field_override(model_field, override={"form_class": form_field, "widget": form_field.widget})


class SchedulePanel(PublishingPanel):
    """Wagtail's, without the picker that replaces what it does not understand by the present moment."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for panel in self.children:
            panel.widget = MomentInput(panel.widget.attrs)
