"""Servers that tests and benchmarks start: of this process, for what asks another host, and of others."""

import socket
import time
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from threading import Thread
from urllib.error import URLError
from urllib.request import urlopen


@contextmanager
def serving(server: ThreadingHTTPServer):
    """Answer in a thread until the end of the block, which it notices at once (by default: half a second later)."""
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until_it_answers(address: str, seconds: int = 40) -> None:
    for _ in range(seconds * 4):
        try:
            with urlopen(address, timeout=2) as response:  # noqa: S310 – the address is ours
                if response.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.25)
    raise TimeoutError(address)
