"""Who committed to which version of the charter."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model_string

from commons.charter import Charter
from core.identity import SiteIdentity, SiteState
from poles.audit import Action, record
from poles.registry import Pole


class SignatureQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_on__isnull=True)

    def of(self, charter: Charter):
        """Those of that version, in whatever language it is read."""
        return self.filter(charter__translation_key=charter.translation_key)

    def public(self):
        """Those that stand, of pôles whose site is open."""
        open_sites = SiteIdentity.objects.filter(state=SiteState.OPEN).values("site")
        return self.standing().filter(pole__site__in=open_sites)


class Signature(models.Model):
    """A pôle commits to a version of the charter; it may withdraw, and says why."""

    pole = models.ForeignKey(Pole, on_delete=models.CASCADE, related_name="signatures")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="signatures")  # in the main language
    signed_on = models.DateField(gettext_lazy("signed on"))
    document = models.ForeignKey(
        get_document_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_on = models.DateField(null=True)
    reason = models.CharField(gettext_lazy("reason"), max_length=300, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("signature of the charter")
        verbose_name_plural = gettext_lazy("signatures of the charter")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pole", "charter"], condition=models.Q(withdrawn_on__isnull=True), name="signed_once"
            )
        ]

    def __str__(self):
        return _("%(pole)s, on %(charter)s") % {"pole": self.pole, "charter": self.charter}


def charter_to_sign() -> Charter | None:
    """The version in force, as it was written."""
    return Charter.objects.adopted().filter(locale__language_code=settings.LANGUAGE_CODE).first()


def sign(pole: Pole, charter: Charter, *, signed_on, user, document=None) -> Signature:
    """Record that this pôle signed. Raises `ValidationError`, to show, where it may not, or did already."""
    if pole.is_closed:
        raise ValidationError(_("This pôle is closed: it commits to nothing new."))
    if charter != charter_to_sign():
        raise ValidationError(_("Another version came into force meanwhile: read it, then sign that one."))
    try:
        with transaction.atomic():
            signature = Signature.objects.create(
                pole=pole, charter=charter, signed_on=signed_on, recorded_by=user, document=document
            )
    except IntegrityError as error:
        raise ValidationError(_("This version is signed already.")) from error
    record(Action.SIGNED, pole=pole, actor=user, about=charter)
    return signature


def withdraw(signature: Signature, *, reason: str, user) -> None:
    signature.withdrawn_on, signature.reason = timezone.localdate(), reason
    signature.save(update_fields=["withdrawn_on", "reason"])
    said = _("%(charter)s: %(reason)s") % {"charter": signature.charter, "reason": reason}
    record(Action.WITHDREW, pole=signature.pole, actor=user, about=said)
