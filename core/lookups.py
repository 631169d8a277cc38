"""What public services know: where an address is, what a SIRET is the number of.

A provider answers, or says nothing; what it says is never written anywhere, but becomes a proposal for a person.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.utils.module_loading import import_string

from core.fetcher import FetchError, fetch
from core.words import fold


@dataclass(frozen=True)
class GeocodedAddress:
    latitude: Decimal
    longitude: Decimal
    insee_code: str = ""


@dataclass(frozen=True)
class Establishment:
    """What the register says of a SIRET."""

    name: str
    street: str = ""
    postcode: str = ""
    commune: str = ""
    has_ceased: bool = False


class LookupProvider:
    """A provider: both methods return None where it does not know, and raise `FetchError` where it does not answer."""

    def place(self, street: str, postcode: str, commune: str) -> GeocodedAddress | None:
        return None

    def establishment(self, siret: str) -> Establishment | None:
        return None


class Offline(LookupProvider):
    """Knows a little without a network: for demonstrations and tests. SIRETs that end with 9 have ceased."""

    def place(self, street, postcode, commune):
        return (
            GeocodedAddress(Decimal("48.352500"), Decimal("-1.204600"), "35115")
            if fold(commune) == "fougeres"
            else None
        )

    def establishment(self, siret):
        return Establishment(name="", has_ceased=siret.endswith("9"))


class NationalAddressBase(LookupProvider):
    """The national address base (BAN), by the geocoding service of the Géoplateforme."""

    URL = "https://data.geopf.fr/geocodage/search"
    SURE_ENOUGH = 0.6

    def place(self, street, postcode, commune):
        answer = get_json(self.URL, q=f"{street} {postcode} {commune}", limit=1)
        try:
            (feature, *_others) = answer["features"]
            if feature["properties"]["score"] < self.SURE_ENOUGH:
                return None
            longitude, latitude = feature["geometry"]["coordinates"]
            return GeocodedAddress(
                degrees(latitude), degrees(longitude), str(feature["properties"].get("citycode", ""))[:5]
            )
        except (KeyError, ValueError, TypeError, InvalidOperation):
            return None


class CompanyRegister(LookupProvider):
    """The register of companies (INSEE's Sirene), by the open service « Recherche d'entreprises »."""

    URL = "https://recherche-entreprises.api.gouv.fr/search"

    def establishment(self, siret):
        answer = get_json(self.URL, q=siret, per_page=1)
        try:
            company = answer["results"][0]
            establishments = company["matching_etablissements"]
            establishment = next(row for row in establishments if row["siret"] == siret)
        except (KeyError, IndexError, TypeError, StopIteration):
            return None
        return Establishment(
            name=str(company.get("nom_complet") or ""),
            street=str(establishment.get("adresse") or ""),
            postcode=str(establishment.get("code_postal") or ""),
            commune=str(establishment.get("libelle_commune") or ""),
            has_ceased=establishment.get("etat_administratif") == "F" or company.get("etat_administratif") == "C",
        )


def get_json(url: str, **parameters) -> dict:
    """The answer of a service. Raises `FetchError` where it refuses, is busy, or answers no JSON."""
    answer = fetch(f"{url}?{urlencode(parameters)}")
    if not answer.is_ok:
        raise FetchError(f"status {answer.status}")
    return answer.json()


def degrees(value) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.000001"))


def provider(path: str) -> LookupProvider | None:
    return import_string(path)() if path else None
