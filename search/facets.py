"""What results are sorted out by: a choice and the number it would leave, a period, a place to look around."""

from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians

from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NEAR = 20  # kilometres
KILOMETRES_OF_A_DEGREE = 111.2
PERIODS = {
    "a-venir": pgettext_lazy("period", "To come"),
    "mois": _("Since a month"),
    "annee": _("Since a year"),
    "avant": pgettext_lazy("period", "Older"),
}
INSIDE = {"a-venir": ("a-venir",), "mois": ("mois",), "annee": ("mois", "annee"), "avant": ("avant",)}


@dataclass(frozen=True)
class Option:
    code: str
    name: str
    count: int


@dataclass(frozen=True)
class SearchFacet:
    name: str  # of the parameter
    label: str
    all_label: str
    options: list[Option]
    chosen: str = ""


@dataclass(frozen=True)
class Vicinity:
    """A commune around which one looks."""

    name: str
    latitude: float
    longitude: float

    @property
    def condition(self) -> Q:
        up = NEAR / KILOMETRES_OF_A_DEGREE
        aside = up / max(0.1, cos(radians(self.latitude)))
        return Q(
            latitude__range=(self.latitude - up, self.latitude + up),
            longitude__range=(self.longitude - aside, self.longitude + aside),
        )


def period_of() -> Case:
    now = timezone.now()
    return Case(
        When(until__gte=timezone.localdate(), then=Value("a-venir")),
        When(date__gte=now - timedelta(days=30), then=Value("mois")),
        When(date__gte=now - timedelta(days=365), then=Value("annee")),
        When(date__isnull=False, then=Value("avant")),
        default=Value(""),
    )
