"""Two pôles in every test: a rule that holds on one site alone proves nothing here."""

import gc
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Collection, Page, Site

from articles.models import ArticleIndexPage
from core.models import SiteIdentity
from core.page_cache.generations import NETWORK, generations
from events.models import EventIndexPage
from members.models import MemberIndexPage
from poles import roles
from poles.registry import Pole
from tests import databases, unsignalled
from tests.factories import PASSWORD, UserFactory
from videos.models import VideoIndexPage

EDITOR_HOST = databases.EDITOR_HOST


def pytest_sessionstart():
    """What is imported stays to the end: looking for garbage in it again and again costs a seventh of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def member_of(group: Group):
    """A new user in that group."""
    user = UserFactory()
    user.groups.add(group)
    return user


def add_second_factor(user) -> str:
    """An authenticator app for that account; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def editor_client(user) -> Client:
    client = Client(SERVER_NAME=EDITOR_HOST)
    assert client.login(username=user.email, password=PASSWORD)
    return client


@dataclass
class PoleUnderTest:
    """A pôle with the people and browsers that tests need of it."""

    pole: Pole

    @cached_property
    def site(self) -> Site:
        return self.pole.site

    @cached_property
    def home(self) -> Page:
        return self.site.root_page.specific

    @cached_property
    def index(self) -> ArticleIndexPage:
        return ArticleIndexPage.objects.child_of(self.home).get()

    @cached_property
    def video_index(self) -> VideoIndexPage:
        return VideoIndexPage.objects.child_of(self.home).get()

    @cached_property
    def agenda(self) -> EventIndexPage:
        return EventIndexPage.objects.child_of(self.home).get()

    @cached_property
    def directory(self) -> MemberIndexPage:
        return MemberIndexPage.objects.child_of(self.home).get()

    @cached_property
    def identity(self) -> SiteIdentity:
        return SiteIdentity.for_site(self.site)

    @cached_property
    def collection(self) -> Collection:
        return self.pole.collection

    @cached_property
    def visitor(self) -> Client:
        return Client(SERVER_NAME=self.site.hostname)

    @cached_property
    def writer(self):
        return member_of(self.pole.writers)

    @cached_property
    def publisher(self):
        return member_of(self.pole.publishers)

    @cached_property
    def writer_client(self) -> Client:
        return editor_client(self.writer)

    @cached_property
    def publisher_client(self) -> Client:
        return editor_client(self.publisher)


@pytest.fixture(scope="session")
def run_folder(request, tmp_path_factory) -> Path:
    """What all the processes of this run share (tests/databases.py)."""
    if given := os.environ.get(databases.VARIABLE):
        return Path(given)
    own = tmp_path_factory.getbasetemp()
    return own.parent if hasattr(request.config, "workerinput") else own


@pytest.fixture(scope="session")
def django_db_setup(run_folder, django_test_environment, django_db_blocker):
    """The network is part of every test database, as an install's is."""
    original = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.give_to_this_process(run_folder, os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    yield
    with django_db_blocker.unblock():
        databases.take_from_this_process(original)


@pytest.fixture(scope="session", autouse=True)
def _watch_what_is_written_without_a_signal():
    unsignalled.watch()


@pytest.fixture(scope="module")
def kept_for_the_module(django_db_setup, django_db_blocker):
    """A transaction around those of the tests: what is written in it is found by each of them, and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def cold_cache():
    cache.clear()
    generations().move([NETWORK])  # what another test's settings made


@pytest.fixture
def north(db) -> PoleUnderTest:
    return PoleUnderTest(Pole.objects.get(pays__slug="saint-malo"))


@pytest.fixture
def south(db) -> PoleUnderTest:
    return PoleUnderTest(Pole.objects.get(pays__slug="vannes"))


@pytest.fixture
def portal(db) -> Site:
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def portal_visitor(portal) -> Client:
    return Client(SERVER_NAME=EDITOR_HOST)


@pytest.fixture
def network_admin(db):
    admin = member_of(Group.objects.get(name=roles.RESEAU.label))
    add_second_factor(admin)
    return admin


@pytest.fixture
def network_client(network_admin) -> Client:
    return editor_client(network_admin)


@pytest.fixture(scope="session")
def ical_js():
    from tests.events.calendars import IcalJs

    reader = IcalJs()
    yield reader
    reader.close()


def pytest_terminal_summary(terminalreporter):
    """At the end of the run: how many questions the proof of isolation asked (tests/isolation)."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    asked = sum(value for report in reports for name, value in report.user_properties if name == "isolation")
    if asked:
        terminalreporter.write_line(f"Isolation: {asked} questions asked (address × verb × role).")
