"""The one way out: every call that this product makes to another server goes through `fetch()`.

The addresses come from people, or from servers that people named, and the answers are read on a machine that may have
neighbours. requests-hardened resolves a name once, refuses the addresses of this machine and of private networks, and
connects to the very address that it checked, at each redirection anew; here the rest is bounded: scheme, port, number
of redirections, time, size as sent and as decompressed.
"""

import ipaddress
import json
import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connectionpool import HTTPConnectionPool

PORTS = {"http": 80, "https": 443}
MAX_REDIRECTS = 4
TIMEOUT = 8  # seconds, all in all
READ_TIMEOUT = 4  # seconds without a byte
CHUNK = 64 * 1024
USER_AGENT = "Mozilla/5.0 (compatible; poles-ess)"
# Inside IPv6: addresses that stand for an IPv4 one, whichever it is (RFC 4291 2.5.5, 6052, 3056, 4380, 8215).
TRANSLATED = [
    ipaddress.ip_network(network)
    for network in ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10")
]


class FetchError(Exception):
    """Nothing usable came back: refused, away, too slow, too large. Its text says why, in English, for logs."""


class FetchRefused(FetchError):
    """The address is one that this product does not call."""


@dataclass(frozen=True)
class Fetched:
    """An answer, whatever its status; `url` is where the redirects ended."""

    url: str
    status: int
    content_type: str
    body: bytes

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> dict[str, object]:
        """The object in the body. Raises `FetchError` where it holds none."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise FetchError(f"no JSON: {error}") from None
        if not isinstance(value, dict):
            raise FetchError("no JSON object")
        return value


def check_address(url: str) -> None:
    """Raise `FetchRefused` unless `url` is http(s), on its usual port, to a name without credentials."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(f"no address: {error}") from None
    if parts.scheme not in PORTS:
        raise FetchRefused(f"scheme {parts.scheme!r}")
    if not parts.hostname:
        raise FetchRefused("no host")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("credentials in the address")
    if is_allowed(parts.hostname, port):
        return
    if port not in (None, *PORTS.values()):
        raise FetchRefused(f"port {port}")


def is_allowed(hostname: str, port: int | None) -> bool:
    """Whether the tests opened that very host and port; nothing else is ever in this list."""
    return f"{hostname}:{port}" in settings.FETCHER_TEST_ADDRESSES


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one of the open Internet."""
    found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    if found.version == 6 and any(found in network for network in TRANSLATED):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


class PublicAdapter(IPFilterAdapter):
    """requests-hardened's adapter, stricter about addresses, that remembers the sockets it opened."""

    def __init__(self, is_https: bool) -> None:
        super().__init__(is_https)
        self.opened: list[socket.socket] = []
        self.given_up, self.lock = False, threading.Lock()

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: bool | str, cert: str | tuple[str, str] | None = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        parts = urlsplit(request.url or "")
        if parts.hostname and is_allowed(parts.hostname, parts.port):
            return HTTPAdapter.build_connection_pool_key_attributes(self, request, verify, cert)
        host_params, pool_options = super().build_connection_pool_key_attributes(request, verify, cert)
        if not is_public(host_params["host"]):
            raise FetchRefused(f"{parts.hostname} is {host_params['host']}")
        return host_params, pool_options

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str,
        proxies: dict[str, str] | None = None,
        cert: str | tuple[str, str] | None = None,
    ) -> HTTPConnectionPool:
        pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
        adapter = self

        # The class depends on the pool, HTTP or HTTPS: a base that is known only when it runs is nothing to mypy.
        class Watched(pool.ConnectionCls):  # type: ignore[name-defined, misc]
            def _new_conn(self) -> socket.socket:  # before TLS, whose handshake may be slow too
                connection: socket.socket = super()._new_conn()
                adapter.watch(connection)
                return connection

        pool.ConnectionCls = Watched
        return pool

    def watch(self, connection: socket.socket) -> None:
        """Remember a socket; one that opens after the fetch was given up is closed at once."""
        with self.lock:
            if not self.given_up:
                self.opened.append(connection)
                return
        connection.close()
        raise FetchError("given up")

    def give_up(self) -> None:
        with self.lock:
            self.given_up = True
        for connection in self.opened:
            with suppress(OSError):  # ended by itself
                connection.shutdown(socket.SHUT_RDWR)


class Session(HTTPSession):
    """One fetch: no cookies kept, no proxy or password from the machine's environment."""

    def __init__(self) -> None:
        config = Config(
            ip_filter_enable=False,  # its adapters are mounted here, with more in them
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=(READ_TIMEOUT, READ_TIMEOUT),
            user_agent_override=USER_AGENT,
        )
        super().__init__(config)
        self.trust_env = False
        for scheme in PORTS:
            self.mount(f"{scheme}://", PublicAdapter(scheme == "https"))

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        check_address(request.url or "")
        return super().send(request, **options)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: requests, to say where a redirection leads, reads its body whole; `read` follows them instead."""
        return None

    def give_up(self) -> None:
        """End what is going on, from another thread."""
        for adapter in self.adapters.values():
            if isinstance(adapter, PublicAdapter):
                adapter.give_up()


@dataclass
class _Outcome:
    fetched: Fetched | None = None
    error: FetchError | None = None


def fetch(url: str, *, accept: Iterable[str] = (), max_bytes: int = 1_000_000, timeout: float = TIMEOUT) -> Fetched:
    """What a GET of `url` answers, whatever its status.

    `accept` are the media types that are wanted (`application/json`; all, if empty): a successful answer of another
    type is refused before its body is read. `max_bytes` is the size of the body, decompressed; `timeout` the seconds
    that the whole may take, names and redirects included. Raises `FetchRefused` for an address that is not called,
    `FetchError` for everything that goes wrong on the way.
    """
    if not settings.OUTGOING_CALLS:
        raise FetchError("outgoing calls are switched off (OUTGOING_CALLS)")
    check_address(url)
    session, outcome = Session(), _Outcome()

    def run() -> None:
        try:
            outcome.fetched = read(session, url, tuple(accept), max_bytes)
        except FetchError as error:
            outcome.error = error
        except InvalidIPAddress as error:
            outcome.error = FetchRefused(f"address {error}")
        except Exception as error:  # whatever a hostile answer makes the libraries raise, nothing came back
            outcome.error = FetchError(f"{type(error).__name__}: {error}")

    # A thread, because nothing bounds how long a name takes to resolve or a server to send its headers byte by byte.
    worker = threading.Thread(target=run, name="fetch", daemon=True)
    worker.start()
    worker.join(timeout)
    if worker.is_alive():
        session.give_up()
        raise FetchError(f"nothing complete within {timeout:g} s")
    session.close()
    if outcome.fetched is None:
        raise outcome.error or FetchError("nothing came back")
    return outcome.fetched


def read(session: Session, url: str, accept: tuple[str, ...], max_bytes: int) -> Fetched:
    """The answer at the end of at most `MAX_REDIRECTS` redirections, whose own bodies are not read."""
    headers = {"Accept": ", ".join(accept) or "*/*", "Accept-Encoding": "gzip, deflate"}
    for _hop in range(MAX_REDIRECTS + 1):
        with session.get(url, headers=headers, stream=True) as response:
            if not response.is_redirect:
                return Fetched(response.url, response.status_code, *content(response, accept, max_bytes))
            url = urljoin(response.url, response.headers["Location"])
    raise FetchError(f"more than {MAX_REDIRECTS} redirections")


def content(response: requests.Response, accept: tuple[str, ...], max_bytes: int) -> tuple[str, bytes]:
    """The media type and the body of an answer."""
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if accept and response.ok and content_type not in accept:
        raise FetchError(f"content type {content_type!r}")
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > max_bytes:
        raise FetchError(f"{length} bytes announced")
    body = bytearray()
    # One read at a time, so that neither a slow nor a swelling answer is waited for to its end.
    while chunk := response.raw.read1(CHUNK, decode_content=True):
        body += chunk
        if len(body) > max_bytes:
            raise FetchError(f"more than {max_bytes} bytes")
    return content_type, bytes(body)
