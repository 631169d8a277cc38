"""The rule of an event in a form: what people say, kept as RFC 5545 writes it."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.recurrence.rule import WEEKDAYS, Rule
from events.recurrence.words import NTHS, day_name, in_words

FREQUENCIES = [
    ("", gettext_lazy("Once")),
    ("DAILY", gettext_lazy("By the day")),
    ("WEEKLY", gettext_lazy("By the week")),
    ("MONTHLY", gettext_lazy("By the month")),
    ("YEARLY", gettext_lazy("By the year")),
]
KEPT = "KEPT"
LISTS = ("weekdays", "without")
TEXTS = ("frequency", "interval", "nth", "nth_day", "month_day", "until", "count", "kept")


def spoken(text: str) -> dict:
    """The parts of a rule as the form shows them; `KEPT` for a rule that the form cannot say."""
    try:
        rule = Rule.parse(text) if text else None
    except ValidationError:
        return {"frequency": KEPT, "kept": text}
    if rule is None:
        return {"frequency": "", "interval": "1"}
    nth, nth_day = rule.weekdays[0] if rule.frequency == "MONTHLY" and rule.weekdays else (0, "")
    parts = {
        "frequency": rule.frequency,
        "interval": str(rule.interval),
        "weekdays": [code for _nth, code in rule.weekdays] if rule.frequency == "WEEKLY" else [],
        "nth": str(nth) if nth else "",
        "nth_day": nth_day,
        "month_day": str(rule.month_days[0]) if rule.month_days else "",
        "without": [str(month) for month in range(1, 13) if rule.months and month not in rule.months],
        "until": rule.until.isoformat() if rule.until else "",
        "count": str(rule.count or ""),
        "kept": "",
    }
    try:
        is_said = Rule.parse(written(parts)) == rule
    except ValidationError:
        is_said = False
    return parts if is_said else {"frequency": KEPT, "kept": text}


def written(parts: dict) -> str:
    """The rule that the form's parts say; "" for once."""
    frequency = parts.get("frequency") or ""
    if frequency == KEPT:
        return parts.get("kept") or ""
    if not frequency:
        return ""
    rule = [f"FREQ={frequency}", f"INTERVAL={parts.get('interval') or 1}"]
    if frequency == "WEEKLY" and parts.get("weekdays"):
        rule.append("BYDAY=" + ",".join(code for code in WEEKDAYS if code in parts["weekdays"]))
    if frequency == "MONTHLY" and parts.get("nth") and parts.get("nth_day"):
        rule.append(f"BYDAY={parts['nth']}{parts['nth_day']}")
    elif frequency == "MONTHLY" and parts.get("month_day"):
        rule.append(f"BYMONTHDAY={parts['month_day']}")
    if parts.get("without") and frequency != "YEARLY":
        rule.append("BYMONTH=" + ",".join(str(month) for month in range(1, 13) if str(month) not in parts["without"]))
    if parts.get("until"):
        rule.append("UNTIL=" + parts["until"].replace("-", ""))
    if parts.get("count"):
        rule.append(f"COUNT={parts['count']}")
    return ";".join(rule)


class RecurrenceInput(forms.Widget):
    """A few questions in plain words. Those that do not matter for the chosen rhythm are set aside by a script."""

    template_name = "events/widgets/recurrence.html"

    def value_from_datadict(self, data, files, name):
        parts = {part: data.get(f"{name}_{part}", "").strip() for part in TEXTS}
        lists = {part: data.getlist(f"{name}_{part}") if hasattr(data, "getlist") else [] for part in LISTS}
        return {**parts, **lists}

    def value_omitted_from_data(self, data, files, name):
        return f"{name}_frequency" not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        parts = value if isinstance(value, dict) else spoken(value or "")
        frequencies = list(FREQUENCIES)
        if parts["frequency"] == KEPT:
            frequencies.append((KEPT, _("As it was imported: %(rule)s") % {"rule": said(parts["kept"])}))
        context["widget"] |= {
            "parts": parts,
            "frequencies": frequencies,
            "days": [(code, WEEKDAYS_ABBR[number], day_name(code)) for number, code in enumerate(WEEKDAYS)],
            "nths": [(str(nth), words) for nth, words in NTHS.items() if nth in (1, 2, 3, 4, -1)],
            "months": [(str(number), words) for number, words in MONTHS.items()],
        }
        return context

    def id_for_label(self, id_):
        return f"{id_}_frequency" if id_ else id_


def said(text: str) -> str:
    try:
        return in_words(Rule.parse(text))
    except ValidationError:
        return text


class RecurrenceFormField(forms.Field):
    widget = RecurrenceInput

    def __init__(self, *, required=False, **kwargs):
        super().__init__(required=required, **kwargs)

    def to_python(self, value):
        text = written(value) if isinstance(value, dict) else (value or "")
        if isinstance(value, dict) and len(value.get("without", [])) == 12:
            raise ValidationError(_("Twelve months are taken out: none is left."))
        is_monthly = isinstance(value, dict) and value.get("frequency") == "MONTHLY"
        if is_monthly and bool(value.get("nth")) != bool(value.get("nth_day")):
            raise ValidationError(_("Choose both which one and which day of the week, or neither."))
        return str(Rule.parse(text)) if text else ""

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (initial or "")
        except ValidationError:
            return True


class RecurrenceField(models.CharField):
    """The value of an RRULE (RFC 5545, section 3.8.5.3); empty for what happens once."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return RecurrenceFormField(required=False, label=self.verbose_name, help_text=self.help_text)
