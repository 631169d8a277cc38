"""Finished pages: their bytes as they go out, in the memory of a worker and in what all workers share.

Every place that a copy may have is decided by its address: a site has so many places and no more, and what nobody
asks for any longer is written over. Nothing has to be looked for in order to be dropped, and no flood of addresses
pushes out what others read: the parameters of one page share a few places, and addresses without a page share some.
"""

import fcntl
import gzip
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from hashlib import blake2b, sha256
from pathlib import Path

import brotli
import redis
from django.conf import settings
from django.http import HttpResponse
from django.http.response import ResponseHeaders

PAGES = 2048  # places of a site for addresses without parameters
VARIANTS = 16  # places of a page for its parameters, shared by 32 pages
LOCKS = 4096  # files of a site, without content
OTHERS = 256  # places of a site for redirections and for what is not found
MAX_BYTES = 2_000_000
COMPRESSED = ("text/", "application/xml", "application/rss", "application/atom", "application/json",
              "application/geo+json", "image/svg")  # fmt: skip
ZERO_WEIGHT = re.compile(r"\s*q\s*=\s*0(?:\.0*)?\s*")
A_DAY = 24 * 3600
WAIT = 3.0  # seconds for a page that another process is making


@dataclass(frozen=True)
class Place:
    """Where the copy of an address stands. Two addresses may have the same place; the key tells them apart."""

    site: str
    url: str
    key: str
    is_plain: bool = True  # without parameters that are read
    is_other: bool = False  # no page

    @property
    def name(self) -> str:
        if self.is_other:
            return f"other-{digest(self.url, OTHERS)}"
        page = digest(self.url, PAGES)
        return f"page-{page}" if self.is_plain else f"variant-{page // 32}-{digest(self.key, VARIANTS)}"

    @property
    def lock(self) -> str:
        """Of those who would make this page: by all of its address, so that no two pages wait for one another."""
        return str(digest(self.key, LOCKS))

    @classmethod
    def of_page(cls, site: str, url: str, names: list[str] | None, values: tuple) -> "Place":
        return cls(site, url, f"{url} {names} {values}", is_plain=False) if values else cls(site, url, url)

    @classmethod
    def of_other(cls, site: str, url: str) -> "Place":
        return cls(site, url, f"{url} other", is_other=True)


def digest(text: str, places: int) -> int:
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest(), "big") % places


class KeptResponse(HttpResponse):
    """As the one that was kept: where a redirection leads is in `url`, as in Django's own.

    `headers` were checked when they were kept; to check them at each visit would be a third of what a visit costs.
    """

    def __init__(self, body: bytes, status: int, headers: ResponseHeaders):
        super().__init__(body, content_type="", status=status)
        self.headers._store = dict(headers._store)

    @property
    def url(self) -> str:
        return self["Location"]


@dataclass(frozen=True)
class Copy:
    """A finished response. `bodies` is None where it is only known which parameters the address reads."""

    key: str
    numbers: dict[str, str]  # of the scopes that it depends on, as they were before it was made
    made_at: float
    until: float  # when time itself makes it wrong
    names: list[str] | None = ()  # parameters that the address reads; None for all of them
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, bytes] | None = None  # by content coding, the preferred first

    @property
    def size(self) -> int:
        return 1000 + sum(map(len, (self.bodies or {}).values()))

    def is_right(self, numbers: dict[str, str], now: float) -> bool:
        """Whether nothing that it shows has changed. A copy from the future is of a clock that was set back."""
        return self.made_at - 1 <= now < self.until and all(
            numbers.get(scope) == number for scope, number in self.numbers.items()
        )

    def response(self, accepted: str) -> HttpResponse:
        allowed = codings(accepted)
        coding = next((name for name in self.bodies if name in allowed), "identity")
        body = self.identity if coding == "identity" else self.bodies[coding]
        response = KeptResponse(body, self.status, self.checked_headers)
        response.headers["Content-Length"] = str(len(body))
        if coding != "identity":
            response.headers["Content-Encoding"] = coding
        return response

    @cached_property
    def checked_headers(self) -> ResponseHeaders:
        return ResponseHeaders(self.headers)

    @property
    def identity(self) -> bytes:
        """The content without a coding."""
        return self.bodies["identity"] if "identity" in self.bodies else gzip.decompress(self.bodies["gzip"])

    def to_bytes(self) -> bytes:
        """A line of JSON, then the bodies one after the other."""
        described = {kept.name: getattr(self, kept.name) for kept in fields(self) if kept.name != "bodies"}
        bodies = self.bodies or {}
        described["lengths"] = [[name, len(body)] for name, body in bodies.items()]
        return json.dumps(described).encode() + b"\n" + b"".join(bodies.values())

    @classmethod
    def from_bytes(cls, data: bytes) -> "Copy | None":
        """What `to_bytes()` wrote; None for what was cut short, or written by something else."""
        head, _line, rest = data.partition(b"\n")
        try:
            described = json.loads(head)
            bodies, start = {}, 0
            for name, length in described.pop("lengths"):
                bodies[name] = rest[start : start + length]
                start += length
            return cls(**described, bodies=bodies or None) if start == len(rest) else None
        except (ValueError, TypeError, KeyError, AttributeError):
            return None


@lru_cache(maxsize=512)
def codings(accepted: str) -> frozenset[str]:
    """The content codings that an `Accept-Encoding` header lets in (RFC 9110, section 12.5.3)."""
    found = set()
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        if not ZERO_WEIGHT.fullmatch(weight):
            found.add(name.strip())
    return frozenset(found)


def bodies_of(content: bytes, content_type: str) -> dict[str, bytes]:
    """The content in each coding that is worth it, the shortest first."""
    if len(content) < 300 or not content_type.startswith(COMPRESSED):
        return {"identity": content}
    return {"br": brotli.compress(content, quality=5), "gzip": gzip.compress(content, 6, mtime=0)}


class MemoryCopies:
    """Those that a worker used last, within so many bytes."""

    def __init__(self, most_bytes: int):
        self.most_bytes, self.bytes = most_bytes, 0
        self.copies: OrderedDict[str, Copy] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, place: Place) -> Copy | None:
        with self.lock:
            found = self.copies.get(place.key)
            if found is not None:
                self.copies.move_to_end(place.key)
            return found

    def keep(self, place: Place, copy: Copy) -> None:
        with self.lock:
            self._drop(place.key)
            self.copies[place.key] = copy
            self.bytes += copy.size
            while self.bytes > self.most_bytes and len(self.copies) > 1:
                self._drop(next(iter(self.copies)))

    def _drop(self, key: str) -> None:
        if dropped := self.copies.pop(key, None):
            self.bytes -= dropped.size


class FileCopies:
    """In a folder that the processes of one machine share."""

    def __init__(self, folder: Path):
        self.folder = folder

    def read(self, place: Place) -> bytes | None:
        try:
            with open(f"{self.folder}/{place.site}/{place.name}", "rb") as file:
                return file.read()
        except OSError:
            return None

    def write(self, place: Place, data: bytes) -> None:
        folder = self.folder / place.site
        draft = folder / f"draft-{secrets.token_hex(8)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            os.replace(draft, folder / place.name)
        except OSError:  # a full disk, say: the page is made again next time
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    @contextmanager
    def only_one(self, place: Place) -> Iterator[bool]:
        """Holds off the others that would make the same page; gives whether somebody was waited for."""
        try:
            folder = self.folder / place.site / "locks"
            folder.mkdir(parents=True, exist_ok=True)
            file = open(folder / place.lock, "wb")
        except OSError:
            yield False
            return
        with file:
            until, waited = time.monotonic() + WAIT, False
            while time.monotonic() < until:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    waited = True
                    time.sleep(0.01)
            yield waited


class RedisCopies:
    """In Redis, for several machines."""

    SECONDS = 2 * A_DAY  # no copy outlives a midnight

    def __init__(self, url: str, release: str):
        self.client = redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1)
        self.prefix = f"page-cache:copies:{release}"

    def read(self, place: Place) -> bytes | None:
        with suppress(redis.RedisError):
            return self.client.get(f"{self.prefix}:{place.site}:{place.name}")
        return None

    def write(self, place: Place, data: bytes) -> None:
        with suppress(redis.RedisError):
            self.client.set(f"{self.prefix}:{place.site}:{place.name}", data, ex=self.SECONDS)

    @contextmanager
    def only_one(self, place: Place) -> Iterator[bool]:
        lock, mine = f"{self.prefix}:lock:{place.site}:{place.lock}", secrets.token_hex(8)
        until, waited = time.monotonic() + WAIT, False
        held = False
        with suppress(redis.RedisError):
            while not (held := bool(self.client.set(lock, mine, nx=True, ex=10))) and time.monotonic() < until:
                waited = True
                time.sleep(0.02)
        try:
            yield waited
        finally:
            with suppress(redis.RedisError):
                if held and self.client.get(lock) == mine.encode():
                    self.client.delete(lock)


@lru_cache(maxsize=1)
def release() -> str:
    """What the bytes of a page are made with, beside the database: this code, its templates and words, its settings."""
    root = Path(settings.SITE_DIR).parent
    rooms = [path.parent for path in sorted(root.glob("*/apps.py"))]
    made = sha256((root / "requirements.txt").read_bytes())
    for folder in [*rooms, Path(settings.SITE_DIR)]:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".html", ".mo", ".json", ".svg", ".css", ".js"):
                found = path.stat()
                made.update(f"{path.relative_to(root)} {found.st_size} {found.st_mtime_ns}".encode())
    values = ((name, getattr(settings, name, None)) for name in sorted(dir(settings)))
    made.update(repr(settings.DATABASES).encode())
    made.update(repr([pair for pair in values if isinstance(pair[1], (str, int, list, tuple, Path))]).encode())
    return made.hexdigest()[:16]


def shared_copies() -> FileCopies | RedisCopies:
    """Those of this install and of this release."""
    if settings.PAGE_CACHE_REDIS_URL:
        return RedisCopies(settings.PAGE_CACHE_REDIS_URL, release())
    # After a power cut the numbers may be older than the database: nothing from before is used.
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()[:8]
    except OSError:
        boot = ""
    folder = Path(settings.PAGE_CACHE_FOLDER) / f"{release()}{boot}"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
    return FileCopies(folder)


def drop_other_releases() -> None:
    """Delete the folders of releases that no process has served from for a day."""
    for folder in Path(settings.PAGE_CACHE_FOLDER).glob("*"):
        is_current = folder.name == "generations" or folder.name.startswith(release())
        if not is_current and folder.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(folder, ignore_errors=True)
