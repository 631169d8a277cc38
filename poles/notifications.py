"""Mail about moderation: to whoever may publish the page that waits; what follows goes to its author, by Wagtail."""

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Page
from wagtail.signals import task_rejected, task_submitted
from wagtail.users.models import UserProfile

from core.isolation.visibility import publishers_at
from core.mail import send_mail
from core.querysets import HOME_LENGTH
from poles.moderation import PublisherApprovalTask

AGAIN_AFTER = 10 * 60  # seconds: a page sent, withdrawn and sent again is one piece of news


def news_of(page: Page) -> str:
    return f"told-of-moderation-{page.pk}"


def publishers_of(page: Page):
    """Those who may publish that page by their pôle's group: the network is not told of every article."""
    above = [page.path[:length] for length in range(HOME_LENGTH, len(page.path) + 1, page.steplen)]
    return publishers_at(above)


def wants_to_know(user) -> bool:
    return UserProfile.get_for_user(user).submitted_notifications


def on_task_submitted(sender, instance, user=None, **kwargs):
    page = instance.workflow_state.content_object
    if not isinstance(instance.task.specific, PublisherApprovalTask) or not isinstance(page, Page):
        return
    if not cache.add(news_of(page), True, AGAIN_AFTER):
        return
    url = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
    context = {"author": user, "url": url, "title": page.draft_title or page.title}
    for publisher in publishers_of(page):
        if (user is None or publisher.pk != user.pk) and wants_to_know(publisher):
            send_mail("poles/mail/to_review", publisher.email, context)


def on_task_rejected(sender, instance, **kwargs):
    """Changes were asked for: the page's next submission is news again."""
    cache.delete(news_of(instance.workflow_state.content_object))


def connect() -> None:
    task_rejected.connect(on_task_rejected, dispatch_uid="poles.notifications.rejected")
    task_submitted.connect(on_task_submitted, dispatch_uid="poles.notifications")
