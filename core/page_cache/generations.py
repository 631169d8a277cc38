"""A number for each site, and some for all: they move when what visitors see changes.

A copy of a page is right as long as the numbers are those that it was made with. Asking them is done at every request,
so they stand where that costs least: in files of one folder, whose *length* is the number (a `stat`), or in Redis where
`REDIS_URL` names one, which several machines share.

Between a change and the end of its transaction nobody can say from outside whether it has happened: the scope is
*being changed*, `read()` gives None, and pages are made afresh. The mark that says so outlives a process that is killed
in between; whoever finds it next moves the network's number.
"""

import fcntl
import logging
import os
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import redis
from django.conf import settings

from core.page_cache.owed import OwedMove

logger = logging.getLogger(__name__)

NETWORK = "network"
PORTAL = "portal"  # moves with every site: it lists what all publish
# Of the indexes, which follow a change at their own pace
SEARCH = "search"
REFERENCES = "references"


def of_site(site_id: int) -> str:
    """The scope of that site."""
    return f"site-{site_id}"


class FileGenerations:
    """For the processes of one machine. A number is the length of a file, to which each change appends a byte.

    Lengths only grow, whatever the clock does and however close two changes are; a file that somebody deleted begins
    again at a length of its own.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.changing = folder / "changing"
        self.changing.mkdir(parents=True, exist_ok=True)

    def read(self, scopes: Iterable[str]) -> tuple[str, ...] | None:
        """The numbers of `scopes`; None while one of them is being changed."""
        try:
            if (marks := os.listdir(self.changing)) and self.any_changing(marks, set(scopes)):
                return None
            return tuple(self.number(scope) for scope in scopes)
        except FileNotFoundError:  # somebody emptied the folder
            with suppress(OSError):
                self.changing.mkdir(parents=True, exist_ok=True)
                self.move([NETWORK])
        except OSError:
            logger.exception("page cache: %s", self.folder)
        return None

    def number(self, scope: str) -> str:
        path = f"{self.folder}/{scope}"
        try:
            found = os.stat(path)
        except FileNotFoundError:
            with open(path, "ab") as file:
                file.write(b"." * (1 + secrets.randbelow(5000)))
            found = os.stat(path)
            if scope != NETWORK:  # it may have been longer once
                self.move([NETWORK])
        return f"{found.st_ino}.{found.st_size}"

    def any_changing(self, marks: list[str], scopes: set[str]) -> bool:
        changing = False
        for name in marks:
            if self.was_left_behind(name):
                self.move([NETWORK])
                with suppress(FileNotFoundError):
                    os.unlink(self.changing / name)
                changing = True  # what was read before this is not to be trusted
            elif name.partition("@")[0] in scopes:
                changing = True
        return changing

    def was_left_behind(self, name: str) -> bool:
        """Whether the process that made this mark is gone: the system has let go of its lock."""
        try:
            with open(self.changing / name, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return os.path.exists(self.changing / name)
        except (FileNotFoundError, BlockingIOError):
            return False

    def mark(self, scope: str) -> "FileMark":
        """Say that `scope` is being changed, until the mark is taken off."""
        return FileMark(self.changing, scope)

    def move(self, scopes: Iterable[str]) -> None:
        for scope in scopes:
            self.number(scope)
            with open(f"{self.folder}/{scope}", "ab") as file:
                file.write(b".")


class FileMark:
    """A file with a lock on it, which falls with the process."""

    def __init__(self, folder: Path, scope: str):
        name = f"{scope}@{secrets.token_hex(8)}"
        self.path = folder / name
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder.parent / f"draft-{name}"
        self.file = open(draft, "wb")
        fcntl.flock(self.file, fcntl.LOCK_EX)
        os.rename(draft, self.path)  # nobody ever sees it without its lock

    def take_off(self) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self.path)
        self.file.close()


class RedisGenerations:
    """For the processes of several machines: a number is a random word, `CHANGING` while there are marks.

    What was changed while Redis was away, or took no writes, stands in the database: each process looks there every
    second, and before it believes what a new connection says.
    """

    CHANGING = b"changing"
    PREFIX = "page-cache:generation:"
    MARKS = "page-cache:marks:"
    RUN = "page-cache:run"
    LOOK_SECONDS = 1.0
    MARK_SECONDS = 600  # a transaction that lasts longer is taken for dead

    def __init__(self, url: str):
        self.client = redis.Redis.from_url(
            url, socket_connect_timeout=1, socket_timeout=1, redis_connect_func=self.on_connected
        )
        self.is_connected_anew = False
        self.away_until = 0.0  # it is not asked again for a moment: each time may cost a second
        self.next_look = 0.0
        self.word_of_move = self.client.register_script(
            # KEYS: number, marks; ARGV: mark to take off, new word
            "redis.call('ZREM', KEYS[2], ARGV[1]) "
            "if redis.call('ZCARD', KEYS[2]) > 0 then redis.call('SET', KEYS[1], 'changing') "
            "else redis.call('SET', KEYS[1], ARGV[2]) end"
        )

    def read(self, scopes: Iterable[str]) -> tuple[str, ...] | None:
        """The numbers of `scopes`; None while one of them is being changed, and while Redis is away."""
        scopes = list(scopes)
        names = [self.PREFIX + scope for scope in scopes]
        if time.monotonic() < self.away_until:
            return None
        try:
            found = self.client.mget(names)
            if self.is_connected_anew or time.monotonic() > self.next_look:
                self.next_look = time.monotonic() + self.LOOK_SECONDS
                self.notice_another_run()
                self.pay_owed()
                self.is_connected_anew = False
                found = self.client.mget(names)
            for place, (scope, word) in enumerate(zip(scopes, found, strict=True)):
                if word is None:
                    self.client.set(self.PREFIX + scope, secrets.token_hex(8), nx=True)
                    found[place] = self.client.get(self.PREFIX + scope)
                elif word == self.CHANGING:
                    self.bury_the_dead(scope)
                    return None
        except redis.RedisError as error:
            self.away(error)
            return None
        return None if None in found or self.CHANGING in found else tuple(word.decode() for word in found)

    def away(self, error: redis.RedisError) -> None:
        logger.warning("page cache: Redis does not answer: %s", error)
        self.away_until = time.monotonic() + self.LOOK_SECONDS
        self.next_look = 0.0

    def notice_another_run(self) -> None:
        """A Redis that began again, or another that took its place, may have forgotten the last moves."""
        run = self.client.info("server")["run_id"].encode()
        if self.client.get(self.RUN) != run:
            self.move([NETWORK])
            self.client.set(self.RUN, run)

    def on_connected(self, connection) -> None:
        connection.on_connect()
        self.is_connected_anew = True

    def pay_owed(self) -> None:
        """Make every page new, where something was changed while Redis was away."""
        owed = list(OwedMove.objects.values_list("pk", flat=True))
        if owed:
            self.move([NETWORK])
            OwedMove.objects.filter(pk__in=owed).delete()

    def bury_the_dead(self, scope: str) -> None:
        for mark in self.client.zrangebyscore(self.MARKS + scope, 0, time.time() - self.MARK_SECONDS):
            self.move([NETWORK])
            self.settle(scope, mark)

    def settle(self, scope: str, mark) -> None:
        self.word_of_move(keys=[self.PREFIX + scope, self.MARKS + scope], args=[mark, secrets.token_hex(8)])

    def mark(self, scope: str) -> "RedisMark":
        return RedisMark(self, scope)

    def move(self, scopes: Iterable[str]) -> None:
        for scope in scopes:
            self.settle(scope, "")


class RedisMark:
    def __init__(self, generations: RedisGenerations, scope: str):
        self.generations, self.scope, self.name = generations, scope, secrets.token_hex(8)
        steps = generations.client.pipeline()
        steps.zadd(generations.MARKS + scope, {self.name: time.time()})
        steps.set(generations.PREFIX + scope, generations.CHANGING)
        steps.execute()

    def take_off(self) -> None:
        self.generations.settle(self.scope, self.name)


@lru_cache(maxsize=1)
def generations() -> FileGenerations | RedisGenerations:
    """Those of this install."""
    if settings.PAGE_CACHE_REDIS_URL:
        return RedisGenerations(settings.PAGE_CACHE_REDIS_URL)
    return FileGenerations(Path(settings.PAGE_CACHE_FOLDER) / "generations")
