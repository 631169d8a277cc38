"""What a server of two workers answers, as ratios to a trivial view on the same workers; writes docs/performance.md.

    make bench                                             # or
    .venv/bin/python tests/benchmarks/serving.py [--seconds 3] [--clients 8] [--write]

Serves the demo with gunicorn and the settings of production, on a database of its own (DATABASE_URL and REDIS_URL
honoured): once with the page cache, once without. Only the ratios mean something: client and server share the machine.
"""

import argparse
import json
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers import wait_until_it_answers  # noqa: E402

GUNICORN = [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py", "--access-logfile", "/dev/null"]
WORKERS = 2
PORT, TRIVIAL_PORT = 8400, 8401
POLE = "fougeres"
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3, help="how long each page is asked for")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "LOG_LEVEL": "ERROR", "WEB_CONCURRENCY": str(WORKERS), "PORT": str(PORT),
                       "EDITOR_URL": f"http://localhost:{PORT}", "SECRET_KEY": secrets.token_urlsafe(60)}  # fmt: skip
        for command in (["migrate"], ["load_demo", "--only", POLE, "rennes", "brest"]):
            manage(command)
        manage(["collectstatic", "--noinput"], settings="production")
        addresses = json.loads(manage(["shell", "-v0", "-c", ADDRESSES]))
        lines = measure(addresses, options)
    print("\n".join(lines))
    if options.write:
        file = ROOT / "docs" / "performance.md"
        before = file.read_text().partition("<!-- measured -->")[0]
        file.write_text(f"{before}<!-- measured -->\n\n" + "\n".join(lines) + "\n")


def manage(command: list[str], settings: str = "dev") -> str:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": f"config.settings.{settings}"}
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, check=True, capture_output=True, text=True, env=environment
    )
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


ADDRESSES = f"""
import json
from wagtail.models import Site
from articles.models import ArticlePage
from events.models import EventPage
from members.models import MemberPage
from videos.models import VideoPage
site = Site.objects.get(hostname="{POLE}.localhost")
newest = lambda model: model.objects.published().descendant_of(site.root_page).order_by("-pk")[0].relative_url(site)
pole = dict(home="/", articles="/actualites/", article=newest(ArticlePage), agenda="/agenda/", event=newest(EventPage),
    directory="/annuaire/", member=newest(MemberPage), videos="/videos/", video=newest(VideoPage),
    search="/recherche/?q=association", rss="/actualites/rss/", calendar="/agenda/ical/")
print(json.dumps([[name, site.hostname, path] for name, path in pole.items()] + [["portal", "localhost", "/"],
    ["portal agenda", "localhost", "/agenda/"], ["portal directory", "localhost", "/annuaire/"]]))
"""


@contextmanager
def server(port: int, *arguments: str, **environment: str):
    process = subprocess.Popen([*GUNICORN, *arguments], cwd=ROOT, env=os.environ | environment)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz")
        yield process
    finally:
        process.terminate()
        process.wait()


def measure(addresses: list, options) -> list[str]:
    trivial = [trivial_rate(options)]
    kept, made = {}, {}
    production = {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    with server(PORT, **production) as process:
        for name, host, path in addresses:
            kept[name] = rate(PORT, f"{host}:{PORT}", path, options)
        static = rate(PORT, f"{POLE}.localhost:{PORT}", static_file(), options)
        for _ in range(5000 // len(addresses)):
            for _name, host, path in addresses:
                ask(PORT, f"{host}:{PORT}", path)
        memory_kept = memory_of(process.pid)
    with server(PORT, **production, PAGE_CACHE="false") as process:
        for name, host, path in addresses:
            made[name] = rate(PORT, f"{host}:{PORT}", path, options)
        memory_made = memory_of(process.pid)
    trivial.append(trivial_rate(options))
    best = max(found[0] for found in trivial)
    rows = ["| page | kept / trivial | p50 ms | p99 ms | made / trivial | p50 ms | p99 ms | bytes (br) |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    for name, _host, _path in addresses:
        cells = [f"{kept[name][0] / best:.2f}", *times(kept[name]), f"{made[name][0] / best:.4f}",
                 *times(made[name]), str(kept[name][3])]  # fmt: skip
        rows.append(f"| {name} | {' | '.join(cells)} |")
    where = "PostgreSQL" if "postgres" in os.environ.get("DATABASE_URL", "") else "SQLite"
    numbers = "Redis" if os.environ.get("REDIS_URL") else "files"
    return [
        f"{where}, generations in {numbers}, {WORKERS} workers of {os.environ.get('WEB_THREADS', '4')} threads, "
        f"{options.clients} clients. The trivial view answers {best:.0f} requests a second; "
        f"a static file {static[0] / best:.2f} times that.",
        "",
        f"Memory of a worker (its own, and its part of what is shared): {memory_kept:.0f} MB after 5,000 requests with "
        f"the cache, {memory_made:.0f} MB without.",
        "",
        *rows,
    ]


def trivial_rate(options) -> tuple:
    environment = {"PYTHONPATH": str(ROOT), "PORT": str(TRIVIAL_PORT)}
    with server(TRIVIAL_PORT, "tests.benchmarks.trivial:application", **environment):
        rate(TRIVIAL_PORT, "localhost", "/", options)  # warm
        return rate(TRIVIAL_PORT, "localhost", "/", options)


def times(found: tuple) -> list[str]:
    return [f"{found[1] * 1000:.1f}", f"{found[2] * 1000:.1f}"]


def static_file() -> str:
    files = (ROOT / "site" / "staticfiles").glob("css/*.css")
    return "/static/css/" + next(file.name for file in sorted(files) if file.name.count(".") == 2)


def memory_of(master: int) -> float:
    """The mean proportional size (PSS) of the workers, in MB."""
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    sizes = [
        int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{worker}/smaps_rollup").read_text(), re.MULTILINE)[1])
        for worker in workers
    ]
    return statistics.mean(sizes) / 1000


# The client: as little as it takes, so that it is not what is measured


def request(host: str, path: str) -> bytes:
    parts = urlsplit(path)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return f"GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br, gzip\r\n\r\n".encode()


def ask_once(connection: socket.socket, message: bytes) -> tuple[int, int]:
    """The status, and how many bytes the body has."""
    connection.sendall(message)
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536) or (_ for _ in ()).throw(ConnectionError())
    head, _line, body = data.partition(b"\r\n\r\n")
    length = int(LENGTH.search(head)[1])
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))
    return int(head[9:12]), length


def ask(port: int, host: str, path: str) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        status, _length = ask_once(connection, request(host, path))
    return status


def client(port: int, host: str, path: str, seconds: float) -> tuple[list[float], int]:
    message, took, length = request(host, path), [], 0
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    ends = time.perf_counter() + seconds
    while (began := time.perf_counter()) < ends:
        try:
            status, length = ask_once(connection, message)
            if status != 200:
                raise SystemExit(f"{host}{path}: {status}")
            took.append(time.perf_counter() - began)
        except (ConnectionError, TypeError):  # a worker closes a connection that it kept open long enough
            connection.close()
            connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    connection.close()
    return took, length


def rate(port: int, host: str, path: str, options) -> tuple[float, float, float, int]:
    """Requests a second, the median and the 99th percentile in seconds, the bytes of the body."""
    for _ in range(2 * WORKERS):
        ask(port, host, path)
    with ProcessPoolExecutor(options.clients) as pool:
        found = list(pool.map(client, *zip(*[(port, host, path, options.seconds)] * options.clients, strict=True)))
    took = sorted(one for times, _length in found for one in times)
    return len(took) / options.seconds, took[len(took) // 2], took[int(len(took) * 0.99)], found[0][1]


if __name__ == "__main__":
    main()
