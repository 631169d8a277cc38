"""Mail leaves by the task queue: a slow mail server neither holds a page up nor tells by it who has an account."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django_tasks import task


@task()
def deliver(message: dict) -> None:
    alternatives = message.pop("alternatives")
    email = EmailMultiAlternatives(**message, connection=get_connection(settings.DELIVERY_EMAIL_BACKEND))
    for content, mimetype in alternatives:
        email.attach_alternative(content, mimetype)
    email.send()


class QueueBackend(BaseEmailBackend):
    """What Django, Wagtail, allauth and this product send, each message as one task, once the change is saved."""

    def send_messages(self, messages):
        for message in messages:
            if message.attachments or message.content_subtype != "plain":
                raise ValueError("The queue carries text with alternatives; attach nothing.")
            content = {
                "subject": message.subject,
                "body": message.body,
                "from_email": message.from_email,
                "to": list(message.to),
                "cc": list(message.cc),
                "bcc": list(message.bcc),
                "reply_to": list(message.reply_to),
                "headers": dict(message.extra_headers),
                "alternatives": [list(part) for part in getattr(message, "alternatives", [])],
            }
            transaction.on_commit(lambda content=content: deliver.enqueue(content))
        return len(messages)
