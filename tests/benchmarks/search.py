"""What a search costs with 2,000 pages and with 20,000, over thirty pôles.

    .venv/bin/python tests/benchmarks/search.py [--few 2000] [--many 20000] [--times 15]

Runs in process on a database of its own (DATABASE_URL honoured). Prints queries of the database, times and their
ratios, for a pôle and for the network; asserts nothing.
"""

import argparse
import random
import time
from statistics import median

from install import fresh_install

POLES = 30
AT_ONCE = 250
QUERIES = {
    "a rare word": "zibeline",
    "a word of one page in fifty": "velo",
    "two words": "atelier solidaire",
    "an error": "cooperatve",
    "nothing": "introuvablement",
}
COMMON = "atelier solidaire commune projet habitant rencontre local ensemble coopérative emploi jardin école"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", type=int, default=2000)
    parser.add_argument("--many", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=15, help="how often each search is made")
    arguments = parser.parse_args()
    with fresh_install():
        sites = open_poles()
        fill(sites, 0, arguments.few)
        few = measure(arguments.times)
        fill(sites, arguments.few, arguments.many)
        many = measure(arguments.times)
    print(f"{'search':<44}{'queries':>8}{'few, ms':>9}{'many, ms':>9}{'ratio':>7}")
    for name, (spent, _queries) in few.items():
        longer, queries = many[name]
        print(f"{name:<44}{queries:>8}{1000 * spent:>9.1f}{1000 * longer:>9.1f}{longer / spent:>7.2f}")


def open_poles() -> list:
    from network.provisioning import provision_pole, provision_portal
    from poles.registry import Pays

    provision_portal(hostname="localhost")
    found = []
    for number in range(POLES):
        pays, _made = Pays.objects.get_or_create(
            slug=f"pays-{number}",
            defaults={"name": f"Pays {number}", "departement": "35", "latitude": 48, "longitude": -2},
        )
        found.append(provision_pole(pays=pays.slug, name=f"Pôle {number}", hostname=f"pole{number}.localhost").site)
    return found


def fill(sites: list, first: int, last: int) -> None:
    from django.db import transaction

    for start in range(first, last, AT_ONCE):
        with transaction.atomic():
            write_pages(sites, start, min(start + AT_ONCE, last))


def write_pages(sites: list, first: int, last: int) -> None:
    """Articles of some two hundred words, without the editor's history, which a search does not read."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page

    from articles.models import ArticleIndexPage, ArticlePage
    from search.indexing import write_entries

    dice, kind = random.Random(first), ContentType.objects.get_for_model(ArticlePage)
    ends = ("net", "lin", "rade", "que")
    invented = [f"{begin}{vowel}{end}" for begin in ("bal", "cor", "dur", "mer") for vowel in "aeiou" for end in ends]
    indexes = [ArticleIndexPage.objects.child_of(site.root_page).first() for site in sites]
    for number in range(first, last):
        index = indexes[number % POLES]
        words = dice.choices(COMMON.split(), k=30) + dice.choices(invented, k=170)
        words += ["vélo"] * (number % 50 == 0) + ["zibeline"] * (number % 1000 == 0)
        page = Page(
            title=f"{dice.choice(COMMON.split()).title()} {number}", draft_title="", slug=f"article-{number}",
            content_type=kind, path=Page._get_path(index.path, index.depth + 1, number + 1), depth=index.depth + 1,
            live=True, url_path=f"{index.url_path}article-{number}/", locale_id=index.locale_id,
        )  # fmt: skip
        Page.objects.bulk_create([page])
        article = ArticlePage(page_ptr_id=page.pk, published_at=timezone.now(), summary=" ".join(words[:20]))
        article.body = [{"type": "paragraph", "value": f"<p>{' '.join(words)}</p>"}]
        article.save_base(raw=True)
    slugs = [f"article-{number}" for number in range(first, last)]
    write_entries(ArticlePage.objects.filter(slug__in=slugs).select_related("locale"))


def measure(times: int) -> dict[str, tuple[float, int]]:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does some time after
    found = {}
    for where, host in (("a pôle", "pole1.localhost"), ("the network", "localhost")):
        client = Client(SERVER_NAME=host)
        for name, query in QUERIES.items():
            spent = []
            for _time in range(times):
                begun = time.perf_counter()
                response = client.get("/recherche/", {"q": query})
                spent.append(time.perf_counter() - begun)
                assert response.status_code == 200
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                client.get("/recherche/", {"q": query})
            found[f"{where}: {name}"] = median(spent), len(captured)
    return found


if __name__ == "__main__":
    main()
