"""What the main pages cost: queries, bytes, and requests per second as a ratio to a trivial Django view.

    .venv/bin/python tests/benchmarks/page_costs.py [--seconds 3]

Runs in process on a database of its own with a demo pôle (DATABASE_URL honoured), so that only the ratios between the
rows mean something. Prints a table; asserts nothing.
"""

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
POLE = "fougeres"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3, help="how long each page is asked for")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
        for command in (["migrate"], ["load_demo", "--only", POLE]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        measure(seconds)


def measure(seconds: float) -> None:
    from django.core.cache import cache
    from django.db import connection
    from django.http import HttpResponse
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import path
    from wagtail.models import Site

    from articles.models import ArticlePage
    from config import urls

    urls.urlpatterns.insert(0, path("trivial/", lambda request: HttpResponse("ok")))
    site = Site.objects.get(hostname=f"{POLE}.localhost")
    article = ArticlePage.objects.published().descendant_of(site.root_page).newest_first().first()
    client = Client(SERVER_NAME=site.hostname)
    pages = {
        "trivial": "/trivial/",
        "home": "/",
        "listing": "/actualites/",
        "article": article.relative_url(site),
        "search": "/recherche/?q=scop",
    }

    def rate(address: str) -> float:
        client.get(address)
        served, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            client.get(address)
            served += 1
        return served / (time.perf_counter() - began)

    trivial = rate(pages["trivial"])
    print(f"{'page':<10}{'queries':>9}{'cold':>7}{'bytes':>9}{'gzip':>8}{'rate/trivial':>14}")
    for name, address in pages.items():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            body = client.get(address).content
        warm = len(captured)  # counted here: the next request empties the log
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        cold = len(captured)
        ratio = rate(address) / trivial
        print(f"{name:<10}{warm:>9}{cold:>7}{len(body):>9}{len(gzip.compress(body)):>8}{ratio:>14.3f}")


if __name__ == "__main__":
    main()
