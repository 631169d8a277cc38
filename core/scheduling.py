"""What goes on line and off again at its moment: each page for itself, by however many runs at once.

Wagtail's own command (`publish_scheduled`) ends at the first page that cannot be published, and two of them at once
publish the same page twice.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import chain

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision
from wagtail.permissions import policy_registry

from core.seams import Waiting

logger = logging.getLogger(__name__)
LATE = timedelta(minutes=30)  # a periodic run was missed, or the page cannot be published


class NotAllPublished(Exception):
    """Some pages could not go on line, or off; its text names them. The others did."""


def publish_scheduled() -> None:
    """Take off line what has expired and put on line what is due. Raises `NotAllPublished` once all were tried."""
    failed = [*each(expired(), take_off_line), *each(due(), put_on_line)]
    if failed:
        raise NotAllPublished(", ".join(failed))


def expired() -> list[models.Model]:
    snippets = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    over = [kind.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")
            for kind in (Page, *snippets)]  # fmt: skip
    return list(chain.from_iterable(over))


def due() -> list[Revision]:
    return list(Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at"))


def each(things: Iterable[models.Model], do: Callable[[models.Model], None]) -> list[str]:
    """Do it with each, in a transaction of its own, and return the names of those with which it failed."""
    failed = []
    for thing in things:
        try:
            with transaction.atomic():
                # Another run may have done it meanwhile: the second waits for the first here.
                mine = type(thing).objects.select_for_update().filter(pk=thing.pk).first()
                if mine is not None:
                    do(mine)
        except Exception:
            logger.exception("%s, at its moment", thing)
            failed.append(str(thing))
    return failed


def take_off_line(thing) -> None:
    if thing.live and thing.expire_at and thing.expire_at < timezone.now():
        thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def put_on_line(revision: Revision) -> None:
    if revision.approved_go_live_at and revision.approved_go_live_at < timezone.now():
        revision.publish(log_action="wagtail.publish.scheduled")


def late_pages(site, user) -> list[Waiting]:
    """What the dashboard says of pages of the site that should be on line by now, and why they are not."""
    late = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now() - LATE)
    by_page = {int(revision.object_id): revision for revision in late}
    mine = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    pages = mine.filter(path__startswith=site.root_page.path, pk__in=by_page)
    return [
        Waiting(
            _("“%(page)s” should be on line and could not be published. %(why)s")
            % {"page": page.get_admin_display_title(), "why": why_not(by_page[page.pk])},
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            order=5,
        )
        for page in pages
    ]


def why_not(revision: Revision) -> str:
    try:
        revision.as_object().full_clean()
    except ValidationError as error:
        return " ".join(error.messages)
    return _("Publish it by hand.")
