"""The numbers: in files for one machine, in Redis for several; right when processes are killed and Redis goes away."""

import multiprocessing
import os
import shutil
import socket
import subprocess
import time

import pytest
import redis
from django.db import transaction

from core.page_cache import generations as module
from core.page_cache.changes import changed, changing, end_left_over
from core.page_cache.generations import NETWORK, FileGenerations, RedisGenerations
from core.page_cache.owed import OwedMove
from tests.servers import free_port
from tests.visits import commit, is_kept, visit

pytestmark = pytest.mark.django_db

SITE = "site-1"


class OwnRedis:
    """A server of this test run, which may be killed; it writes down what it is told, as installs have it."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--appendonly", "yes", "--appendfsync", "always"],
            cwd=self.folder, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(100):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory):
    if not shutil.which("redis-server"):
        missing = pytest.fail if os.environ.get("REQUIRE_ALL_LAYERS") else pytest.skip
        missing("redis-server is not installed: the page cache of several machines is tried with one of its own")
    server = OwnRedis(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def running_redis(redis_server):
    if redis_server.process.poll() is not None:
        redis_server.start()
    return redis_server


@pytest.fixture(params=["files", "redis"])
def numbers(request, tmp_path):
    if request.param == "files":
        return FileGenerations(tmp_path / "generations")
    found = RedisGenerations(request.getfixturevalue("running_redis").url)
    found.client.flushdb()
    return found


def test_a_number_stands_until_it_is_moved_and_never_comes_back(numbers):
    seen = set()
    for _ in range(50):
        number = numbers.read([SITE])
        assert numbers.read([SITE]) == number
        assert number not in seen
        seen.add(number)
        numbers.move([SITE])
    assert numbers.read([NETWORK]) == numbers.read([NETWORK])


def test_there_is_no_number_while_somebody_changes_something(numbers):
    first, second = numbers.mark(SITE), numbers.mark(SITE)
    assert numbers.read([SITE]) is None
    assert numbers.read([NETWORK]) is not None
    numbers.move([SITE])
    first.take_off()
    assert numbers.read([SITE]) is None
    second.take_off()
    assert numbers.read([SITE]) is not None


def test_a_folder_that_vanishes_while_pages_are_served_stops_no_page(tmp_path):
    numbers = FileGenerations(tmp_path / "generations")
    before = numbers.read([SITE])
    shutil.rmtree(tmp_path / "generations")
    assert numbers.read([SITE]) is None
    assert numbers.read([SITE]) not in (None, before)


def test_a_folder_that_somebody_emptied_does_not_make_old_copies_right(tmp_path):
    numbers = FileGenerations(tmp_path / "generations")
    before = [numbers.read([SITE])]
    for _ in range(5):
        shutil.rmtree(tmp_path / "generations")
        again = FileGenerations(tmp_path / "generations").read([SITE])
        assert again not in before
        before.append(again)


def mark_and_wait(folder, marked):
    mark = FileGenerations(folder).mark(SITE)
    marked.set()
    time.sleep(60)
    mark.take_off()


def test_who_is_killed_before_saying_what_changed_makes_every_page_new(tmp_path):
    numbers = FileGenerations(tmp_path / "generations")
    before = numbers.read([NETWORK])
    processes = multiprocessing.get_context("fork")
    marked = processes.Event()
    writer = processes.Process(target=mark_and_wait, args=[numbers.folder, marked])
    writer.start()
    assert marked.wait(10)
    assert numbers.read([SITE]) is None
    writer.kill()
    writer.join()
    assert numbers.read([SITE]) is None  # what was read before is not to be trusted
    assert numbers.read([SITE]) is not None
    assert numbers.read([NETWORK]) != before


def test_a_mark_in_redis_that_nobody_takes_off_is_buried_after_a_while(running_redis, monkeypatch):
    numbers = RedisGenerations(running_redis.url)
    numbers.client.flushdb()
    before = numbers.read([NETWORK])
    numbers.mark(SITE)
    assert numbers.read([SITE]) is None
    monkeypatch.setattr(RedisGenerations, "MARK_SECONDS", -1)
    assert numbers.read([SITE]) is None
    assert numbers.read([SITE]) is not None
    assert numbers.read([NETWORK]) != before


@pytest.fixture
def with_redis(running_redis, settings, monkeypatch):
    settings.PAGE_CACHE_REDIS_URL = running_redis.url
    module.generations.cache_clear()
    module.generations().client.flushdb()
    yield running_redis
    module.generations.cache_clear()


def test_pages_are_kept_in_redis(with_redis, north):
    host = north.site.hostname
    visit(host, "/")
    assert is_kept(visit(host, "/"))
    changed({NETWORK})
    assert not is_kept(visit(host, "/"))
    commit()
    visit(host, "/")
    assert is_kept(visit(host, "/"))


def test_a_redis_that_takes_no_writes_answers_nobody_with_what_was(with_redis, north):
    host = north.site.hostname
    visit(host, "/")
    client = module.generations().client
    client.replicaof("127.0.0.1", "1")  # as after a failover: it may only be read
    try:
        changed({NETWORK})
        commit()
        assert OwedMove.objects.exists()
        module.generations().away_until = module.generations().next_look = 0
        for _ in range(2):
            assert not is_kept(visit(host, "/"))
    finally:
        client.replicaof("NO", "ONE")
    module.generations().away_until = 0
    assert not is_kept(visit(host, "/"))
    assert not OwedMove.objects.exists()


def test_a_redis_that_begins_again_with_old_numbers_makes_every_page_new(with_redis, north):
    host = north.site.hostname
    visit(host, "/")
    assert is_kept(visit(host, "/"))
    before = module.generations().read([NETWORK])
    with_redis.stop()
    with_redis.start()
    module.generations().away_until = 0
    assert module.generations().read([NETWORK]) != before
    assert not is_kept(visit(host, "/"))


def test_without_redis_pages_are_made_and_changes_are_written_down(with_redis, north):
    host = north.site.hostname
    visit(host, "/")
    with_redis.stop()
    for _ in range(2):
        answer = visit(host, "/")
        assert answer.status_code == 200
        assert not is_kept(answer)
    changed({NETWORK})
    commit()
    assert OwedMove.objects.count() == 1

    with_redis.start()
    module.generations().away_until = 0
    assert not is_kept(visit(host, "/")), "what was kept before is older than the change"
    assert OwedMove.objects.count() == 0
    visit(host, "/")
    assert is_kept(visit(host, "/"))


def test_what_is_owed_waits_for_redis(with_redis, north):
    with_redis.stop()
    changed({NETWORK})
    commit()
    with pytest.raises(redis.RedisError):
        module.generations().pay_owed()
    assert OwedMove.objects.count() == 1


def test_a_row_written_outside_a_transaction_is_marked_before(north, monkeypatch):
    """It is on line at once, and who writes it may be killed before saying so."""
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    changing({NETWORK})
    assert module.generations().read([NETWORK]) is None
    end_left_over()  # an error kept it from being written
    assert module.generations().read([NETWORK]) is not None
