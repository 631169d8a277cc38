"""The agenda of a pôle as visitors read it: what comes next, by day, by week, by month."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import EventPageFactory

pytestmark = pytest.mark.django_db


def page(client, path="/agenda/"):
    response = client.get(path)
    assert response.status_code == 200, f"{response.status_code} {path}"
    return response.content.decode()


def in_days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def test_what_comes_next_is_read_day_by_day_and_what_is_over_is_not(north):
    EventPageFactory(parent=north.agenda, title="Après-demain", starts_on=in_days(2))
    EventPageFactory(parent=north.agenda, title="Demain", starts_on=in_days(1))
    EventPageFactory(parent=north.agenda, title="Hier", starts_on=in_days(-1))

    html = page(north.visitor)

    assert html.index("Demain") < html.index("Après-demain")
    assert "Hier" not in html


@pytest.mark.parametrize(
    "path", ["", "rss/", "atom/", "ical/", "csv/", "geojson/", "abonnement/", "imprimer/", "archives/2026/"]
)
def test_every_view_of_an_agenda_answers_even_with_nothing_in_it(north, path):
    north.visitor.get(f"/agenda/{path}")
    page(north.visitor, f"/agenda/{path}") if "archives" not in path else None
    EventPageFactory(parent=north.agenda, recurrence="FREQ=WEEKLY;COUNT=4")
    page(north.visitor, f"/agenda/{path}") if "archives" not in path else None
