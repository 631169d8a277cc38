"""What agendas cost with few and with many events that come back, over thirty pôles.

    .venv/bin/python tests/benchmarks/agenda.py [--few 200] [--many 10000] [--times 15]

Runs in process on a database of its own (DATABASE_URL honoured). Prints queries and the ratios of the times; asserts
nothing.
"""

import argparse
import time as clock
from datetime import time, timedelta
from statistics import median

from install import fresh_install

POLES = 30
RULES = ("", "", "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=WEEKLY;INTERVAL=2;COUNT=20")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", type=int, default=200)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=15, help="how often each page is asked for")
    arguments = parser.parse_args()
    with fresh_install():
        agendas = prepare()
        fill(agendas, 0, arguments.few)
        few = measure(arguments.few, arguments.times)
        fill(agendas, arguments.few, arguments.many)
        many = measure(arguments.many, arguments.times)
        for name in few:
            print(f"time with {arguments.many} / with {arguments.few}, {name}: {many[name] / few[name]:.2f}")


def prepare() -> list:
    from wagtail.models import Locale

    from commons.models import Topic
    from events.models import EventIndexPage
    from network.provisioning import provision_pole, provision_portal
    from poles.registry import Pays

    provision_portal(hostname="localhost")
    locale = Locale.objects.get(language_code="fr")
    for number in range(15):
        Topic.objects.create(name=f"Thème {number}", slug=f"theme-{number}", locale=locale)
    agendas = []
    for number in range(POLES):
        pays = f"pays-{number}"
        Pays.objects.create(name=f"Pays {number}", slug=pays, departement="35", latitude=48, longitude=-2)
        site = provision_pole(pays=pays, name=f"Pôle {number}", hostname=f"{pays}.localhost").site
        agendas.append(EventIndexPage.objects.child_of(site.root_page).get())
    return agendas


def fill(agendas: list, first: int, last: int) -> None:
    """Events by the thousand, without the editor's history and indexes, which these pages do not read."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from wagtail.models import Page

    from commons.models import Topic
    from events import zone
    from events.models import EventPage, EventTopic, Occurrence

    topics = list(Topic.objects.all())
    kind = ContentType.objects.get_for_model(EventPage)
    with transaction.atomic():
        for number in range(first, last):
            agenda = agendas[number % len(agendas)]
            place = number // len(agendas) + 1
            page = Page(
                title=f"Événement {number}", draft_title="", slug=f"evenement-{number}", content_type=kind, live=True,
                path=Page._get_path(agenda.path, agenda.depth + 1, place), depth=agenda.depth + 1,
                url_path=f"{agenda.url_path}evenement-{number}/", locale_id=agenda.locale_id,
            )  # fmt: skip
            page.save_base(raw=True, force_insert=True)
            event = EventPage(
                page_ptr_id=page.pk, path=page.path, starts_on=zone.today() + timedelta(days=number % 400 - 30),
                starts_at=time(18, 30), ends_at=time(20), recurrence=RULES[number % len(RULES)],
                commune=f"Commune {number % 40}", commune_key=f"commune {number % 40}", published_at=clock_now(),
            )  # fmt: skip
            planned = [Occurrence.of(event, one) for one in event.schedule.occurrences()]
            event.last_day = max(one.last_day for one in planned)
            event.save_base(raw=True)
            Occurrence.objects.bulk_create(planned)
            EventTopic.objects.create(page_id=page.pk, topic=topics[number % len(topics)])


def clock_now():
    from django.utils import timezone

    return timezone.now()


def measure(count: int, times: int) -> dict[str, float]:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from events import zone
    from events.models import Occurrence

    month = zone.today() + timedelta(days=40)
    spent = {}
    print(f"{count} events, {Occurrence.objects.count()} occurrences")
    for name, host, path in (
        ("agenda of a pôle", "pays-3.localhost", "/agenda/"),
        ("by type", "pays-3.localhost", "/agenda/?type=rencontre"),
        ("by topic", "pays-3.localhost", "/agenda/?theme=theme-3"),
        ("month", "pays-3.localhost", f"/agenda/mois/{month:%Y/%m}/"),
        ("week", "pays-3.localhost", f"/agenda/semaine/{month:%G/%V}/"),
        ("agenda of the portal", "localhost", "/agenda/"),
        ("portal by topic", "localhost", "/agenda/?theme=theme-3"),
        ("home page of a pôle", "pays-3.localhost", "/"),
    ):
        client, found = Client(SERVER_NAME=host), []
        for _ in range(times):
            begun = clock.perf_counter()
            response = client.get(path)
            found.append(clock.perf_counter() - begun)
            assert response.status_code == 200, path
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        spent[name] = median(found)
        print(f"  {name:<28}{len(captured):>4} queries{1000 * spent[name]:>9.1f} ms")
    return spent


if __name__ == "__main__":
    main()
