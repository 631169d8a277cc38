"""What visitors wrote to a site, and what became of it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from core.isolation.visibility import pages_with_permission
from core.seams import MessageKind, brought

KEPT_FOR = timedelta(days=365)  # visitors are told (inbox/_kept.html)


class MessageQuerySet(models.QuerySet):
    def readable_by(self, user):
        """Those of the sites that this person publishes."""
        return self.filter(home__in=pages_with_permission(user, "publish").values("pk"))

    def waiting(self):
        return self.filter(answered_at__isnull=True)

    def not_mailed(self):
        return self.filter(mailed_at__isnull=True)

    def outdated(self):
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class Message(models.Model):
    class AnswerBy(models.TextChoices):
        MAIL = "mail", _("by e-mail")
        PHONE = "phone", _("by telephone")

    home = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")  # of its site, in the main language
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")  # where it was written
    kind = models.CharField(_("kind"), max_length=24)  # one of `message_kinds`
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(pgettext_lazy("inbox", "message"), max_length=4000)
    details = models.JSONField(_("details"), default=list)  # [label, answer] of each other question of the form
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    answer_by = models.CharField(_("answer"), max_length=8, choices=AnswerBy.choices, blank=True)
    recipient = models.EmailField(blank=True)  # whom it is for; "" for the people of the site
    form_key = models.CharField(max_length=40, unique=True)  # of what one form sent: twice, it is one message
    created_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    mailed_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in the care of"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("dealt with"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("inbox", "message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["home", "answered_at", "-created_at"], name="inbox_message_by_site")]

    def __str__(self):
        return self.subject

    @cached_property
    def about_kind(self) -> MessageKind | None:
        """None where the room that received it is no longer installed."""
        return next((kind for kind in brought("message_kinds") if kind.name == self.kind), None)

    @property
    def sender(self) -> str:
        return self.name or self.email or self.phone or str(_("Somebody"))

    @property
    def kept_until(self):
        return self.created_at + KEPT_FOR
