"""Forty people publish at the same moment: how many publications arrive, and how many are lost.

    .venv/bin/python tests/benchmarks/parallel_publishes.py [--publishers 40]

Runs on a database of its own (SQLite by default, DATABASE_URL honoured), each publisher in a process of its own, all
released at once. Prints the counts; exits with 1 when a publication was lost.
"""

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]


def set_up_django() -> None:
    import django

    django.setup()


def publish(number: int, start, outcomes) -> None:
    set_up_django()
    from articles.models import ArticleIndexPage, ArticlePage

    page = ArticlePage.objects.get(slug=f"article-{number}")
    assert ArticleIndexPage.objects.exists()
    start.wait()
    began = time.perf_counter()
    try:
        page.title = f"Publié {number}"
        page.save_revision().publish()
        outcomes.put(("published", time.perf_counter() - began))
    except Exception as error:
        outcomes.put((f"{type(error).__name__}: {error}", time.perf_counter() - began))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--publishers", type=int, default=40)
    publishers = parser.parse_args().publishers

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATA_DIR": folder}
        for command in (
            ["migrate"],
            ["create_portal", "--hostname", "localhost"],
            ["create_pole", "--pays", "brest", "--name", "Pôle", "--hostname", "brest.localhost"],
        ):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return measure(publishers)


def measure(publishers: int) -> int:
    set_up_django()
    from django.db import connections

    from articles.models import ArticleIndexPage, ArticlePage

    index = ArticleIndexPage.objects.filter(url_path__contains="brest").get()
    for number in range(publishers):
        index.add_child(instance=ArticlePage(title=f"Article {number}", slug=f"article-{number}", live=False))
    connections.close_all()

    context = multiprocessing.get_context("spawn")
    start, outcomes = context.Barrier(publishers + 1), context.Queue()
    processes = [context.Process(target=publish, args=(number, start, outcomes)) for number in range(publishers)]
    for process in processes:
        process.start()
    start.wait()
    began = time.perf_counter()
    results = [outcomes.get(timeout=120) for _ in processes]
    elapsed = time.perf_counter() - began
    for process in processes:
        process.join()

    live = ArticlePage.objects.filter(live=True, title__startswith="Publié").count()
    slowest = max(seconds for _outcome, seconds in results)
    print(f"publishers {publishers}, published {live}, lost {publishers - live}")
    print(f"all done in {elapsed:.1f} s, the slowest waited {slowest / elapsed:.0%} of that")
    for outcome, _seconds in results:
        if outcome != "published":
            print("  ", outcome)
    return 0 if live == publishers else 1


if __name__ == "__main__":
    sys.exit(main())
