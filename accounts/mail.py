"""Mail, sent by the task queue: a slow mail server neither holds a page up nor tells by it who has an account."""

from django.core.mail import EmailMessage
from django_tasks import task


@task()
def send(subject: str, body: str, recipients: list[str]) -> None:
    for recipient in recipients:  # each in their own mail: nobody reads who else received it
        EmailMessage(subject, body, to=[recipient]).send()


def enqueue(subject: str, body: str, recipients: list[str]) -> None:
    """Send that mail to each of the addresses, after the transaction at hand."""
    if recipients:
        send.enqueue(subject, body, recipients)
