"""What happens by itself: each job apart, so that one that fails or hangs stops no other."""

import logging
import signal
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.scheduling import publish_scheduled
from core.seams import PeriodicJob

logger = logging.getLogger(__name__)


class PeriodicRun(models.Model):
    """When a job began, when it last succeeded, and why it failed since. Its row is the lock between machines."""

    name = models.CharField(_("job"), max_length=100, unique=True)
    running_since = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(_("last success"), null=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")
        ordering = ["name"]

    def __str__(self):
        return self.name


class JobTimeout(Exception):
    """A job took longer than its limit."""


@contextmanager
def time_limit(limit: timedelta):
    """Raise `JobTimeout` in the block after that long. For the main thread, where signals arrive."""

    def stop(signum, frame):
        raise JobTimeout(f"stopped after {limit.total_seconds():.0f} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit.total_seconds())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def claim(job: PeriodicJob) -> bool:
    """Whether it is ours to run: no other process is at it, or the one that was has died."""
    PeriodicRun.objects.get_or_create(name=job.name)
    died = timezone.now() - 2 * job.time_limit
    free = Q(running_since=None) | Q(running_since__lt=died)
    return bool(PeriodicRun.objects.filter(free, name=job.name).update(running_since=timezone.now()))


def run(job: PeriodicJob) -> bool:
    """Run it within its limit unless it runs elsewhere; return whether it succeeded or had not to be run."""
    if not claim(job):
        return True
    try:
        with time_limit(job.time_limit):
            job.run()
        outcome = {"error": "", "succeeded_at": timezone.now()}
    except Exception as error:
        logger.exception("periodic job %s", job.name)
        outcome = {"error": repr(error)[:2000]}
    PeriodicRun.objects.filter(name=job.name).update(running_since=None, **outcome)
    return not outcome["error"]


def own_jobs() -> list[PeriodicJob]:
    """Those of Wagtail, Django and the queue."""
    jobs = [
        PeriodicJob("scheduled publishing and expiry", publish_scheduled, order=0),
        PeriodicJob("old sessions", lambda: call_command("clearsessions")),
    ]
    if "Database" in settings.TASKS["default"]["BACKEND"]:
        # The text of the mails sent is among them.
        jobs.append(PeriodicJob("old results of tasks", lambda: call_command("prune_db_task_results")))
    return jobs
