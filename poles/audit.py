"""The journal: who did what, when. Wagtail keeps what is done to pages and files; this keeps the rest.

Entries are read per pôle, and by the network for all of them. They are forgotten after a year (CNIL, deliberation
2021-122 on logging: six months to a year).
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from poles.registry import Pole

KEPT_FOR = timedelta(days=365)


class Action(models.TextChoices):
    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
    SIGNED_OUT = "signed_out", _("signed out")
    REFUSED = "refused", _("was refused")
    INVITED = "invited", _("invited")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("withdrew the invitation of")
    JOINED = "joined", _("joined")
    ROLE_CHANGED = "role_changed", _("changed the role of")
    REMOVED = "removed", _("removed")
    HANDED_OVER = "handed_over", _("handed over the work of")
    OPENED = "opened", _("opened the pôle")
    RENAMED = "renamed", _("renamed the pôle")
    MOVED = "moved", _("changed the address")
    SUSPENDED = "suspended", _("suspended the site")
    RESUMED = "resumed", _("reopened the site")
    CLOSED = "closed", _("closed the pôle")
    EXPORTED = "exported", _("exported")
    DELETED = "deleted", _("deleted")
    TRASHED = "trashed", _("put in the trash")
    RESTORED = "restored", _("restored")
    SIGNED = "signed", _("signed")
    WITHDREW = "withdrew", _("withdrew the signature of")
    REPLACED = "replaced", _("replaced on all pages")


class AuditEntryQuerySet(models.QuerySet):
    def outdated(self):
        return self.filter(at__lt=timezone.now() - KEPT_FOR)


class AuditEntry(models.Model):
    at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)
    pole = models.ForeignKey(
        Pole, null=True, on_delete=models.CASCADE, related_name="audit_entries"
    )  # None: the network
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = models.CharField(_("who"), max_length=254, blank=True)  # still there when the account is not
    action = models.CharField(_("what"), max_length=24, choices=Action.choices)
    about = models.CharField(_("about"), max_length=300, blank=True)
    address = models.GenericIPAddressField(_("IP address"), null=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.actor_name} {self.get_action_display()} {self.about}".strip()


def record(action: Action, *, pole: Pole | None, actor=None, actor_name="", about="", address=None) -> AuditEntry:
    """Write one line in the journal of that pôle, or of the network where `pole` is None."""
    actor = actor if actor is not None and actor.is_authenticated else None
    return AuditEntry.objects.create(
        action=action,
        pole=pole,
        actor=actor,
        actor_name=(str(actor) if actor else actor_name)[:254],
        about=str(about)[:300],
        address=address,
    )


def record_for_person(action: Action, user, **details) -> None:
    """The same line in the journal of each pôle that person belongs to; in the network's if they belong to none."""
    for pole in Pole.objects.of(user) or [None]:
        record(action, pole=pole, actor=user, **details)
