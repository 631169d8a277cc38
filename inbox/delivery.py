"""Receiving a message: stored first, mailed after, so that mail being down loses nothing."""

import json
import logging
from datetime import timedelta
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page

from core.identity import SiteIdentity
from core.isolation.visibility import publishers_at
from core.mail import send_mail
from inbox.models import Message

RETRIED_FOR = timedelta(days=3)
logger = logging.getLogger(__name__)


def receive(message: Message) -> None:
    """Keep it, and mail it once. A form that comes twice is one message; one that was corrected in between is two."""
    message.form_key = key_of(message)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if not Message.objects.filter(form_key=message.form_key).exists():
            raise
        return
    transaction.on_commit(partial(deliver.enqueue, message.pk))


def key_of(message: Message) -> str:
    """Of the form that was sent, with what was written in it."""
    own = {"id", "form_key", "created_at"}
    values = {field.attname: getattr(message, field.attname) for field in message._meta.concrete_fields}
    said = {name: value for name, value in values.items() if name not in own}
    return sha256(f"{message.form_key} {json.dumps(said, sort_keys=True)}".encode()).hexdigest()[:40]


@task()
def deliver(key: int) -> bool:
    """Mail the message of that key; False where there is nobody to mail it to, or another process did."""
    message = Message.objects.filter(pk=key).select_related("home__locale", "page__locale").first()
    if message is None:
        return False
    identity = identity_of(message)
    recipients = recipients_of(message, identity)
    if not recipients or not Message.objects.not_mailed().filter(pk=key).update(mailed_at=timezone.now()):
        return False
    kind = message.about_kind
    try:
        send_mail(
            kind.mail_template,
            recipients,
            {
                "message": message,
                "identity": identity,
                "editor_url": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('inbox_message', args=[key])}",
            },
            language=language_of(message),
            reply_to=message.email,
            at_once=True,
        )
    except Exception as error:  # whatever it is, the message is there to be mailed again
        Message.objects.filter(pk=key).update(mailed_at=None)
        logger.warning("message %s could not be mailed: %s", key, error)
        return False
    return True


def language_of(message: Message) -> str:
    """That of the profile that it is for; its site's people read the main one."""
    return message.page.locale.language_code if message.recipient and message.page else ""


def identity_of(message: Message) -> SiteIdentity | None:
    return SiteIdentity.objects.filter(site__root_page=message.home_id).select_related("site").first()


def recipients_of(message: Message, identity: SiteIdentity | None) -> list[str]:
    """Whom it is for; else the address of the site; else those who publish it."""
    if message.recipient:
        return [message.recipient]
    if identity is not None and identity.email:
        return [identity.email]
    return list(publishers_of(message.home).values_list("email", flat=True))


def publishers_of(home: Page):
    """The people of the site of that home page, who publish it; the network's where it has none of its own."""
    own = publishers_at([home.path])
    if not own.exists():  # the portal's people look after the whole network
        own = publishers_at([home.path[: home.steplen]])
    return own.order_by("email")


def deliver_late() -> int:
    """Mail what could not be; returns how many went."""
    since = timezone.now() - RETRIED_FOR
    late = Message.objects.not_mailed().filter(
        created_at__gte=since, created_at__lt=timezone.now() - timedelta(minutes=2)
    )
    return sum(deliver.call(key) for key in late.values_list("pk", flat=True))


def forget_old_messages() -> None:
    Message.objects.outdated().delete()
