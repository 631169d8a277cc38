"""Days on which people are not where they usually are: public holidays, and school holidays of zone B.

The school holidays of Brittany (académie de Rennes, zone B) are those of the decrees of the Ministry of education for
2025-2026 and 2026-2027; beyond, nothing is said rather than guessed.
"""

from datetime import date
from functools import lru_cache

import holidays
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# First and last day without school
SCHOOL_HOLIDAYS = [
    (date(2025, 10, 18), date(2025, 11, 2), gettext_lazy("autumn holidays")),
    (date(2025, 12, 20), date(2026, 1, 4), gettext_lazy("Christmas holidays")),
    (date(2026, 2, 14), date(2026, 3, 1), gettext_lazy("winter holidays")),
    (date(2026, 4, 11), date(2026, 4, 26), gettext_lazy("spring holidays")),
    (date(2026, 7, 4), date(2026, 8, 31), gettext_lazy("summer holidays")),
    (date(2026, 10, 17), date(2026, 11, 1), gettext_lazy("autumn holidays")),
    (date(2026, 12, 19), date(2027, 1, 3), gettext_lazy("Christmas holidays")),
    (date(2027, 2, 20), date(2027, 3, 7), gettext_lazy("winter holidays")),
    (date(2027, 4, 17), date(2027, 5, 2), gettext_lazy("spring holidays")),
    (date(2027, 7, 3), date(2027, 8, 31), gettext_lazy("summer holidays")),
]


@lru_cache(maxsize=16)
def public_holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("FR", years=year, language="fr"))


def remarks(day: date) -> list[str]:
    """What is particular about that day, in words; nothing where nothing is known."""
    found = []
    if name := public_holidays(day.year).get(day):
        found.append(_("public holiday (%(name)s)") % {"name": name})
    found += [_("%(name)s (zone B)") % {"name": name} for first, last, name in SCHOOL_HOLIDAYS if first <= day <= last]
    return found
