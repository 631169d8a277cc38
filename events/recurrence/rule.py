"""The rule by which an event comes back: the part of RFC 5545's RRULE that calendars of people use."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Literal

from dateutil import rrule
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.zone import midnight, wall

FREQUENCIES: dict[str, Literal[0, 1, 2, 3]] = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "UNTIL", "COUNT", "WKST"}
DAY = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)")
UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z)?)?")
MAX_OCCURRENCES = 1000
MAX_INTERVAL = 99
MAX_LENGTH = 200
MAX_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Rule:
    """`weekdays` are (nth, code) with nth 0 for every one; `until` is the last day on which it may begin."""

    frequency: str
    interval: int = 1
    weekdays: tuple[tuple[int, str], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None
    week_start: str = "MO"

    @classmethod
    def parse(cls, text: str, starts_at: time | None = None, clocks: tzinfo | None = None) -> "Rule":
        """The rule written in `text` (the value of an RRULE). Raises `ValidationError` with the reason.

        `starts_at` is when an occurrence begins, by the `clocks` of that zone (of France without any): it tells
        whether one on the very day of an UNTIL is still in.
        """
        parts = {}
        for part in text.strip().removeprefix("RRULE:").rstrip(";").split(";"):
            name, _sign, value = part.partition("=")
            if name.upper() in parts:
                raise ValidationError(_("The rule says “%(name)s” twice.") % {"name": name})
            parts[name.upper()] = value.upper()
        frequency = parts.get("FREQ", "")
        if frequency not in FREQUENCIES:
            raise ValidationError(_("An event comes back by the day, week, month or year: “%(text)s” is none.") % {
                "text": frequency or text[:60]
            })  # fmt: skip
        if unknown := set(parts) - KNOWN:
            raise ValidationError(
                _("This rule uses parts that are not supported: %(parts)s.") % {"parts": ", ".join(sorted(unknown))}
            )
        rule = cls(
            frequency=frequency,
            interval=numbers(parts.get("INTERVAL", "1"), 1, MAX_INTERVAL, most=1)[0],
            weekdays=weekdays(parts.get("BYDAY", "")),
            month_days=numbers(parts.get("BYMONTHDAY", ""), -31, 31),
            months=numbers(parts.get("BYMONTH", ""), 1, 12),
            positions=numbers(parts.get("BYSETPOS", ""), -31, 31),
            until=last_day(parts["UNTIL"], starts_at, clocks) if parts.get("UNTIL") else None,
            count=numbers(parts["COUNT"], 1, 10**6, most=1)[0] if parts.get("COUNT") else None,
            week_start=parts.get("WKST") or "MO",
        )
        return rule.simplified().checked()

    def simplified(self) -> "Rule":
        """One spelling for what Outlook and others write in two: the 2nd of all Tuesdays is the 2nd Tuesday."""
        one_a_month = self.frequency == "MONTHLY" and len(self.weekdays) == len(self.positions) == 1
        if one_a_month and self.weekdays[0][0] == 0 and not self.month_days:
            return replace(self, weekdays=((self.positions[0], self.weekdays[0][1]),), positions=())
        return self

    def checked(self) -> "Rule":
        """Itself. Raises `ValidationError` where it contradicts itself or can never come true."""
        if self.until and self.count:
            raise ValidationError(_("The rule ends at a date or after a number of times, not both."))
        if self.week_start not in WEEKDAYS:
            raise ValidationError(_("“%(text)s” is no day of the week.") % {"text": self.week_start})
        nths = [nth for nth, _code in self.weekdays if nth]
        if nths and (self.frequency not in ("MONTHLY", "YEARLY") or max(map(abs, nths)) > 5):
            raise ValidationError(_("A month has no such day of the week as this rule asks for."))
        # dateutil looks for a date that never comes until the year 9999, day by day: what leads it there is refused.
        if self.positions and self.frequency not in ("MONTHLY", "WEEKLY"):
            raise ValidationError(_("The rule chooses among days that it does not name."))
        days = len(self.weekdays) * (5 if self.frequency == "MONTHLY" else 1) + len(self.month_days)
        if self.positions and max(map(abs, self.positions)) > days:
            raise ValidationError(_("The rule chooses among days that it does not name."))
        if self.month_days and self.frequency in ("DAILY", "WEEKLY"):
            raise ValidationError(_("A daily or weekly rule cannot name days of the month."))
        longest = max(MAX_DAYS_OF_MONTH[month - 1] for month in self.months or range(1, 13))
        if self.month_days and min(map(abs, self.month_days)) > longest:
            raise ValidationError(_("The months of this rule have no day %(day)s.") % {"day": self.month_days[0]})
        if len(str(self)) > MAX_LENGTH:
            raise ValidationError(_("The rule is too long."))
        if self.count and self.count > MAX_OCCURRENCES:
            raise ValidationError(
                _("%(count)s dates are too many for one event: %(most)s at most.")
                % {"count": self.count, "most": MAX_OCCURRENCES}
            )
        return self

    def __str__(self) -> str:
        return self.spelled(self.until.strftime("%Y%m%d") if self.until else "")

    def spelled(self, until: str) -> str:
        """The value of an RRULE, with UNTIL as the form of DTSTART asks for it."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(f"{nth or ''}{code}" for nth, code in self.weekdays))
        for name, values in (("BYMONTHDAY", self.month_days), ("BYMONTH", self.months), ("BYSETPOS", self.positions)):
            if values:
                parts.append(f"{name}=" + ",".join(map(str, values)))
        if until:
            parts.append(f"UNTIL={until}")
        if self.count:
            parts.append(f"COUNT={self.count}")
        if self.week_start != "MO":
            parts.append(f"WKST={self.week_start}")
        return ";".join(parts)

    @property
    def is_endless(self) -> bool:
        return self.until is None and self.count is None

    def starts(self, first: datetime, horizon: date) -> Iterator[datetime]:
        """When it begins, by the wall clock, from `first` to the end of the day `horizon`."""
        is_one_weekday = self.frequency == "DAILY" and self.interval % 7 == 0 and self.weekdays
        if is_one_weekday and WEEKDAYS[first.weekday()] not in {code for _nth, code in self.weekdays}:
            return iter(())  # never: dateutil would look for it until the year 9999
        last = min(self.until, horizon) if self.until else horizon
        days = [getattr(rrule, code)(nth) if nth else getattr(rrule, code) for nth, code in self.weekdays]
        found = rrule.rrule(
            FREQUENCIES[self.frequency],
            dtstart=first,
            interval=self.interval,
            wkst=getattr(rrule, self.week_start),
            count=self.count,
            until=None if self.count else midnight(last) + timedelta(days=1, microseconds=-1),
            byweekday=days or None,
            bymonthday=self.month_days or None,
            bymonth=self.months or None,
            bysetpos=self.positions or None,
        )
        if self.is_endless:
            # The last ones, or a rule of ten years ago would use its dates up before today.
            return iter(deque(found, maxlen=MAX_OCCURRENCES))
        return (start for start in islice(found, MAX_OCCURRENCES + 1) if start.date() <= last)

    def first_from(self, first: datetime) -> datetime | None:
        """The first time on or after `first` at which it comes true: what a first date should be."""
        once = replace(self, until=None, count=1)
        return next(iter(once.starts(first, date.max)), None)


def numbers(text: str, least: int, most_value: int, most: int = 40) -> tuple[int, ...]:
    """The whole numbers of a list, none of them zero. Raises `ValidationError`."""
    found = []
    for word in text.split(",") if text else []:
        if not re.fullmatch(r"[+-]?\d{1,7}", word, re.ASCII) or not least <= int(word) <= most_value or int(word) == 0:
            raise ValidationError(_("“%(text)s” cannot stand in a rule.") % {"text": word[:20]})
        found.append(int(word))
    if len(found) > most:
        raise ValidationError(_("The rule is too long."))
    return tuple(dict.fromkeys(found))


def weekdays(text: str) -> tuple[tuple[int, str], ...]:
    found = []
    for word in text.split(",") if text else []:
        match = DAY.fullmatch(word)
        if match is None:
            raise ValidationError(_("“%(text)s” is no day of the week.") % {"text": word[:20]})
        found.append((int(match[1] or 0), match[2]))
    return tuple(dict.fromkeys(found))


def last_day(text: str, starts_at: time | None, clocks: tzinfo | None = None) -> date:
    """The last day on which something may begin, from an UNTIL: a date, a wall clock's time or a moment in UTC."""
    match = UNTIL.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        day = datetime.strptime(match[1], "%Y%m%d").date()
        if match[2] is None:
            return day
        end = datetime.combine(day, datetime.strptime(match[2], "%H%M%S").time())
        if match[3]:
            moment = end.replace(tzinfo=UTC)
            end = wall(moment) if clocks is None else moment.astimezone(clocks).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise ValidationError(_("“%(text)s” is no date.") % {"text": text[:20]}) from None
    is_too_early = starts_at is not None and end.time() < starts_at
    return end.date() - timedelta(days=1) if is_too_early else end.date()
