"""Positions on the ground: degrees of WGS 84 (EPSG:4326), as decimals."""

from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

EARTH_RADIUS = 6_371_008  # metres (IUGG mean radius)
# Metropolitan France in degrees: where a latitude and a longitude given the other way round can be told apart.
LATITUDES, LONGITUDES = (41, 52), (-6, 10)
# The same in metres of Lambert-93 (EPSG:2154).
EASTINGS, NORTHINGS = (0, 1_300_000), (6_000_000, 7_200_000)


@dataclass(frozen=True)
class Position:
    latitude: float
    longitude: float

    def metres_to(self, other: "Position") -> float:
        """The distance along the ground, in metres (haversine formula)."""
        phi1, phi2 = radians(self.latitude), radians(other.latitude)
        turn = radians(other.longitude - self.longitude)
        chord = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(turn / 2) ** 2
        return 2 * EARTH_RADIUS * asin(sqrt(min(1, chord)))


def within(value: Decimal, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= value <= bounds[1]


def check_position(latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Raise `ValidationError`, by the names `latitude` and `longitude`, unless both are degrees, or both missing."""
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        missing = "latitude" if latitude is None else "longitude"
        raise ValidationError({missing: _("A position has a latitude and a longitude: one of the two is missing.")})
    if not latitude and not longitude:
        raise ValidationError({"latitude": _("0, 0 is in the Gulf of Guinea: leave both empty if nothing is known.")})
    for first, second in ((latitude, longitude), (longitude, latitude)):
        if within(first, EASTINGS) and within(second, NORTHINGS):
            raise ValidationError(
                {
                    "latitude": _(
                        "These are Lambert-93 coordinates, in metres. Give degrees (WGS 84): 48.3525 and -1.2046."
                    )
                }
            )
    if within(latitude, LONGITUDES) and within(longitude, LATITUDES):
        raise ValidationError(
            {
                "latitude": _(
                    "Latitude and longitude are swapped: in Brittany the latitude is about 48, the longitude -1 to -5."
                )
            }
        )
    errors = {}
    if abs(latitude) > 90:
        errors["latitude"] = _("A latitude is between -90 and 90 degrees.")
    if abs(longitude) > 180:
        errors["longitude"] = _("A longitude is between -180 and 180 degrees.")
    if errors:
        raise ValidationError(errors)


class PositionFields(models.Model):
    """Where something is, to about ten centimetres."""

    latitude: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)], help_text=_("In degrees: 48.3525."),
    )  # fmt: skip
    longitude: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)], help_text=_("In degrees: -1.2046."),
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def position(self) -> Position | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Position(float(self.latitude), float(self.longitude))
