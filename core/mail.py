"""The one way out of mails."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation


def send_mail(
    template: str,
    to: str | Sequence[str],
    context: Mapping,
    *,
    language: str = "",
    reply_to: str = "",
    at_once: bool = False,
) -> None:
    """Send `<template>.txt` under the subject `<template>_subject.txt`, in `language` (the site's main one, if empty).

    The language is never that of whoever caused the mail. It leaves by the task queue; `at_once`, for a task of its
    own, it leaves now, and what the mail server refuses is raised.
    """
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = render_to_string(f"{template}_subject.txt", context)
        body = render_to_string(f"{template}.txt", context)
    # A title may hold a line break, a header may not.
    recipients = [to] if isinstance(to, str) else list(to)
    connection = get_connection(settings.DELIVERY_EMAIL_BACKEND) if at_once else None
    answer_to = [reply_to] if reply_to else []
    EmailMessage(" ".join(subject.split()), body, None, recipients, reply_to=answer_to, connection=connection).send()
