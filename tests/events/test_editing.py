"""An event in the editor: its form, what it refuses and says, the preview of its dates, copies and states."""

import json
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from time_machine import travel
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from events.importing import take_over
from events.models import CalendarSource, EventPage
from tests.events.editor import NEXT_YEAR, form_data
from tests.factories import ArticlePageFactory, CampaignFactory, EventPageFactory, MemberPageFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db


def structured_data_of(response) -> list[dict]:
    """What the page says to programs; there must be one such script."""
    (script,) = BeautifulSoup(response.content, "html.parser").select('script[type="application/ld+json"]')
    return json.loads(script.string)


def add(pole, client=None, **values):
    address = reverse("wagtailadmin_pages:add", args=["events", "eventpage", pole.agenda.pk])
    return (client or pole.publisher_client).post(address, form_data(**values))


def errors_of(response) -> dict:
    form = response.context["form"]
    return {name: list(messages) for name, messages in form.errors.items()}


def test_an_event_is_published_and_read_by_visitors(north):
    response = add(north, place_name="La Fabrique", commune="Saint-Malo", summary="Un café et des projets.")

    assert response.status_code == 302
    html = north.visitor.get("/agenda/cafe-des-projets/").content.decode()
    assert "La Fabrique" in html and "18:30" in html and "Un café et des projets." in html


SECOND_TUESDAY = {
    "frequency": "MONTHLY", "interval": "1", "nth": "2", "nth_day": "TU", "without": ["8"], "until": "", "count": "",
}  # fmt: skip


def test_the_2nd_tuesday_but_in_august_is_kept_as_a_rule_of_rfc_5545_from_the_first_date_that_fits(north):
    add(north, starts_on=f"{NEXT_YEAR}-03-01", recurrence=SECOND_TUESDAY)

    event = EventPage.objects.get(slug="cafe-des-projets")
    assert event.recurrence == "FREQ=MONTHLY;BYDAY=2TU;BYMONTH=1,2,3,4,5,6,7,9,10,11,12"
    assert event.starts_on.weekday() == 1 and 8 <= event.starts_on.day <= 14
    assert {one.first_day.month for one in event.dates}.isdisjoint({8})


def test_a_date_cancelled_with_a_note_is_cancelled_on_the_page_in_the_calendar_and_in_json_ld(north):
    add(north, recurrence={"frequency": "WEEKLY", "interval": "1", "weekdays": [], "count": "4"})
    event = EventPage.objects.get(slug="cafe-des-projets")
    second = event.starts_on + timedelta(days=7)
    change = {"kind": "cancelled", "day": second.isoformat(), "note": "La salle est prise."}

    response = north.publisher_client.post(
        reverse("wagtailadmin_pages:edit", args=[event.pk]),
        form_data(recurrence={"frequency": "WEEKLY", "interval": "1", "count": "4"}, changes=[change]),
    )

    assert response.status_code == 302
    html = north.visitor.get("/agenda/cafe-des-projets/").content.decode()
    assert "La salle est prise." in html and "Annulé" in html
    calendar = north.visitor.get("/agenda/ical/").content.decode()
    assert "STATUS:CANCELLED" in calendar and f"RECURRENCE-ID;TZID=Europe/Paris:{second:%Y%m%d}T183000" in calendar
    series = structured_data_of(north.visitor.get("/agenda/cafe-des-projets/"))[0]
    assert [event["eventStatus"].rpartition("/")[2] for event in series["subEvent"]] == [
        "EventScheduled", "EventCancelled", "EventScheduled", "EventScheduled",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"ends_at": "17:00"}, "ends_at", "avant"),
        ({"ends_on": f"{NEXT_YEAR}-03-01"}, "ends_on", "avant"),
        ({"starts_at": ""}, "starts_at", "heure"),
        ({"starts_on": f"{NEXT_YEAR}-02-30"}, "starts_on", ""),
        ({"starts_on": "0026-03-01"}, "starts_on", "année"),
        ({"recurrence": {"frequency": "DAILY", "interval": "1", "count": "10000"}}, "recurrence", "1000"),
        ({"recurrence": {"frequency": "SECONDLY"}}, "recurrence", "jour"),
        ({"recurrence": {"frequency": "MONTHLY", "interval": "1", "nth": "2"}}, "recurrence", ""),
        ({"recurrence": {"frequency": "DAILY", "interval": "zéro"}}, "recurrence", ""),
        ({"registration": "sur-inscription"}, "registration", ""),
        ({"latitude": "-1.2", "longitude": "48.3"}, "latitude", ""),
        ({"online_url": "javascript:alert(1)"}, "online_url", ""),
    ],
)
def test_what_makes_no_sense_is_refused_where_it_stands_and_nothing_typed_is_lost(north, values, field, words):
    response = add(north, summary="Gardé à l’écran", **values)

    assert response.status_code == 200
    found = errors_of(response)
    assert field in found and words in " ".join(found[field]), found
    assert "Gardé à l’écran" in response.content.decode()
    assert not EventPage.objects.exists()


def test_an_address_that_is_taken_or_the_agendas_own_is_made_another_by_itself(north):
    EventPageFactory(parent=north.agenda, slug="assemblee")

    add(north, slug="assemblee", title="Assemblée")
    add(north, slug="ical", title="Un mot d’informatique")

    assert set(EventPage.objects.values_list("slug", flat=True)) == {"assemblee", "assemblee-2", "ical-2"}
    assert north.visitor.get("/agenda/ical/").headers["Content-Type"].startswith("text/calendar")


def test_a_copy_made_by_the_editors_own_screen_takes_no_address_of_the_agenda(north):
    event = EventPageFactory(parent=north.agenda, slug="cafe")
    event.save_revision().publish()
    asked = {"new_title": "Copie", "new_slug": "rss", "new_parent_page": north.agenda.pk, "publish_copies": "1"}

    north.publisher_client.post(reverse("wagtailadmin_pages:copy", args=[event.pk]), asked)

    assert EventPage.objects.get(title="Copie").slug == "rss-2"


def test_a_date_that_the_event_does_not_have_cannot_be_cancelled(north):
    response = add(north, changes=[{"kind": "cancelled", "day": f"{NEXT_YEAR}-03-11", "note": ""}])

    assert response.status_code == 200
    assert not EventPage.objects.exists()
    assert "11/03" in response.content.decode()


def test_a_draft_of_a_published_event_moves_nothing_that_is_on_line(north):
    event = EventPageFactory(parent=north.agenda, slug="cafe-des-projets", title="Café")
    event.save_revision().publish()
    before = list(event.occurrences.values_list("start", flat=True))

    north.publisher_client.post(
        reverse("wagtailadmin_pages:edit", args=[event.pk]), form_data(starts_on=f"{NEXT_YEAR}-05-05", publish=False)
    )

    assert list(event.occurrences.values_list("start", flat=True)) == before


def test_what_people_must_know_raises_the_sequence_and_a_longer_text_does_not(north):
    event = EventPageFactory(parent=north.agenda, slug="cafe")
    event.save_revision().publish()
    event = EventPage.objects.get(pk=event.pk)
    event.summary = "Plus long"
    event.save_revision().publish()
    assert EventPage.objects.get(pk=event.pk).sequence == 0

    event.starts_on += timedelta(days=1)
    event.save_revision().publish()
    stale = event.save_revision()
    event.title = "Un autre titre"
    event.save_revision().publish()

    assert EventPage.objects.get(pk=event.pk).sequence == 2
    stale.publish()  # a version of before, published again, is news too
    assert EventPage.objects.get(pk=event.pk).sequence == 3


@pytest.mark.parametrize("state", ["annule", "reporte", "en-ligne", "complet"])
def test_each_state_is_a_banner_and_in_every_output(north, state):
    event = EventPageFactory(parent=north.agenda, slug="cafe", state=state, state_note="Une raison.")
    event.save_revision().publish()
    label = event.get_state_display()

    for path in ("cafe/", "", "rss/", "csv/", "geojson/", "ical/", "imprimer/"):
        response = north.visitor.get(f"/agenda/{path}")
        content = b"".join(response) if response.streaming else response.content
        assert str(label) in content.decode(), path
    assert "Une raison." in north.visitor.get("/agenda/cafe/").content.decode()


def preview(pole, client=None, **values):
    data = form_data(**values)
    return (client or pole.publisher_client).post(reverse("event_preview"), {**data, "parent": pole.agenda.pk})


def test_the_next_dates_are_shown_while_one_types(north):
    response = preview(north, starts_on=f"{NEXT_YEAR}-03-01", recurrence=SECOND_TUESDAY)

    html = compact(response.content.decode())
    assert "tous les mois, le 2ᵉ mardi, sauf en août" in html
    assert html.count("<li>") >= 5


def test_the_preview_explains_an_hour_that_no_clock_shows(north):
    html = preview(north, starts_on="2027-03-28", starts_at="02:30", ends_at="").content.decode()

    assert "02:30" in html and "03:30" in html


def test_the_preview_says_what_is_wrong_and_never_breaks(north):
    assert "avant" in preview(north, ends_at="17:00").content.decode()
    assert preview(north, starts_on="\x00", recurrence={"frequency": "X" * 500}).status_code == 200


def test_the_preview_is_a_radar_public_holidays_school_and_neighbours(north, south):
    EventPageFactory(
        parent=south.agenda, title="Bal de Noël", starts_on=date(2026, 12, 25), latitude="48.64", longitude="-2.0"
    )
    EventPageFactory(
        parent=south.agenda, title="Bal lointain", starts_on=date(2026, 12, 25), latitude="47.6", longitude="-3.9"
    )
    secret = {"live": False, "latitude": "48.64", "longitude": "-2.0"}
    EventPageFactory(parent=south.agenda, title="Bal secret", starts_on=date(2026, 12, 25), **secret)

    html = preview(north, starts_on="2026-12-25", latitude="48.65", longitude="-2.01").content.decode()

    assert "Bal de Noël" in html and "1 km" in html
    assert "Noël" in html and "zone B" in html
    assert "Bal lointain" not in html and "Bal secret" not in html


def test_the_preview_is_for_those_who_write_in_the_agenda(north, south):
    assert preview(south, client=north.publisher_client).status_code in (302, 403)


def test_a_place_that_was_used_before_is_offered_and_its_address_completed(north):
    EventPageFactory(parent=north.agenda, place_name="La Fabrique", street="3 rue du Port", commune="Saint-Malo")
    found = north.writer_client.get(reverse("event_places"), {"parent": north.agenda.pk}).json()["places"]
    assert [place["street"] for place in found] == ["3 rue du Port"]

    add(north, place_name="La Fabrique")

    assert EventPage.objects.get(slug="cafe-des-projets").commune == "Saint-Malo"


def test_an_event_is_duplicated_with_other_dates_as_a_draft(north):
    event = EventPageFactory(
        parent=north.agenda, slug="cafe", title="Café", state="annule", recurrence="FREQ=WEEKLY;COUNT=3",
        changes=[{"kind": "added", "day": date(NEXT_YEAR, 6, 1)}],
    )  # fmt: skip
    event.save_revision().publish()
    address = reverse("event_duplicate", args=[event.pk])
    assert north.writer_client.get(address).status_code == 200

    response = north.writer_client.post(address, {"starts_on": f"{NEXT_YEAR}-09-01", "starts_at": "", "ends_at": ""})

    copy = EventPage.objects.exclude(pk=event.pk).get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert not copy.live and copy.state == "confirme" and copy.recurrence == "" and not copy.changes.exists()
    assert [one.first_day for one in copy.occurrences.all()] == [date(NEXT_YEAR, 9, 1)]
    assert copy.translation_key != event.translation_key


def test_organisers_are_members_other_poles_or_names(north, south):
    member = MemberPageFactory(parent=north.directory, title="La Ressourcerie", slug="ressourcerie")
    organisers = [
        {"member": member.pk, "site": "", "name": "", "url": ""},
        {"member": "", "site": south.site.pk, "name": "", "url": ""},
        {"member": "", "site": "", "name": "Le comité des fêtes", "url": ""},
    ]
    assert add(north, organisers=organisers).status_code == 302

    html = north.visitor.get("/agenda/cafe-des-projets/").content.decode()
    assert 'href="/annuaire/ressourcerie/"' in html
    assert "Pôle Sud" in html and "Le comité des fêtes" in html
    assert "cafe-des-projets" in north.visitor.get("/annuaire/ressourcerie/").content.decode()


def test_an_event_that_is_over_says_so_and_leads_to_what_is_left_of_it(north):
    article = ArticlePageFactory(parent=north.index, title="Ce qu’on s’est dit")
    EventPageFactory(
        parent=north.agenda, slug="cafe", starts_on=timezone.localdate() - timedelta(days=3),
        follow_up=Page.objects.get(pk=article.pk),
    )  # fmt: skip

    html = north.visitor.get("/agenda/cafe/").content.decode()

    assert "terminé" in html and "Ce qu’on s’est dit" in html


def test_the_online_address_is_shown_only_when_that_is_wanted(north):
    event = EventPageFactory(parent=north.agenda, slug="visio", online_url="https://visio.example.org/secret")
    for path in ("visio/", "ical/", "geojson/", "rss/", "visio/ical/"):
        assert "visio.example.org" not in north.visitor.get(f"/agenda/{path}").content.decode(), path

    event.shows_online_url = True
    event.save()

    assert "visio.example.org" in north.visitor.get("/agenda/visio/").content.decode()


def test_one_date_may_be_full_and_the_others_not(north):
    change = {"kind": "full", "day": f"{NEXT_YEAR}-03-17", "note": ""}
    add(north, recurrence={"frequency": "WEEKLY", "interval": "1", "count": "3"}, changes=[change])

    html = north.visitor.get("/agenda/cafe-des-projets/").content.decode()
    calendar = north.visitor.get("/agenda/cafe-des-projets/ical/").content.decode()

    assert html.count("Complet") == 1
    assert calendar.count("SUMMARY:Complet : Café des projets") == 1 and calendar.count("BEGIN:VEVENT") == 2


def test_a_translated_event_keeps_the_networks_campaign(north):
    campaign = CampaignFactory(slug="mois")
    event = EventPageFactory(parent=north.agenda, campaign=campaign)

    translate_object(event, [Locale.objects.get(language_code="br")])

    assert {page.campaign for page in EventPage.objects.all()} == {campaign}


def test_a_campaign_in_preparation_is_named_nowhere(north):
    EventPageFactory(parent=north.agenda, slug="cafe", campaign=CampaignFactory(name="Secrète", slug="x", live=False))

    for path in ("", "cafe/", "ical/", "csv/", "geojson/", "campagne/x/"):
        response = north.visitor.get(f"/agenda/{path}")
        content = b"".join(response) if response.streaming else response.content
        assert "Secrète" not in content.decode(), path


def test_a_rule_without_end_lives_on_whatever_the_year(north):
    event = EventPageFactory(parent=north.agenda, recurrence="FREQ=DAILY")
    event.save_revision().publish()
    for years in (1, 3, 12):
        then = timezone.now() + timedelta(days=365 * years)
        with travel(then, tick=False):
            call_command("periodic")
            event = EventPage.objects.get(pk=event.pk)
            event.schedule.check()
            assert not event.is_over and event.coming[0].first_day <= then.date() + timedelta(days=1)


def test_a_version_of_before_put_back_does_not_follow_a_calendar_again(north):
    source = CalendarSource.objects.create(agenda=north.agenda, title="Voisin", url="https://voisin.example.net/a")
    event = EventPageFactory(parent=north.agenda, source=source, source_uid="x", is_followed=True)
    event.save_revision()
    take_over(event)

    EventPage.objects.get(pk=event.pk).latest_revision.publish()

    assert not EventPage.objects.get(pk=event.pk).is_followed
