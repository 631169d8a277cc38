"""« L'agenda »: what teams of one or two do with it: a whole programme at once, the date clashes, what comes next."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import EventPage
from tests.factories import EventPageFactory

pytestmark = pytest.mark.django_db

NEXT_YEAR = timezone.localdate().year + 1


def grid(pole, *rows: dict, client=None, **posted):
    data = {"form-TOTAL_FORMS": len(rows) + 2, "form-INITIAL_FORMS": 0, **posted}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return (client or pole.publisher_client).post(reverse("agenda_grid", args=[pole.agenda.pk]), data)


def row(**values) -> dict:
    return {
        "title": "Atelier vélo",
        "starts_on": f"10/03/{NEXT_YEAR}",
        "starts_at": "18h30",
        "ends_at": "20:00",
        **values,
    }


def test_a_programme_is_entered_in_one_go(north):
    response = grid(north, row(), row(title="Bal", kind="Fête, festival", price="Gratuit", ends_at=""), publish="1")

    assert response.status_code == 302
    found = EventPage.objects.live().order_by("pk")
    assert [(event.title, event.kind_of_event, event.price) for event in found] == [
        ("Atelier vélo", "autre", ""), ("Bal", "fete", "gratuit"),
    ]  # fmt: skip
    assert "Atelier vélo" in north.visitor.get("/agenda/").content.decode()


def test_one_wrong_cell_and_nothing_is_written_each_error_in_its_cell(north):
    response = grid(
        north, row(), row(title="", starts_on="31/02/2027"), row(kind="Pique-nique géant"), row(ends_at="17:00")
    )

    assert response.status_code == 422
    assert not EventPage.objects.exists()
    errors = [form.errors for form in response.context["formset"].forms]
    assert [sorted(found) for found in errors[:4]] == [[], ["starts_on", "title"], ["kind"], ["ends_at"]]
    assert "Pique-nique géant" in response.content.decode()


@pytest.mark.parametrize("written", ["mardi 12 janvier 2027", "12 janv. 2027", "12/01/27", "2027-01-12"])
def test_a_day_of_the_grid_is_written_as_people_do(north, written):
    grid(north, row(starts_on=written, starts_at="18 h 30", ends_at="20h"))

    event = EventPage.objects.get()
    assert (event.starts_on, event.starts_at, event.ends_at) == (date(2027, 1, 12), time(18, 30), time(20))


def test_an_empty_grid_says_so(north):
    assert grid(north).status_code == 422


def test_a_table_pasted_from_a_spreadsheet_fills_the_grid_with_its_errors(north):
    text = "Titre\tJour\tDe\tÀ\tType\tLieu\nRepair café\t12/05/2027\t14h\t17h\tAtelier\tLa Fabrique\nSans jour\t\t14h"

    response = north.publisher_client.post(
        reverse("agenda_grid", args=[north.agenda.pk]), {"paste": "1", "pasted": text}
    )

    html = response.content.decode()
    assert "Repair café" in html and "La Fabrique" in html
    assert [sorted(form.errors) for form in response.context["formset"].forms[:2]] == [[], ["starts_on"]]
    assert not EventPage.objects.exists()


def test_a_writer_makes_drafts_whatever_is_posted(north):
    assert grid(north, row(), client=north.writer_client, publish="1").status_code == 302

    assert not EventPage.objects.get().live


def test_the_overview_shows_what_comes_next_and_what_asks_for_a_follow_up(north):
    EventPageFactory(parent=north.agenda, title="Bientôt")
    EventPageFactory(parent=north.agenda, title="C’était bien", starts_on=timezone.localdate() - timedelta(days=4))

    html = north.publisher_client.get(reverse("my_agenda"), follow=True).content.decode()

    assert "Bientôt" in html and "C’était bien" in html


def test_the_radar_shows_three_days_with_what_is_particular(north, south):
    EventPageFactory(parent=south.agenda, title="Fête du Sud", starts_on=date(2026, 12, 25), commune="Cancale")

    html = north.writer_client.get(
        reverse("agenda_date_clashes", args=[north.agenda.pk]), {"day": "2026-12-25", "commune": "Cancale"}
    ).content.decode()

    assert "Fête du Sud" in html and "zone B" in html and "férié" in html


@pytest.mark.parametrize("day", ["2026-02-30", "hier", "0001-01-01", "99999-01-01", ""])
def test_the_radar_asks_again_for_a_day_that_is_none(north, day):
    response = north.writer_client.get(reverse("agenda_date_clashes", args=[north.agenda.pk]), {"day": day})
    assert response.status_code == 200 and response.context["days"] == []


def test_the_list_of_events_is_a_table_of_ones_own(north, south):
    EventPageFactory(parent=north.agenda, title="Du Nord")
    EventPageFactory(parent=south.agenda, title="Du Sud")

    html = north.writer_client.get("/admin/evenements/").content.decode()

    assert "Du Nord" in html and "Du Sud" not in html


def test_the_dashboard_leads_to_a_new_event(north):
    html = north.writer_client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtailadmin_pages:add", args=["events", "eventpage", north.agenda.pk]) in html
