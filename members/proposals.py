"""What somebody says of a profile that is not theirs to change: the organisation itself, a register.

The pôle reads the difference, and accepts or sets it aside.
"""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.changing import is_under_review, mark_verified, publish_values
from members.columns import BY_KEY
from members.page import MemberPage
from members.profile import read_row, row_of


class ProposalQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_at__isnull=True)

    def in_directory(self, directory):
        return self.filter(member__path__startswith=directory.path, member__depth__gt=directory.depth)


class Proposal(models.Model):
    class Origin(models.TextChoices):
        ORGANISATION = "organisation", _("the organisation itself")
        REGISTER = "register", _("a public register")

    member = models.ForeignKey(MemberPage, on_delete=models.CASCADE, related_name="proposals")
    origin = models.CharField(_("from"), max_length=12, choices=Origin.choices)
    texts = models.JSONField(default=dict)  # column → what the profile should say
    message = models.TextField(_("message"), blank=True, max_length=2000)
    sender = models.EmailField(_("e-mail address"), blank=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted = models.BooleanField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["created_at"]

    def __str__(self):
        return f"{self.member} ({self.get_origin_display()})"

    def differences(self) -> list[dict]:
        """Column by column, what the profile says today and what it should say."""
        before = row_of(self.member)
        return [
            {"label": BY_KEY[key].label, "before": before[key], "after": text}
            for key, text in self.texts.items()
            if key in BY_KEY and before[key] != text
        ]

    @transaction.atomic
    def accept(self, user) -> bool:
        """Publish what it says; False where somebody decided meanwhile, or what it says is no longer acceptable."""
        values, errors = read_row({key: text for key, text in self.texts.items() if key in BY_KEY})
        if errors or is_under_review(self.member) or not self.decide(user, accepted=True):
            return False
        if values:
            publish_values(self.member, values, user)
        if self.origin == self.Origin.ORGANISATION:
            mark_verified(MemberPage.objects.get(pk=self.member_id), timezone.localdate(self.created_at))
        return True

    def decide(self, user, *, accepted: bool) -> bool:
        """Close it, once."""
        waiting = Proposal.objects.waiting().filter(pk=self.pk)
        return bool(waiting.update(decided_at=timezone.now(), decided_by=user, accepted=accepted))
