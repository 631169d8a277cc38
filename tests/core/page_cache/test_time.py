"""What time alone makes wrong is made again: at midnight in Paris, and when a page expires."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from tests.core.page_cache.test_changes import assert_fresh
from tests.factories import ArticlePageFactory, EventPageFactory, MemberPageFactory
from tests.visits import commit, is_kept, visit

pytestmark = pytest.mark.django_db

EVENING = datetime(2027, 3, 10, 21, 30, tzinfo=UTC)  # half past ten in Paris
ADDRESSES = [
    *("/", "/actualites/", "/videos/", "/agenda/", "/annuaire/", "/plan-du-site/", "/agenda/ical/"),
    *("/actualites/rss/", "/actualites/atom/", "/sitemap-pages.xml", "/recherche/?q=fête"),
]


@pytest.fixture
def in_the_evening(north, portal):
    with travel(EVENING, tick=False) as clock:
        today = timezone.localdate()
        for number, title in enumerate(("Fête de ce soir", "Fête de demain", "Fête d’hier")):
            day = today + timedelta(days=(0, 1, -1)[number])
            EventPageFactory(parent=north.agenda, title=title, starts_on=day, ends_on=day)
        MemberPageFactory(parent=north.directory, title="Adhère jusqu’à ce soir", until=today)
        ArticlePageFactory(
            parent=north.index, title="Expire dans dix minutes", expire_at=EVENING + timedelta(minutes=10)
        )
        commit()
        yield clock


def all_addresses(north, portal):
    return [(north.site.hostname, address) for address in ADDRESSES] + [
        (portal.hostname, address) for address in ("/", "/agenda/", "/annuaire/")
    ]


@pytest.mark.parametrize(
    "later",
    [
        *(timedelta(minutes=minutes) for minutes in (9, 11, 89, 91)),
        *(timedelta(days=days, hours=2) for days in (1, 40)),
    ],
    ids=str,
)
def test_every_list_block_and_feed_is_that_of_the_hour(in_the_evening, north, portal, later):
    for host, address in all_addresses(north, portal):
        visit(host, address)
    in_the_evening.shift(later)
    for host, address in all_addresses(north, portal):
        assert_fresh(host, address)


def test_until_then_it_is_kept(in_the_evening, north):
    visit(north.site.hostname, "/agenda/")
    in_the_evening.shift(timedelta(minutes=9))
    assert is_kept(visit(north.site.hostname, "/agenda/"))
    in_the_evening.shift(timedelta(minutes=2))
    assert not is_kept(visit(north.site.hostname, "/agenda/"))


def test_a_page_that_expires_is_gone_on_the_minute(in_the_evening, north):
    address = "/actualites/expire-dans-dix-minutes/"
    assert visit(north.site.hostname, address).status_code == 200
    in_the_evening.shift(timedelta(minutes=10, seconds=1))
    assert visit(north.site.hostname, address).status_code == 404


def test_a_clock_that_is_set_back_brings_nothing_of_the_morrow(in_the_evening, north):
    in_the_evening.shift(timedelta(hours=3))
    visit(north.site.hostname, "/agenda/")
    in_the_evening.shift(timedelta(hours=-3))
    assert not is_kept(visit(north.site.hostname, "/agenda/"))
    assert_fresh(north.site.hostname, "/agenda/")


def test_what_is_not_found_is_not_found_for_a_minute(in_the_evening, north):
    visit(north.site.hostname, "/pas-encore/")
    assert is_kept(visit(north.site.hostname, "/pas-encore/"))
    in_the_evening.shift(timedelta(seconds=61))
    assert not is_kept(visit(north.site.hostname, "/pas-encore/"))
