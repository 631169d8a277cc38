"""What happens by itself: each job apart, within a limit, and never twice at once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail import hooks

from core.seams import PeriodicJob
from network.models import PeriodicRun
from network.periodic import run

pytestmark = pytest.mark.django_db


def fail():
    raise RuntimeError("the other server is away")


def hang():
    while True:
        pass


def test_a_job_that_fails_is_told_and_stops_no_other():
    done = []
    jobs = [PeriodicJob("test: fails", fail, order=1), PeriodicJob("test: works", lambda: done.append(1), order=2)]
    with hooks.register_temporarily("periodic_jobs", lambda: jobs), pytest.raises(CommandError, match="test: fails"):
        call_command("periodic")

    failed, worked = (PeriodicRun.objects.get(name=job.name) for job in jobs)
    assert done == [1]
    assert failed.succeeded_at is None and "the other server is away" in failed.error
    assert worked.succeeded_at is not None and worked.error == ""


def test_a_job_that_hangs_is_stopped():
    job = PeriodicJob("test: hangs", hang, time_limit=timedelta(milliseconds=50))

    assert run(job) is False
    assert "stopped after" in PeriodicRun.objects.get(name=job.name).error


def test_a_job_keeps_the_date_of_its_last_success():
    run(PeriodicJob("test", lambda: None))
    before = PeriodicRun.objects.get(name="test").succeeded_at

    run(PeriodicJob("test", fail))

    assert PeriodicRun.objects.get(name="test").succeeded_at == before


def test_a_job_that_another_machine_is_at_is_left_to_it():
    PeriodicRun.objects.create(name="test", running_since=timezone.now())

    assert run(PeriodicJob("test", fail)) is True


def test_a_job_of_a_machine_that_died_is_taken_over():
    PeriodicRun.objects.create(name="test", running_since=timezone.now() - timedelta(hours=1))
    done = []

    run(PeriodicJob("test", lambda: done.append(1)))

    assert done == [1]
    assert PeriodicRun.objects.get(name="test").running_since is None
