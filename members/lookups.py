"""What public services know of an organisation: where an address is, what a SIRET is the number of.

A provider answers, or says nothing; what it says is never written on a sheet, but becomes a task for the pôle.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.fetcher import FetchError, fetch
from core.words import fold
from members.page import MemberPage
from members.proposals import Proposal
from members.sheet import row_of

EVERY = timedelta(days=90)
AT_ONCE = 25
RETRY = timedelta(hours=6)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
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


class Lookup:
    """A provider: both methods return None where it does not know, and raise `FetchError` where it does not answer."""

    def place(self, street: str, postcode: str, commune: str) -> Place | None:
        return None

    def establishment(self, siret: str) -> Establishment | None:
        return None


class Offline(Lookup):
    """Knows a little without a network: for demonstrations and tests. SIRETs that end with 9 have ceased."""

    def place(self, street, postcode, commune):
        return Place(Decimal("48.352500"), Decimal("-1.204600"), "35115") if fold(commune) == "fougeres" else None

    def establishment(self, siret):
        return Establishment(name="", has_ceased=siret.endswith("9"))


class NationalAddressBase(Lookup):
    """The national address base (BAN), by the geocoding service of the Géoplateforme."""

    URL = "https://data.geopf.fr/geocodage/search"
    SURE_ENOUGH = 0.6

    def place(self, street, postcode, commune):
        answer = asked(self.URL, q=f"{street} {postcode} {commune}", limit=1)
        try:
            (feature, *_others) = answer["features"]
            if feature["properties"]["score"] < self.SURE_ENOUGH:
                return None
            longitude, latitude = feature["geometry"]["coordinates"]
            return Place(degrees(latitude), degrees(longitude), str(feature["properties"].get("citycode", ""))[:5])
        except (KeyError, ValueError, TypeError, InvalidOperation):
            return None


class CompanyRegister(Lookup):
    """The register of companies (INSEE's Sirene), by the open service « Recherche d'entreprises »."""

    URL = "https://recherche-entreprises.api.gouv.fr/search"

    def establishment(self, siret):
        answer = asked(self.URL, q=siret, per_page=1)
        try:
            company = answer["results"][0]
            found = next(one for one in company["matching_etablissements"] if one["siret"] == siret)
        except (KeyError, IndexError, TypeError, StopIteration):
            return None
        return Establishment(
            name=str(company.get("nom_complet") or ""),
            street=str(found.get("adresse") or ""),
            postcode=str(found.get("code_postal") or ""),
            commune=str(found.get("libelle_commune") or ""),
            has_ceased=found.get("etat_administratif") == "F" or company.get("etat_administratif") == "C",
        )


def asked(url: str, **parameters) -> dict:
    """The answer of a service. Raises `FetchError` where it refuses, is busy, or answers no JSON."""
    answer = fetch(f"{url}?{urlencode(parameters)}")
    if not answer.is_ok:
        raise FetchError(f"status {answer.status}")
    return answer.json()


def degrees(value) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.000001"))


class LookedUp(models.Model):
    """When a sheet was last looked up, so that each is in its turn."""

    member = models.OneToOneField(MemberPage, on_delete=models.CASCADE, related_name="looked_up")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.member} ({self.at:%Y-%m-%d})"


def provider(path: str) -> Lookup | None:
    return import_string(path)() if path else None


def look_up(member: MemberPage) -> Proposal | None:
    """Ask the providers that are set about one sheet; what they know better becomes a task, once."""
    texts, message = {}, ""
    addresses, register = provider(settings.ADDRESS_LOOKUP), provider(settings.REGISTRY_LOOKUP)
    lacks_position = member.position is None and member.commune
    if addresses and lacks_position and (place := addresses.place(member.street, member.postcode, member.commune)):
        texts |= {"latitude": str(place.latitude), "longitude": str(place.longitude)}
        if place.insee_code and not member.insee_code:
            texts["code_insee"] = place.insee_code
    if register and member.siret and (found := register.establishment(member.siret)):
        if found.has_ceased:
            message = _("According to the register, this establishment has ceased its activity.")
        elif found.postcode and member.postcode and found.postcode != member.postcode:
            place = f"{found.street} {found.postcode} {found.commune}".strip()
            message = _("The register gives another address: %(place)s.") % {"place": place}
        if found.name and fold(found.name) != fold(member.title) and not message:
            message = _("The register knows it as: %(name)s.") % {"name": found.name}
    LookedUp.objects.update_or_create(member=member, defaults={"at": timezone.now()})
    before = row_of(member)
    texts = {key: text for key, text in texts.items() if before[key] != text}
    if not (texts or message):
        return None
    known = member.proposals.filter(origin=Proposal.Origin.REGISTER, texts=texts, message=message)
    if known.exists():  # waiting, or set aside: it is not said twice
        return None
    return Proposal.objects.create(member=member, origin=Proposal.Origin.REGISTER, texts=texts, message=message)


def look_up_due() -> None:
    """Those whose turn has come, the longest ago first; a provider that does not answer is asked again next time."""
    if not (settings.ADDRESS_LOOKUP or settings.REGISTRY_LOOKUP):
        return
    recently = LookedUp.objects.filter(at__gt=timezone.now() - EVERY).values("member")
    members = MemberPage.objects.live().filter(alias_of__isnull=True).exclude(pk__in=recently)
    for member in members.order_by(F("looked_up__at").asc(nulls_first=True), "pk")[:AT_ONCE]:
        try:
            look_up(member)
        except FetchError as error:
            logger.warning("look-up of %s: %s", member.pk, error)
            LookedUp.objects.update_or_create(member=member, defaults={"at": timezone.now() - EVERY + RETRY})
