"""An expander of recurrences that shares nothing with the product's: it asks the rule about every day in turn."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from events.recurrence.rule import WEEKDAYS, Rule


def comes_true(rule: Rule, first: date, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    weekday = WEEKDAYS[day.weekday()]
    if rule.frequency == "DAILY":
        is_turn = (day - first).days % rule.interval == 0
        return is_turn and (not rule.weekdays or weekday in {code for _nth, code in rule.weekdays})
    if rule.frequency == "WEEKLY":
        monday = first - timedelta(days=first.weekday())
        is_turn = (day - monday).days // 7 % rule.interval == 0
        wanted = {code for _nth, code in rule.weekdays} or {WEEKDAYS[first.weekday()]}
        return is_turn and weekday in wanted
    length = monthrange(day.year, day.month)[1]
    if rule.frequency == "MONTHLY":
        is_turn = ((day.year - first.year) * 12 + day.month - first.month) % rule.interval == 0
        if rule.weekdays:
            forward, backward = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
            is_day = any(code == weekday and nth in (0, forward, backward) for nth, code in rule.weekdays)
        else:
            numbers = {number if number > 0 else length + 1 + number for number in rule.month_days or (first.day,)}
            is_day = day.day in numbers
        return is_turn and is_day
    is_turn = (day.year - first.year) % rule.interval == 0
    return is_turn and (day.month, day.day) == (first.month, first.day)


def expand(rule: Rule, first: datetime, horizon: date) -> list[datetime]:
    found, day = [], first.date()
    while day <= min(rule.until or horizon, horizon) and len(found) < (rule.count or 10**6):
        if comes_true(rule, first.date(), day):
            found.append(datetime.combine(day, first.time()))
        day += timedelta(days=1)
    return found
