"""The yearly check: each organisation receives a link to its own profile, corrects it or says that it is right."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.mail import send_mail
from core.models import SiteIdentity
from core.single_use_links import SingleUseLink
from members.changing import mark_verified
from members.page import MemberPage
from members.proposals import Proposal

A_YEAR = timedelta(days=365)


class VerificationRequest(SingleUseLink):
    """One question to one organisation: there is one pending at most for a profile."""

    VALIDITY = timedelta(days=60)
    SALT = "members.verification"

    member = models.ForeignKey(MemberPage, on_delete=models.CASCADE, related_name="verification_requests")

    class Meta:
        verbose_name = _("yearly check")
        verbose_name_plural = _("yearly checks")
        ordering = ["sent_at"]

    @classmethod
    def from_token(cls, token):
        """Also None for who has an address that the profile had before: they no longer speak for it."""
        request = super().from_token(token)
        return request if request and (request.used_at or request.email == request.member.email) else None

    def send(self) -> None:
        """Send the link, in the language of the profile."""
        site = self.member.get_site()
        identity = SiteIdentity.for_site(site)
        context = {
            "member": self.member,
            "identity": identity,
            "verification": self,
            "url": site.root_url + reverse("verify_member", args=[self.token]),
        }
        language = self.member.locale.language_code
        send_mail("members/mail/verification", self.email, context, language=language, reply_to=identity.email)

    @transaction.atomic
    def answer(self, texts: dict[str, str]) -> Proposal | None:
        """Close it: with what should change, for the pôle to accept, or with nothing, and the profile is verified.

        Raises `LookupError` where it was answered meanwhile.
        """
        if not self.use():
            raise LookupError
        if texts:
            return Proposal.objects.create(
                member=self.member, origin=Proposal.Origin.ORGANISATION, texts=texts, sender=self.email
            )
        mark_verified(self.member, timezone.localdate())
        return None


def due(directory):
    """The profiles on line, of organisations still with the pôle, that nobody verified for a year."""
    limit = timezone.localdate() - A_YEAR
    old = Q(verified_on__isnull=True) | Q(verified_on__lt=limit)
    return MemberPage.objects.in_directory(directory).live().current().filter(old).by_name()


def to_ask(directory):
    """Those of them that have an address, were not asked in the last two months, and whose answer does not wait."""
    lately = timezone.now() - VerificationRequest.VALIDITY
    requested = VerificationRequest.objects.filter(sent_at__gt=lately).values("member")
    answered = Proposal.objects.waiting().filter(origin=Proposal.Origin.ORGANISATION).values("member")
    return due(directory).exclude(email="").exclude(pk__in=requested).exclude(pk__in=answered)


@transaction.atomic
def ask_all(directory, keys: set[str]) -> int:
    """Send the link to those of `keys` that are to be asked; return how many there were. A second click asks nobody."""
    Page.objects.select_for_update().get(pk=directory.pk)  # two people at once: one after the other
    members = [member for member in to_ask(directory) if str(member.pk) in keys]
    for member in members:
        ask(member)
    return len(members)


@transaction.atomic
def ask(member: MemberPage) -> VerificationRequest:
    """Send the link, a new one where one was sent already."""
    verification = member.verification_requests.pending().first() or VerificationRequest(member=member)
    verification.email = member.email
    verification.renew()
    verification.send()
    return verification
