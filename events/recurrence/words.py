"""A rule as people say it."""

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.recurrence.rule import WEEKDAYS as CODES
from events.recurrence.rule import Rule

NTHS = {
    1: gettext_lazy("1st"),
    2: gettext_lazy("2nd"),
    3: gettext_lazy("3rd"),
    4: gettext_lazy("4th"),
    5: gettext_lazy("5th"),
    -1: gettext_lazy("last"),
}


def day_name(code: str) -> str:
    return str(WEEKDAYS[CODES.index(code)])


def rhythm(rule: Rule) -> str:
    words = {
        "DAILY": ngettext("every day", "every %(count)s days", rule.interval),
        "WEEKLY": ngettext("every week", "every %(count)s weeks", rule.interval),
        "MONTHLY": ngettext("every month", "every %(count)s months", rule.interval),
        "YEARLY": ngettext("every year", "every %(count)s years", rule.interval),
    }
    return words[rule.frequency] % {"count": rule.interval}


def in_words(rule: Rule) -> str:
    """“every month, on the 2nd Tuesday, except in August, until 30 June 2027”."""
    parts = [rhythm(rule)]
    joined = _("and")
    if rule.weekdays:
        days = [
            _("on the %(nth)s %(day)s") % {"nth": NTHS.get(nth, f"{nth}."), "day": day_name(code)}
            if nth
            else _("on %(day)s") % {"day": day_name(code)}
            for nth, code in rule.weekdays
        ]
        parts.append(get_text_list(days, joined))
    if rule.month_days:
        days = [_("last day") if day == -1 else str(day) for day in rule.month_days]
        parts.append(_("on the %(days)s of the month") % {"days": get_text_list(days, joined)})
    if rule.positions:
        parts.append(_("the %(nths)s of them") % {
            "nths": get_text_list([str(NTHS.get(nth, nth)) for nth in rule.positions], joined)
        })  # fmt: skip
    if rule.months:
        missing = [month for month in range(1, 13) if month not in rule.months]
        if len(missing) < len(rule.months):
            names = get_text_list([str(MONTHS[month]) for month in missing], joined)
            parts.append(_("except in %(months)s") % {"months": names})
        else:
            names = get_text_list([str(MONTHS[month]) for month in rule.months], joined)
            parts.append(_("in %(months)s") % {"months": names})
    if rule.until:
        parts.append(_("until %(date)s") % {"date": date_format(rule.until)})
    if rule.count:
        parts.append(ngettext("%(count)s time", "%(count)s times", rule.count) % {"count": rule.count})
    return ", ".join(parts)
