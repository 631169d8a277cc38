"""Calendars of others: a file taken in, an address that is followed, and whatever else they may hold."""

from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from events.ical.reading import UnreadableCalendar, read_calendar
from events.importing import CalendarImport, refresh, refresh_due
from events.models import CalendarSource, EventPage
from network.governance import close
from tests.events.calendars import ours
from tests.events.editor import form_data
from tests.factories import EventIndexPageFactory, EventPageFactory, TopicFactory
from tests.servers import serving
from trash.pages import restore, trash

pytestmark = pytest.mark.django_db

NEXT_YEAR = timezone.localdate().year + 1


def calendar(*events: str, name: str = "Agenda du voisin") -> str:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//Y//FR\r\nX-WR-CALNAME:{name}\r\n{body}END:VCALENDAR\r\n"


def event(
    uid="a@example.net", title="Loto", more="", start=f"{NEXT_YEAR}0310T200000", start_parameters=";TZID=Europe/Paris"
):
    lines = [
        f"UID:{uid}",
        "DTSTAMP:20260101T000000Z",
        f"SUMMARY:{title}",
        f"DTSTART{start_parameters}:{start}",
        *more.split("\n"),
    ]
    return "\r\n".join(line for line in lines if line)


def upload(pole, text: str | bytes, **posted):
    """Send the file, then say yes to what is shown; returns the answer to the yes."""
    content = text if isinstance(text, bytes) else text.encode()
    response = pole.publisher_client.post(
        reverse("agenda_calendars", args=[pole.agenda.pk]),
        {"file": SimpleUploadedFile("voisin.ics", content), "url": ""},
    )
    assert response.status_code == 302, response.context["form"].errors
    assert pole.publisher_client.get(response.url).status_code == 200
    return pole.publisher_client.post(response.url, {"publish": "1", **posted})


def test_a_file_is_seen_before_anything_is_written_then_published(north):
    topic = TopicFactory(name="Culture", slug="culture")
    content = calendar(
        event(
            more="CATEGORIES:Atelier,Ciné\nLOCATION:Salle des fêtes\nGEO:48.6;-2.0\n"
            "DESCRIPTION:<p>Venez&nbsp;!</p><script>x</script>"
        ),
        event("b@example.net", "Marché", "RRULE:FREQ=WEEKLY;COUNT=4"),
    )
    response = north.publisher_client.post(
        reverse("agenda_calendars", args=[north.agenda.pk]), {"file": SimpleUploadedFile("v.ics", content.encode())}
    )
    seen = north.publisher_client.get(response.url).content.decode()
    assert "Loto" in seen and "Marché" in seen and "Ciné" in seen and not EventPage.objects.exists()

    north.publisher_client.post(response.url, {"publish": "1", "topic-1": "culture"})

    loto = EventPage.objects.get(title="Loto")
    assert loto.live and loto.topics == [topic] and loto.kind_of_event == "atelier"
    assert loto.place_name == "Salle des fêtes" and loto.position.latitude == 48.6
    assert "<script" not in loto.summary and "Venez" in loto.summary
    assert EventPage.objects.get(title="Marché").occurrences.count() == 4
    assert not CalendarImport.objects.exists()


def test_the_same_file_again_changes_nothing_and_a_changed_one_is_followed(north):
    upload(north, calendar(event()))
    before = list(EventPage.objects.values_list("pk", "latest_revision"))

    upload(north, calendar(event()))
    assert list(EventPage.objects.values_list("pk", "latest_revision")) == before

    upload(north, calendar(event(title="Grand loto")))
    assert [page.title for page in EventPage.objects.all()] == ["Grand loto"]


def test_an_event_that_the_agenda_has_by_another_hand_is_not_taken_twice(north):
    EventPageFactory(
        parent=north.agenda, title="LOTO", starts_on=date(NEXT_YEAR, 3, 10), starts_at=time(20), place_name="Salle"
    )

    upload(north, calendar(event(more="LOCATION:salle")))

    assert EventPage.objects.count() == 1


def test_importing_our_own_export_changes_nothing_and_a_neighbour_gets_the_same_instants(north, south):
    EventPageFactory(
        parent=north.agenda, title="Permanence", recurrence="FREQ=WEEKLY;COUNT=30",
        changes=[{"kind": "cancelled", "day": timezone.localdate() + timedelta(days=14), "note": "Congés"}],
    )  # fmt: skip
    EventPageFactory(parent=north.agenda, title="Journée", starts_at=None, ends_at=None)
    exported = north.visitor.get("/agenda/ical/").content

    upload(north, exported)
    assert EventPage.objects.count() == 2

    upload(south, exported)
    upload(south, exported)
    taken = EventPage.objects.descendant_of(south.agenda)
    assert taken.count() == 2
    far = date(2050, 1, 1)
    for title in ("Permanence", "Journée"):
        first, second = EventPage.objects.filter(title=title).order_by("pk")
        assert ours(first.schedule, far) == ours(second.schedule, far)
    assert taken.get(title="Permanence").changes.get().note == "Congés"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "BEGIN:VCALENDAR"),
        (b"<!doctype html><title>Erreur</title>", "BEGIN:VCALENDAR"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * (6 * 1024 * 1024), "5"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nGARBAGE", "abîmé"),
        (calendar(*["UID:x"] * 5001).encode(), "5000"),
    ],
)
def test_a_file_that_is_no_calendar_or_too_large_is_refused_with_a_sentence(content, words):
    with pytest.raises(UnreadableCalendar) as error:
        read_calendar(content)
    assert words in error.value.messages[0]


def test_a_file_of_fifty_megabytes_is_refused_on_the_screen(north):
    response = north.publisher_client.post(
        reverse("agenda_calendars", args=[north.agenda.pk]),
        {"file": SimpleUploadedFile("gros.ics", b"BEGIN:VCALENDAR\r\n" + b" " * 50 * 1024 * 1024)},
    )
    assert response.status_code == 422
    assert "5 Mo" in response.content.decode()


def test_latin_1_nul_html_and_unknown_zones_are_read_and_said():
    content = calendar(
        event("a", "Fête d’été\x00".replace("’", "'"), start_parameters=";TZID=Mars/Olympus"),
        event("b", "Bal", "DESCRIPTION:Ligne 1<br>Ligne <b>2</b>\\nLigne 3"),
    ).encode("latin-1")

    first, second = read_calendar(content).events

    assert first.title == "Fête d'été" and "Mars/Olympus" in first.warnings[0]
    assert first.schedule.starts_at == time(20)
    assert second.description == "Ligne 1\nLigne 2\nLigne 3"


@pytest.mark.parametrize(
    "more",
    [
        "RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RRULE:FREQ=DAILY;COUNT=10000",
        "RRULE:FREQ=DAILY;UNTIL=99999999T999999Z", "RRULE:PARFOIS",
    ],
)  # fmt: skip
def test_one_event_that_makes_no_sense_is_named_and_the_others_are_taken(more):
    found = read_calendar(calendar(event("a", "Impossible", more), event("b", "Possible")).encode())

    assert [one.title for one in found.events] == ["Possible"]
    assert [(title, bool(reason)) for title, reason in found.refused] == [("Impossible", True)]


def test_a_place_with_commas_and_semicolons_is_a_place(north):
    upload(north, calendar(event(more=r"LOCATION:\;DROP\,\nTABLE")))
    assert EventPage.objects.get().place_name == ";DROP, TABLE"
    assert r"LOCATION:\;DROP\, TABLE" in north.visitor.get("/agenda/ical/").content.decode()


def test_other_zones_keep_their_instants():
    berlin = event("a", "Berlin", "RRULE:FREQ=WEEKLY;COUNT=40", start_parameters=";TZID=Europe/Berlin")
    utc = event("b", "UTC", "RRULE:FREQ=WEEKLY;COUNT=40", start=f"{NEXT_YEAR}0310T190000Z", start_parameters="")
    once = event("c", "New York", start_parameters=";TZID=America/New_York", start=f"{NEXT_YEAR}0110T190000")

    first, second, third = read_calendar(calendar(berlin, utc, once).encode()).events

    assert str(first.schedule.rule) == "FREQ=WEEKLY;COUNT=40"
    assert second.schedule.rule is None and len(second.schedule.occurrences()) == 40
    assert {one.start.hour for one in second.schedule.occurrences()} == {19}
    assert third.schedule.occurrences()[0].start == datetime(NEXT_YEAR, 1, 11, tzinfo=UTC)


def test_two_hundred_events_at_most_are_taken_at_once(north):
    content = calendar(*(event(f"{number}@x", f"Événement {number}") for number in range(201)))

    response = upload(north, content)

    assert response.status_code == 422 and "200" in response.content.decode()
    assert not EventPage.objects.exists()


def test_only_those_who_publish_take_calendars_in(north):
    assert north.writer_client.get(reverse("agenda_calendars", args=[north.agenda.pk])).status_code in (302, 403)


class Neighbour(BaseHTTPRequestHandler):
    """The calendar of somebody else, on a server of the tests' own: what it says is the test's to change."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.content.encode())


@pytest.fixture
def neighbour(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
    server.status, server.content = 200, calendar(event())
    server.url = f"http://127.0.0.1:{server.server_port}/agenda.ics"
    settings.OUTGOING_CALLS = True
    settings.FETCHER_TEST_ADDRESSES = frozenset({f"127.0.0.1:{server.server_port}"})
    with serving(server):
        yield server


def follow(pole, url: str, **posted):
    address = reverse("agenda_calendars", args=[pole.agenda.pk])
    response = pole.publisher_client.post(address, {"url": url})
    if response.status_code != 302:
        return response
    return pole.publisher_client.post(response.url, {"title": "Le voisin", **posted})


def ask_again() -> None:
    """What the periodic command does six hours later."""
    CalendarSource.objects.update(asked_at=timezone.now() - timedelta(hours=7))
    call_command("periodic")


def test_a_calendar_that_is_followed_brings_its_changes(north, neighbour):
    follow(north, neighbour.url)
    page = EventPage.objects.get()
    assert page.live and page.source.title == "Le voisin"
    assert "Le voisin" in north.visitor.get(page.get_url()).content.decode()

    neighbour.content = calendar(event(title="Loto reporté", more="STATUS:CANCELLED"), event("b", "Bal"))
    ask_again()

    assert set(EventPage.objects.values_list("title", "state")) == {("Loto reporté", "annule"), ("Bal", "confirme")}


def test_what_vanishes_is_marked_and_stays_on_line_and_comes_back(north, neighbour):
    follow(north, neighbour.url)
    neighbour.content = calendar(event("b", "Bal"))
    ask_again()

    page = EventPage.objects.get(title="Loto")
    assert page.live and page.vanished_on == timezone.localdate()
    assert "Loto" in north.publisher_client.get(reverse("manage_agenda", args=[north.agenda.pk])).content.decode()

    neighbour.content = calendar(event(), event("b", "Bal"))
    ask_again()
    assert EventPage.objects.get(title="Loto").vanished_on is None


def test_visitors_read_that_it_vanished_once_its_team_has_not_answered_for_a_week(north, neighbour):
    follow(north, neighbour.url)
    neighbour.content = calendar(event("b", "Bal"))
    ask_again()
    page = EventPage.objects.get(title="Loto")

    def says_so() -> set[bool]:
        addresses = (page.get_url(), f"{page.get_url()}ical/", "/agenda/", "/agenda/rss/")
        return {"vérifier" in north.visitor.get(address).content.decode() for address in addresses}

    assert says_so() == {False}
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert says_so() == {True}
    north.publisher_client.post(reverse("event_take_over", args=[page.pk]))
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert says_so() == {False}


def test_what_becomes_private_is_taken_off_line(north, neighbour):
    follow(north, neighbour.url)
    neighbour.content = calendar(event(more="CLASS:PRIVATE"), event("b", "Bal"))
    ask_again()

    assert list(EventPage.objects.live().values_list("title", flat=True)) == ["Bal"]
    seen = north.publisher_client.get(reverse("agenda_calendars", args=[north.agenda.pk])).content.decode()
    assert "privé" in seen and "Loto" in seen


def test_what_is_not_taken_over_is_said_before_publishing_and_stays_on_the_screen(north, neighbour):
    neighbour.content = calendar(event(more="DURATION:2H"), event("b", "Rien", "RRULE:PARFOIS"))
    response = north.publisher_client.post(
        reverse("agenda_calendars", args=[north.agenda.pk]), {"url": neighbour.url}, follow=True
    )
    before = response.content.decode()

    north.publisher_client.post(response.request["PATH_INFO"], {"title": "Le voisin"})

    after = north.publisher_client.get(reverse("agenda_calendars", args=[north.agenda.pk])).content.decode()
    for seen in (before, after):
        assert "Sa fin est illisible" in seen and "PARFOIS" in seen
    neighbour.content = calendar(event())
    ask_again()
    assert CalendarSource.objects.get().report == []


def test_visitors_can_follow_the_addresses_that_an_event_comes_with(north):
    upload(
        north,
        calendar(
            event(more='URL:https://a.example/loto\nDESCRIPTION:Places sur <a href="https://b.example/">ce site</a>')
        ),
    )

    html = north.visitor.get(EventPage.objects.get().get_url()).content.decode()

    for address in ("https://a.example/loto", "https://b.example/"):
        assert f'href="{address}"' in html


def test_a_calendar_that_does_not_answer_or_is_broken_changes_nothing_and_says_so(north, neighbour):
    follow(north, neighbour.url)
    for status, content in ((500, ""), (200, "<html>"), (200, ""), (200, calendar(event("b", "Bal"))[:-8])):
        neighbour.status, neighbour.content = status, content
        ask_again()
        assert EventPage.objects.get().vanished_on is None
        assert CalendarSource.objects.get().problem


def test_what_follows_a_calendar_is_not_edited_here_until_it_is_taken_over(north, neighbour):
    follow(north, neighbour.url)
    page = EventPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = north.publisher_client.get(edit).content.decode()
    assert "Le voisin" in html and reverse("event_take_over", args=[page.pk]) in html
    north.publisher_client.post(edit, form_data(title="Forcé"))
    assert EventPage.objects.get().title == "Loto"

    north.publisher_client.post(reverse("event_take_over", args=[page.pk]))
    neighbour.content = calendar(event(title="Changé là-bas"))
    ask_again()

    page = EventPage.objects.get()  # neither changed, nor brought a second time
    assert page.title == "Loto" and not page.is_followed
    assert reverse("event_take_over", args=[page.pk]) not in north.publisher_client.get(edit).content.decode()


def test_a_calendar_that_is_no_longer_followed_leaves_its_events_to_the_pole(north, neighbour):
    follow(north, neighbour.url)
    source = CalendarSource.objects.get()

    north.publisher_client.post(reverse("agenda_calendars", args=[north.agenda.pk]), {"forget": source.pk})

    assert not CalendarSource.objects.exists()
    page = EventPage.objects.get()
    assert page.live and not page.is_followed


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/a.ics", "http://169.254.169.254/latest/", "file:///etc/passwd", "http://[::1]/a.ics",
        "ftp://example.org/a.ics", "javascript:alert(1)", "https://user:secret@example.org/a.ics", "webcal://localhost/a",
    ],
)  # fmt: skip
def test_a_hostile_address_is_refused_with_a_sentence(north, settings, url):
    settings.OUTGOING_CALLS = True

    response = follow(north, url)

    assert response.status_code == 422
    assert response.context["form"].errors["url"]
    assert not CalendarSource.objects.exists()


def test_the_same_calendar_is_not_followed_twice(north, neighbour):
    follow(north, neighbour.url)
    assert follow(north, neighbour.url).status_code == 422


def test_what_was_deleted_here_does_not_come_back(north, neighbour):
    follow(north, neighbour.url)
    EventPage.objects.get().delete()

    neighbour.content = calendar(event(title="Loto changé"))
    ask_again()

    assert not EventPage.objects.exists()


def test_what_waits_in_the_trash_is_left_alone_and_comes_back_as_it_was(north, neighbour):
    follow(north, neighbour.url)
    followed = EventPage.objects.get()
    row = trash(followed, user=north.publisher)

    for content in (calendar(event(title="Loto changé")), calendar()):
        neighbour.content = content
        ask_again()
        waiting = EventPage.objects.get()
        assert (waiting.title, waiting.live, waiting.vanished_on) == (followed.title, False, None)

    restore(row, user=north.publisher)
    assert EventPage.objects.get().live


def test_an_event_that_moved_to_another_agenda_of_ours_is_followed_there(north, neighbour):
    follow(north, neighbour.url)
    section = EventIndexPageFactory(parent=north.agenda, slug="voisins")
    other = EventIndexPageFactory(parent=north.home, slug="autre-agenda")
    for place in (section, other):
        EventPage.objects.get().move(place, "last-child")
        neighbour.content = calendar(event(title=f"Loto {place.slug}"))
        ask_again()
        assert EventPage.objects.get().title == f"Loto {place.slug}"


def test_an_event_that_can_no_longer_be_read_has_not_vanished(north, neighbour):
    follow(north, neighbour.url)
    neighbour.content = calendar(event(more="RRULE:FREQ=SECONDLY"))
    ask_again()

    assert EventPage.objects.get().vanished_on is None


def test_what_somebody_is_writing_or_locked_is_left_alone(north):
    upload(north, calendar(event()))
    page = EventPage.objects.get()
    page.street = "En cours d’écriture"
    page.save_revision()

    upload(north, calendar(event(title="Autre titre")))

    assert EventPage.objects.get().title == "Loto" and EventPage.objects.get().street == ""


def test_asking_twice_at_once_brings_each_event_once(north, neighbour):
    follow(north, neighbour.url)
    neighbour.content = calendar(event(), event("b", "Bal"))
    CalendarSource.objects.update(asked_at=timezone.now() - timedelta(hours=7))

    refresh_due()
    refresh_due()
    refresh(CalendarSource.objects.get())

    assert sorted(EventPage.objects.values_list("title", flat=True)) == ["Bal", "Loto"]


def test_a_weekly_event_of_another_zone_begun_years_ago_still_has_dates_to_come():
    utc = event("b", "UTC", "RRULE:FREQ=WEEKLY", start=f"{NEXT_YEAR - 4}0310T190000Z", start_parameters="")

    (found,) = read_calendar(calendar(utc).encode()).events

    assert found.last_day > timezone.localdate() + timedelta(days=600)


@pytest.mark.parametrize("title", ["!!!", "日本", "***", "ical", "Archives"])
def test_titles_of_which_no_address_can_be_made_are_taken_all_the_same(north, title):
    upload(north, calendar(event("a", title), event("b", title, start=f"{NEXT_YEAR}0311T200000"), event("c", "Bal")))

    assert EventPage.objects.count() == 3
    assert north.visitor.get("/agenda/ical/").headers["Content-Type"].startswith("text/calendar")


def test_nothing_is_published_on_the_archive_of_a_closed_pole(north, neighbour, network_admin):
    follow(north, neighbour.url)
    close(north.pole, "Le pôle a fermé.", by=network_admin)
    neighbour.content = calendar(event(), event("b", "Casino"))

    ask_again()

    assert not EventPage.objects.filter(title="Casino").exists()


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYDAY=MO,TU;BYSETPOS=2;COUNT=1000", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2;COUNT=1000",
        "FREQ=DAILY;BYMONTH=4,2;BYMONTHDAY=30;COUNT=1000", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=1000",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=-31;BYMONTH=2;BYMONTHDAY=1", "FREQ=YEARLY;INTERVAL=17;COUNT=1000",
    ],
)  # fmt: skip
def test_rules_made_to_be_searched_for_ever_are_refused(rule):
    found = read_calendar(calendar(event("a", "Bombe", f"RRULE:{rule}"), event("b", "Bal")).encode())

    assert [one.title for one in found.events] == ["Bal"] and [title for title, _why in found.refused] == ["Bombe"]


def test_a_calendar_of_too_many_dates_is_cut_short_and_says_so():
    content = calendar(*(event(f"{number}", "Quotidien", "RRULE:FREQ=DAILY;COUNT=900") for number in range(40)))

    found = read_calendar(content.encode())

    assert 20 <= len(found.events) < 40 and len(found.events) + len(found.refused) == 40


def test_events_hidden_from_the_count_are_counted():
    body = "BEGIN;X=1:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n" * 5001
    with pytest.raises(UnreadableCalendar):
        read_calendar(calendar().replace("END:VCALENDAR", f"{body}END:VCALENDAR").encode())
