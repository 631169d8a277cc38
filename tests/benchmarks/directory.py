"""What directories cost with few and with many members, and what importing a thousand rows takes.

    .venv/bin/python tests/benchmarks/directory.py [--network 20000] [--times 15]

Runs in process on a database of its own (DATABASE_URL honoured): one pôle with 60 members, one with 1,000, the rest of
the network in a third. Prints queries, bytes, ratios of the times, and the time and memory of the import; asserts
nothing.
"""

import argparse
import gzip
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from install import fresh_install

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
FEW, MANY = 60, 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=int, default=20_000, help="how many members the network has in all")
    parser.add_argument("--times", type=int, default=15, help="how often each page is asked for")
    parser.add_argument("--import-only", action="store_true", help="measure the import alone, in this process")
    arguments = parser.parse_args()
    if arguments.import_only:
        return measure_import()
    with fresh_install():
        prepare(arguments.network)
        measure_pages(arguments.times)
        # In a process of its own, so that its memory is the import's.
        subprocess.run([sys.executable, __file__, "--import-only"], check=True)


def forget_queries() -> None:
    """In development Django keeps the text of every query: it would be measured too."""
    from django.conf import settings

    settings.DEBUG = False


def prepare(network: int) -> None:
    from wagtail.models import Locale

    from commons.models import Sector
    from network.provisioning import provision_pole, provision_portal

    provision_portal(hostname="localhost")
    locale = Locale.objects.get(language_code="fr")
    sectors = [Sector.objects.create(name=f"Secteur {n}", slug=f"secteur-{n}", locale=locale) for n in range(15)]
    counts = {"fougeres": FEW, "vitre": MANY, "rennes": network - FEW - MANY, "redon": 0}
    for pays, count in counts.items():
        site = provision_pole(pays=pays, name=f"Pôle {pays}", hostname=f"{pays}.localhost").site
        fill(site, count, sectors, pays)


def fill(site, count: int, sectors, pays: str) -> None:
    """Members by the thousand, without the editor's history and indexes, which these pages do not read."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    from members.models import MemberIndexPage, MemberPage, MemberSector

    directory = MemberIndexPage.objects.child_of(site.root_page).get()
    kind = ContentType.objects.get_for_model(MemberPage)
    pages = [
        Page(
            title=f"Organisation {number} de {pays}", draft_title="", slug=f"organisation-{number}", content_type=kind,
            path=Page._get_path(directory.path, directory.depth + 1, number + 1), depth=directory.depth + 1, live=True,
            url_path=f"{directory.url_path}organisation-{number}/", locale_id=directory.locale_id,
        )
        for number in range(count)
    ]  # fmt: skip
    Page.objects.bulk_create(pages, batch_size=500)
    relations = []
    for number, page in enumerate(pages):
        member = MemberPage(
            page_ptr_id=page.pk, family=("association", "scop", "scic")[number % 3], labels=["esus"][: number % 2],
            offers=["produits"], audiences=["particuliers", "entreprises"], commune=f"Commune {number % 40}",
            insee_code=f"35{number % 40:03}", latitude=48 + number % 997 / 1000, longitude=-1 - number % 991 / 1000,
            name_key=f"organisation {number:06}", summary="Ce que fait cette organisation, en une phrase.",
            sector_keys=[str(sectors[number % 15].translation_key)],
        )  # fmt: skip
        member.save_base(raw=True)
        relations.append(MemberSector(page_id=page.pk, sector=sectors[number % 15]))
    MemberSector.objects.bulk_create(relations, batch_size=500)
    Page.objects.filter(pk=directory.pk).update(numchild=count)


def measure_pages(times: int) -> None:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    def ask(host: str, path: str) -> tuple[float, int, bytes]:
        client, spent = Client(SERVER_NAME=host), []
        for _ in range(times):
            begun = time.perf_counter()
            response = client.get(path)
            spent.append(time.perf_counter() - begun)
            assert response.status_code == 200, path
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        return median(spent), len(captured), response.content

    print(f"{'page':<44}{'queries':>8}{'ms':>9}{'kB gzip':>9}")
    spent = {}
    few, many, portal = "fougeres.localhost", "vitre.localhost", "localhost"
    for name, host, path in (
        (f"directory, {FEW}", few, "/annuaire/"),
        (f"directory, {MANY}", many, "/annuaire/"),
        (f"directory by a facet, {FEW}", few, "/annuaire/?famille=scop"),
        (f"directory by a facet, {MANY}", many, "/annuaire/?famille=scop"),
        (f"map, {FEW}", few, "/annuaire/carte/"),
        (f"map, {MANY}", many, "/annuaire/carte/"),
        ("portal, the whole network", portal, "/annuaire/"),
    ):
        spent[name], queries, content = ask(host, path)
        print(f"{name:<44}{queries:>8}{1000 * spent[name]:>9.1f}{len(gzip.compress(content)) / 1024:>9.1f}")
    for what in ("directory", "directory by a facet"):
        print(f"time with {MANY} / with {FEW}, {what}: {spent[f'{what}, {MANY}'] / spent[f'{what}, {FEW}']:.2f}")
    ratio = spent["portal, the whole network"] / spent[f"directory, {FEW}"]
    print(f"time of the portal / of a pôle with {FEW}: {ratio:.2f}")


def measure_import() -> None:
    import django

    django.setup()
    forget_queries()
    from django.contrib.auth import get_user_model
    from wagtail.models import Site

    from members.identifiers import siret_of_nobody
    from members.importing.imports import MemberImport
    from members.importing.reading import read_table
    from members.models import MemberIndexPage

    directory = MemberIndexPage.objects.child_of(Site.objects.get(hostname="redon.localhost").root_page).get()
    user = get_user_model().objects.create_user("import@example.org", "x")
    lines = ["nom;famille;siret;secteurs;adresse;code_postal;commune;latitude;longitude;resume;presentation"]
    for number in range(MANY):
        lines.append(
            f"Structure {number};scop;{siret_of_nobody(number)};secteur-{number % 15};1 rue du Port;35600;Redon;"
            f"47,65{number % 100:02};-2,08{number % 100:02};Ce qu’elle fait.;{'Une présentation. ' * 20}"
        )
    table = read_table("\n".join(lines).encode())
    found = MemberImport.begin(directory, user, "banc.csv", table)
    found.state = MemberImport.State.RUNNING
    found.save()
    begun = time.perf_counter()
    found.run()
    found.refresh_from_db()
    print(f"import of {MANY} rows ({found.state}): {time.perf_counter() - begun:.1f} s, "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")  # fmt: skip


if __name__ == "__main__":
    main()
