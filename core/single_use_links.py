"""Links sent by mail to people without an account: signed, dated, good once."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def new_nonce() -> str:
    return get_random_string(16)


class SingleUseLinkQuerySet(models.QuerySet):
    def pending(self):
        """Not used; those past their date included, so that they can be sent again."""
        return self.filter(used_at__isnull=True)


class SingleUseLink(models.Model):
    """What one link stands for. A model names its `VALIDITY` and its `SALT`, and sends the `token` in an address."""

    VALIDITY: ClassVar[timedelta]
    SALT: ClassVar[str]

    email = models.EmailField(_("e-mail address"))
    nonce = models.CharField(max_length=16, default=new_nonce)  # a new one makes the links sent before worthless
    sent_at = models.DateTimeField(pgettext_lazy("date", "sent"), default=timezone.now)
    used_at = models.DateTimeField(_("used"), null=True)

    objects = SingleUseLinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.email

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + self.VALIDITY

    @property
    def is_expired(self) -> bool:
        return timezone.now() > self.expires_at

    @property
    def token(self) -> str:
        return signing.dumps([self.pk, self.nonce], salt=self.SALT)

    @classmethod
    def from_token(cls, token: str) -> Self | None:
        """The row of this link, used or not; None where the link was never sent, or replaced since."""
        try:
            pk, nonce = signing.loads(token, salt=cls.SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls.objects.filter(pk=pk, nonce=nonce).first()

    def renew(self) -> None:
        """Save it with a link of its own and a validity that begins now."""
        self.nonce, self.sent_at = new_nonce(), timezone.now()
        self.save()

    def use(self) -> bool:
        """Close it; False where it was used, replaced or deleted meanwhile."""
        pending = type(self).objects.pending().filter(pk=self.pk, nonce=self.nonce)
        return bool(pending.update(used_at=timezone.now()))
