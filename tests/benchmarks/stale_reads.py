"""Whether a visitor ever reads what is no longer so: people publish, rename, withdraw, restrict, move and let expire at
random on five sites while others read, workers and writers are killed, and Redis goes away.

    .venv/bin/python tests/benchmarks/stale_reads.py [--minutes 10] [--readers 8] [--kill] [--redis] [--port 8300]

Serves with gunicorn on a database of its own (DATABASE_URL honoured). A read is stale when it began after a change was
committed and shows what was before it: an older title, or anything of a page that was withdrawn. What changes while
one reads may be read either way. Prints a line a ten seconds and the sum; exits 1 if there was a stale read.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

from tests.servers import wait_until_it_answers  # noqa: E402

SITES, ARTICLES = 5, 8
TITLE = re.compile(r"Essai (\d+) tour (\d+)\b")
REDIS_PORT = 6399


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--kill", action="store_true", help="kill a worker, or the writer, every few seconds")
    parser.add_argument("--redis", action="store_true", help="with a Redis of its own, which goes away now and then")
    parser.add_argument("--port", type=int, default=8300)
    parser.add_argument("--writer", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.writer:
        return write()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATA_DIR": folder, "LOG_LEVEL": "ERROR",
                       "PORT": str(options.port), "WEB_CONCURRENCY": "3"}  # fmt: skip
        if options.redis:
            os.environ["REDIS_URL"] = f"redis://127.0.0.1:{REDIS_PORT}/0"
        run(options, Path(folder))


# The writer: a process of its own, told what to do line by line


def set_up() -> None:
    import django

    django.setup()


def write() -> None:
    set_up()
    from django.utils import timezone
    from wagtail.models import Page, PageViewRestriction

    from articles.models import ArticlePage
    from core.page_cache.changes import end_left_over

    def apply(key: int, number: int, what: str, turn: int) -> None:
        page = ArticlePage.objects.get(pk=key)
        if what == "publish":
            PageViewRestriction.objects.filter(page_id=key).delete()
            page.title, page.expire_at, page.expired = f"Essai {number} tour {turn}", None, False
            page.save_revision().publish()
        elif what == "unpublish":
            page.unpublish()
        elif what == "restrict":
            PageViewRestriction.objects.create(page_id=key, restriction_type="password", password="x")
        elif what == "expire":
            page.expire_at = timezone.now()
            page.save_revision().publish()
        elif what == "rename":
            page.slug = f"essai-{key}-{turn}"
            page.save_revision().publish()
        elif what == "move":
            siblings = Page.objects.sibling_of(page, inclusive=False)
            page.move(siblings.order_by("?").first(), pos="right")

    for line in sys.stdin:
        apply(**json.loads(line))
        end_left_over()  # what a request does when it ends
        print("done", flush=True)


class Writer:
    def __init__(self):
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--writer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )

    def do(self, order: dict, killed_after: float | None) -> bool:
        """Whether it was done; None if it was killed on the way."""
        if killed_after is not None:
            threading.Timer(killed_after, self.process.send_signal, [signal.SIGKILL]).start()
        try:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            done = self.process.stdout.readline() == "done\n"
        except OSError:
            done = False
        if not done or killed_after is not None:
            self.process.kill()
            self.process.wait()
            self.start()
        return done


# What is so


class Article:
    def __init__(self, number: int, key: int, site: str):
        self.number, self.key, self.site = number, key, site
        self.turn, self.visible, self.path = 1, True, ""
        self.changes = 0  # odd while it is being changed

    @property
    def state(self) -> tuple:
        return self.changes, self.turn, self.visible, self.path

    def learn(self) -> None:
        """As it is in the database."""
        from django.utils import timezone
        from wagtail.models import Page, PageViewRestriction

        page = Page.objects.get(pk=self.key)
        expired = page.expire_at is not None and page.expire_at <= timezone.now()
        self.visible = page.live and not expired and not PageViewRestriction.objects.filter(page=page).exists()
        self.turn = int(TITLE.fullmatch(page.title)[2])
        self.path = "/" + page.url_path.strip("/").partition("/")[2] + "/"


def run(options, folder: Path) -> None:
    redis = start_redis(folder) if options.redis else None
    for command in (["migrate"], ["load_demo", "--only", *pole_names()]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    set_up()
    articles = make_articles()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py", "--access-logfile", "/dev/null"], cwd=ROOT
    )
    wait_until_it_answers(f"http://127.0.0.1:{options.port}/healthz")
    counts, stale, stop = Counter(), [], threading.Event()
    readers = [
        threading.Thread(target=read, args=(options.port, articles, counts, stale, stop), daemon=True)
        for _ in range(options.readers)
    ]
    for reader in readers:
        reader.start()
    try:
        change(options, articles, counts, stale, server, redis, folder)
    finally:
        stop.set()
        server.terminate()
        server.wait()
        if redis:
            redis[0].kill()
    show(counts, stale)
    sys.exit(1 if stale else 0)


def pole_names() -> list[str]:
    return ["fougeres", "rennes", "brest", "vannes", "saint-malo"]


def make_articles() -> list[Article]:
    from wagtail.models import Site

    from articles.models import ArticleIndexPage, ArticlePage

    articles = []
    for site in Site.objects.filter(is_default_site=False)[:SITES]:
        index = ArticleIndexPage.objects.descendant_of(site.root_page).first()
        for _ in range(ARTICLES):
            number = len(articles)
            page = ArticlePage(title=f"Essai {number} tour 1", slug=f"essai-{number}")
            index.add_child(instance=page)
            page.save_revision().publish()
            articles.append(Article(number, page.pk, f"{site.hostname}:{os.environ['PORT']}"))
            articles[-1].learn()
    return articles


def start_redis(folder: Path):
    binary = shutil.which("redis-server")
    if not binary:
        sys.exit("redis-server is not installed here")
    process = subprocess.Popen(
        [binary, "--port", str(REDIS_PORT), "--appendonly", "yes", "--dir", str(folder)], stdout=subprocess.DEVNULL
    )
    time.sleep(1)
    return [process]


# Reading


def read(port: int, articles: list[Article], counts: Counter, stale: list, stop: threading.Event) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    hosts = sorted({article.site for article in articles})
    portal = f"localhost:{port}"
    while not stop.is_set():
        article = random.choice(articles)
        before = {one.number: one.state for one in articles}
        if before[article.number][0] % 2:
            continue
        host, path = random.choice(
            [(article.site, article.path)] * 6 + [(random.choice(hosts), "/actualites/"), (random.choice(hosts), "/"),
            (portal, "/"), (article.site, "/actualites/rss/")]
        )  # fmt: skip
        try:
            connection.request("GET", path, headers={"Host": host})
            response = connection.getresponse()
            text, status = response.read().decode(), response.status
        except (OSError, http.client.HTTPException):
            connection.close()
            counts["cut off"] += 1
            continue
        after = {one.number: one.state for one in articles}
        counts["reads"] += 1
        counts[response.headers.get("Cache-Status", "not kept").replace("pages; ", "")] += 1
        counts[f"status {status // 100}xx"] += 1
        quiet = {number for number in before if before[number] == after[number] and before[number][0] % 2 == 0}
        for number, turn in {(int(number), int(turn)) for number, turn in TITLE.findall(text)}:
            counts["titles read"] += 1
            _changes, known, visible, _path = before[number]
            if number in quiet and (not visible or turn != known):
                stale.append((host, path, number, turn, before[number], response.headers.get("Cache-Status")))
        if path == article.path and article.number in quiet and before[article.number][2] and status == 200:
            counts["articles read"] += 1
            if f"Essai {article.number} tour {before[article.number][1]}" not in text:
                stale.append((host, path, "is not there", before[article.number]))
        if path == "/actualites/" and status == 200:
            shown = {int(number) for number, _turn in TITLE.findall(text)}
            missing = {one.number for one in articles if one.site == host and before[one.number][2]} & quiet - shown
            if missing and len(shown) < ARTICLES:
                counts["lists with fewer"] += 1


# Changing


def change(options, articles, counts, stale, server, redis, folder) -> None:
    writer = Writer()
    ends = time.monotonic() + options.minutes * 60
    told = time.monotonic()
    next_kill = time.monotonic() + 3
    turn = 1
    while time.monotonic() < ends and len(stale) < 50:
        turn += 1
        article = random.choice(articles)
        acts = (
            ["publish"] * 4 + ["unpublish", "restrict", "expire", "rename", "move"] if article.visible else ["publish"]
        )
        what = random.choice(acts)
        kill_writer = options.kill and random.random() < 0.08
        article.changes += 1
        done = writer.do(
            {"key": article.key, "number": article.number, "what": what, "turn": turn},
            random.uniform(0, 0.4) if kill_writer else None,
        )
        counts["changes" if done else "writers killed"] += 1
        article.learn()
        article.changes += 1
        if options.kill and time.monotonic() > next_kill:
            next_kill = time.monotonic() + random.uniform(2, 6)
            workers = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            if workers:
                os.kill(int(random.choice(workers)), signal.SIGKILL)
                counts["workers killed"] += 1
        if redis and random.random() < 0.01:
            redis[0].kill()
            redis[0].wait()
            counts["Redis cut"] += 1
            threading.Timer(random.uniform(0.5, 3), lambda: redis.__setitem__(slice(None), start_redis(folder))).start()
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(dict(counts), f"stale: {len(stale)}", flush=True)
        time.sleep(random.uniform(0, 0.3))
    writer.process.kill()


def show(counts: Counter, stale: list) -> None:
    for name, count in counts.most_common():
        print(f"{count:>9} {name}")
    print(f"{len(stale):>9} stale reads")
    for found in stale[:10]:
        print("         ", *found)


if __name__ == "__main__":
    main()
