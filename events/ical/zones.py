"""Europe/Paris as a VTIMEZONE (RFC 5545, section 3.6.5): the rule of the European Union since 1996 (2000/84/EC)."""

from datetime import datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)


def paris() -> Timezone:
    zone = Timezone()
    zone.add("tzid", "Europe/Paris")
    for kind, name, before, after, since, rule in (
        (TimezoneDaylight, "CEST", WINTER, SUMMER, datetime(1996, 3, 31, 2), "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
        (TimezoneStandard, "CET", SUMMER, WINTER, datetime(1996, 10, 27, 3), "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    ):  # fmt: skip
        turn = kind()
        turn.add("tzname", name)
        turn.add("tzoffsetfrom", before)
        turn.add("tzoffsetto", after)
        turn.add("dtstart", since)
        turn.add("rrule", vRecur.from_ical(rule))
        zone.add_component(turn)
    return zone
