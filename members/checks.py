"""The yearly check: each organisation receives a link to its own sheet, corrects it or says that it is right."""

from datetime import timedelta

from django.core import signing
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from core.models import SiteIdentity
from members.changing import mark_verified
from members.page import MemberPage
from members.proposals import Proposal

GOOD_FOR = timedelta(days=60)
A_YEAR = timedelta(days=365)
SALT = "members.check"


def new_nonce() -> str:
    return get_random_string(16)


class CheckQuerySet(models.QuerySet):
    def open(self):
        """Sent, and without an answer yet."""
        return self.filter(answered_at__isnull=True)


class Check(models.Model):
    """One question to one organisation: there is one open at most for a sheet."""

    member = models.ForeignKey(MemberPage, on_delete=models.CASCADE, related_name="checks")
    nonce = models.CharField(max_length=16, default=new_nonce)  # a new one makes the links sent before worthless
    email = models.EmailField(gettext_lazy("e-mail address"))
    sent_at = models.DateTimeField(gettext_lazy("sent"), default=timezone.now)
    answered_at = models.DateTimeField(gettext_lazy("answered"), null=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("yearly check")
        verbose_name_plural = gettext_lazy("yearly checks")
        ordering = ["sent_at"]

    def __str__(self):
        return self.email

    @property
    def expires_at(self):
        return self.sent_at + GOOD_FOR

    @property
    def is_expired(self) -> bool:
        return timezone.now() > self.expires_at

    @property
    def token(self) -> str:
        return signing.dumps([self.pk, self.nonce], salt=SALT)

    def send(self) -> None:
        site = self.member.get_site()
        identity = SiteIdentity.for_site(site)
        context = {
            "member": self.member,
            "identity": identity,
            "check": self,
        }
        reply_to = [identity.email] if identity.email else []
        with translation.override(self.member.locale.language_code):  # not that of the editor
            context["url"] = site.root_url + reverse("check_member", args=[self.token])
            EmailMessage(
                _("%(pole)s: is your sheet in our directory still right?") % {"pole": identity.name},
                render_to_string("members/mail/check.txt", context),
                None,
                [self.email],
                reply_to=reply_to,
            ).send()

    @transaction.atomic
    def answer(self, texts: dict[str, str]) -> Proposal | None:
        """Close it: with what should change, for the pôle to accept, or with nothing, and the sheet is verified.

        Raises `LookupError` where it was answered meanwhile.
        """
        if not Check.objects.open().filter(pk=self.pk, nonce=self.nonce).update(answered_at=timezone.now()):
            raise LookupError
        if texts:
            return Proposal.objects.create(
                member=self.member, origin=Proposal.Origin.ORGANISATION, texts=texts, sender=self.email
            )
        mark_verified(self.member, timezone.localdate())
        return None


def check_of(token: str) -> Check | None:
    """The check that this link stands for, answered or not; None where the link was never sent, or replaced since."""
    try:
        pk, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    check = Check.objects.filter(pk=pk, nonce=nonce).select_related("member").first()
    # Who has an address that the sheet had before no longer speaks for it.
    return check if check and (check.answered_at or check.email == check.member.email) else None


def due(directory):
    """The sheets on line, of organisations still tied to the pôle, that nobody verified for a year."""
    limit = timezone.localdate() - A_YEAR
    old = Q(verified_on__isnull=True) | Q(verified_on__lt=limit)
    return MemberPage.objects.in_directory(directory).live().current().filter(old).by_name()


def to_ask(directory):
    """Those of them that have an address, were not asked in the last two months, and whose answer does not wait."""
    lately = timezone.now() - GOOD_FOR
    asked = Check.objects.filter(sent_at__gt=lately).values("member")
    answered = Proposal.objects.waiting().filter(origin=Proposal.Origin.ORGANISATION).values("member")
    return due(directory).exclude(email="").exclude(pk__in=asked).exclude(pk__in=answered)


@transaction.atomic
def ask_all(directory, keys: set[str]) -> int:
    """Send the link to those of `keys` that are to be asked; return how many there were. A second click asks nobody."""
    Page.objects.select_for_update().get(pk=directory.pk)  # two people at once: one after the other
    members = [member for member in to_ask(directory) if str(member.pk) in keys]
    for member in members:
        ask(member)
    return len(members)


@transaction.atomic
def ask(member: MemberPage) -> Check:
    """Send the link, a new one where one was sent already."""
    check = member.checks.open().first() or Check(member=member)
    check.email, check.nonce, check.sent_at = member.email, new_nonce(), timezone.now()
    check.save()
    check.send()
    return check
