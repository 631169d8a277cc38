"""What public services know better than a profile: never written on it, but made a task for the pôle."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.fetcher import FetchError
from core.lookups import provider
from core.words import fold
from members.page import MemberPage
from members.profile import row_of
from members.proposals import Proposal

EVERY = timedelta(days=90)
AT_ONCE = 25
RETRY = timedelta(hours=6)

logger = logging.getLogger(__name__)


class LookedUp(models.Model):
    """When a profile was last looked up, so that each is in its turn."""

    member = models.OneToOneField(MemberPage, on_delete=models.CASCADE, related_name="looked_up")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.member} ({self.at:%Y-%m-%d})"


def look_up(member: MemberPage) -> Proposal | None:
    """Ask the providers that are set about one profile; what they know better becomes a task, once."""
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
