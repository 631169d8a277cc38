"""What a visitor feels while somebody attacks: each attack in turn, against a server of two workers.

    .venv/bin/python tests/faults/attacks.py [--seconds 8] [--clients 8]

Serves the demo with gunicorn and the settings of production on a database of its own (DATABASE_URL honoured). Prints a
table: requests of the attack, how many were answered with 5xx, a visitor's median time before and during, and the
ratio. The pages that the visitor reads are made each time: one that is kept would feel nothing.
"""

import argparse
import io
import itertools
import os
import re
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import requests
from openpyxl import Workbook
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

from serving import PORT, WORKERS, manage, server  # noqa: E402

POLE = "fougeres"
EDITOR = f"http://localhost:{PORT}"
HOSTS = {"portal": f"localhost:{PORT}", "pole": f"{POLE}.localhost:{PORT}"}
Attack = Callable[[requests.Session], requests.Response]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8, help="how long each attack lasts")
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "LOG_LEVEL": "ERROR", "WEB_CONCURRENCY": str(WORKERS), "PORT": str(PORT),
                       "EDITOR_URL": f"http://localhost:{PORT}", "SECRET_KEY": secrets.token_urlsafe(60)}  # fmt: skip
        for command in (["migrate"], ["load_demo", "--only", POLE, "rennes"]):
            manage(command)
        manage(["collectstatic", "--noinput"], settings="production")
        with server(PORT, DJANGO_SETTINGS_MODULE="config.settings.production"):
            print(f"{'attack':<44}{'requests':>9}{'5xx':>5}{'before, ms':>12}{'during, ms':>12}{'ratio':>7}")
            for name, attack in attacks().items():
                before = statistics.median(visits(options.seconds / 3, threading.Event()))
                print(f"{name:<44}{line(attack, before, options)}", flush=True)


def line(attack: Attack, before: float, options) -> str:
    stop, statuses = threading.Event(), Counter()
    crowd = [threading.Thread(target=repeat, args=(attack, stop, statuses)) for _ in range(options.clients)]
    for one in crowd:
        one.start()
    during = statistics.median(visits(options.seconds, stop))
    stop.set()
    for one in crowd:
        one.join()
    failures = sum(count for status, count in statuses.items() if status >= 500)
    return (
        f"{sum(statuses.values()):>9}{failures:>5}{before * 1000:>12.1f}{during * 1000:>12.1f}{during / before:>7.1f}"
        f"   {dict(sorted(statuses.items()))}"
    )


def repeat(attack: Attack, stop: threading.Event, statuses: Counter) -> None:
    session = requests.Session()
    while not stop.is_set():
        with suppress(requests.RequestException):
            statuses[attack(session).status_code] += 1


def visits(seconds: float, stop: threading.Event) -> list[float]:
    """How long each page takes that somebody reads, one after the other."""
    session, took = requests.Session(), []
    ends = time.perf_counter() + seconds
    for number in itertools.count():
        began = time.perf_counter()
        address = f"{EDITOR}/recherche/?q=mot{number}{secrets.token_hex(3)}"
        session.get(address, headers={"Host": HOSTS["pole"]}, timeout=60)
        took.append(time.perf_counter() - began)
        if began > ends or stop.is_set():
            return took
    raise AssertionError


def get(host: str, path: str) -> Attack:
    return lambda session: session.get(f"{EDITOR}{path}", headers={"Host": HOSTS[host]}, timeout=60)


def anew(host: str, path: str) -> Attack:
    """The same with another parameter each time, which no kept page answers."""
    return lambda session: session.get(
        f"{EDITOR}{path}?q={secrets.token_hex(4)}", headers={"Host": HOSTS[host]}, timeout=60
    )


def signed_in() -> requests.Session:
    session = requests.Session()
    session.headers["Referer"] = f"{EDITOR}/"
    page = session.get(f"{EDITOR}/admin/login/", timeout=60)
    answer = session.post(
        f"{EDITOR}/admin/login/",
        data={"login": f"publication.{POLE}@example.org", "password": "demo", "csrfmiddlewaretoken": token(page)},
        timeout=60,
    )
    assert "logout" in answer.text or answer.url.endswith("/admin/"), answer.url
    return session


def token(page: requests.Response) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]


def upload(session: requests.Session, path: str, name: str, content: bytes) -> Attack:
    """Send that file on that screen of the editor, again and again."""
    posted = token(session.get(f"{EDITOR}{path}", timeout=60))
    cookies = session.cookies.get_dict()
    headers = dict(session.headers)

    def attack(own: requests.Session) -> requests.Response:
        return own.post(
            f"{EDITOR}{path}", data={"csrfmiddlewaretoken": posted, "url": ""}, files={"file": (name, content)},
            cookies=cookies, headers=headers, timeout=60, allow_redirects=False,
        )  # fmt: skip

    return attack


def calendar() -> bytes:
    event = "BEGIN:VEVENT\nUID:{}\nSUMMARY:Tous les jours\nDTSTART:20100101T080000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
    return ("BEGIN:VCALENDAR\n" + "".join(event.format(number) for number in range(400)) + "END:VCALENDAR\n").encode()


def workbook() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _number in range(600_000):
        sheet.append([1])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def moving_picture() -> bytes:
    frames = [Image.effect_noise((20, 20), 90).resize((1000, 1000), 0).convert("P") for _ in range(58)]
    output = io.BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:])
    return output.getvalue()


def attacks() -> dict[str, Attack]:
    session = signed_in()
    agenda, directory = screens(session, "agenda"), screens(session, "annuaire")
    return {
        "robots.txt, over and over": get("pole", "/robots.txt"),
        "the directory of the network, XLSX": get("portal", "/annuaire/xlsx/"),
        "the same, never twice alike": anew("portal", "/annuaire/xlsx/"),
        "the agenda of the network, iCalendar": anew("portal", "/agenda/ical/"),
        "the directory, to print": anew("portal", "/annuaire/imprimer/"),
        "a search that thousands match": anew("portal", "/recherche/"),
        "a calendar of 400 endless events": upload(session, f"{next(agenda)}calendriers/", "a.ics", calendar()),
        "a workbook of 600,000 lines": upload(session, f"{next(directory)}import/", "a.xlsx", workbook()),
        "a picture of 58 megapixels that moves": upload(session, "/admin/images/add/", "a.gif", moving_picture()),
    }


def screens(session: requests.Session, name: str) -> Iterator[str]:
    """The address of the screen of the pôle's own agenda or directory."""
    page = session.get(f"{EDITOR}/admin/{name}/", timeout=60)
    yield re.search(rf"/admin/{name}/\d+/", page.url + page.text)[0]


if __name__ == "__main__":
    main()
