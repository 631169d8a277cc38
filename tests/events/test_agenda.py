"""The agenda of a pôle as visitors read it: what comes next, by day, by week, by month, and as calendars."""

import re
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from time_machine import travel
from wagtail.models import Locale, PageViewRestriction

from core.models import SiteIdentity
from events.models import EventOrganiser, Occurrence
from tests.factories import (
    CampaignFactory,
    EventIndexPageFactory,
    EventPageFactory,
    MemberPageFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def page(client, path="/agenda/") -> str:
    response = client.get(path)
    assert response.status_code == 200, f"{response.status_code} {path}"
    return (b"".join(response) if response.streaming else response.content).decode()


def in_days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def titles(html: str) -> list[str]:
    return [link.text for link in BeautifulSoup(html, "html.parser").select(".date > a")]


VIEWS = ("", "rss/", "atom/", "ical/", "csv/", "geojson/", "abonnement/", "imprimer/", "imprimer/?format=a5")


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_of_an_agenda_answers_with_and_without_events(north, path):
    page(north.visitor, f"/agenda/{path}")
    EventPageFactory(parent=north.agenda, recurrence="FREQ=WEEKLY;COUNT=4")
    page(north.visitor, f"/agenda/{path}")


def test_an_empty_agenda_says_so_and_offers_to_subscribe(north):
    html = page(north.visitor)

    assert "Rien n’est encore annoncé" in html and "/agenda/abonnement/" in html


def test_what_comes_next_is_read_day_by_day_and_what_is_over_is_not(north):
    EventPageFactory(parent=north.agenda, title="Après-demain", starts_on=in_days(2))
    EventPageFactory(parent=north.agenda, title="Demain", starts_on=in_days(1))
    EventPageFactory(parent=north.agenda, title="Hier", starts_on=in_days(-1))

    assert titles(page(north.visitor)) == ["Demain", "Après-demain"]


def test_an_event_that_comes_back_is_there_each_time(north):
    EventPageFactory(parent=north.agenda, title="Permanence", recurrence="FREQ=WEEKLY;COUNT=3")

    assert titles(page(north.visitor)) == ["Permanence"] * 3


def test_what_began_before_today_and_goes_on_comes_first(north):
    EventPageFactory(parent=north.agenda, title="Ce soir", starts_on=in_days(0))
    EventPageFactory(
        parent=north.agenda, title="Exposition", starts_on=in_days(-3), starts_at=None, ends_at=None, ends_on=in_days(3)
    )

    assert titles(page(north.visitor)) == ["Exposition", "Ce soir"]


def test_drafts_private_and_other_poles_events_are_on_no_list(north, south):
    EventPageFactory(parent=north.agenda, title="Brouillon", live=False)
    EventPageFactory(parent=south.agenda, title="Du Sud")
    private = EventPageFactory(parent=north.agenda, title="Privé")
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="mot")

    for path in VIEWS:
        html = page(north.visitor, f"/agenda/{path}")
        assert not {word for word in ("Brouillon", "Du Sud", "Privé") if word in html}, path


def test_a_section_lists_its_events_and_the_agenda_lists_them_all(north):
    section = EventIndexPageFactory(parent=north.agenda, title="Ateliers", slug="ateliers")
    EventPageFactory(parent=section, title="De la section")
    EventPageFactory(parent=north.agenda, title="De l’agenda", starts_on=in_days(8))

    assert titles(page(north.visitor)) == ["De la section", "De l’agenda"]
    assert titles(page(north.visitor, "/agenda/ateliers/")) == ["De la section"]


@pytest.fixture
def choice(north):
    """Events that differ in one thing each."""
    topic, campaign = TopicFactory(name="Mobilité", slug="mobilite"), CampaignFactory(slug="mois")
    EventPageFactory(parent=north.agenda, title="Par thème", topics=[topic])
    EventPageFactory(parent=north.agenda, title="Par type", kind_of_event="atelier")
    EventPageFactory(parent=north.agenda, title="Par campagne", campaign=campaign)
    EventPageFactory(parent=north.agenda, title="Par commune", commune="Saint-Méloir-des-Ondes")
    EventPageFactory(parent=north.agenda, title="Gratuit", price="gratuit")
    EventPageFactory(parent=north.agenda, title="En ligne", online_url="https://visio.example.org/")
    EventPageFactory(parent=north.agenda, title="Plus tard", starts_on=in_days(60))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("theme=mobilite", ["Par thème"]),
        ("type=atelier", ["Par type"]),
        ("campagne=mois", ["Par campagne"]),
        ("commune=saint+meloir+des+ondes", ["Par commune"]),
        ("commune=saint-meloir-des-ondes", ["Par commune"]),
        ("gratuit=1", ["Gratuit"]),
        ("en-ligne=1", ["En ligne"]),
        ("commune=nulle-part", []),
    ],
)
def test_a_choice_is_in_the_address_and_in_every_output(north, choice, query, expected):
    assert titles(page(north.visitor, f"/agenda/?{query}")) == expected
    calendar = page(north.visitor, f"/agenda/ical/?{query}")
    assert re.findall(r"^SUMMARY:(.+?)\r$", calendar, re.MULTILINE) == expected
    lines = page(north.visitor, f"/agenda/csv/?{query}").splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == expected


def test_a_period_is_chosen_by_its_days(north, choice):
    until, since = in_days(8), in_days(50)

    assert "Plus tard" not in titles(page(north.visitor, f"/agenda/?au={until}"))
    assert titles(page(north.visitor, f"/agenda/?du={since}&au={in_days(70)}")) == ["Plus tard"]
    assert titles(page(north.visitor, f"/agenda/?du={in_days(70)}&au={since}")) == ["Plus tard"]


@pytest.mark.parametrize(
    "query",
    [
        "du=2026-12-01", "au=2026-12-01",
        "du=2026-02-30", "du=hier", "au=99999-01-01", "du=0001-01-01", "quand=jamais", "theme=%00", "type=%F0%9F%92%A5",
        "page=0", "page=99999999999999999999", "page=-1", "commune=" + "x" * 5000, "campagne=" + "y" * 300, "pole=%00",
        "gratuit=oui", "du=2026-01-01&au=2025-01-01", "theme=mobilite%27%3BDROP",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["", "ical/", "csv/", "geojson/", "imprimer/", "abonnement/", "mois/{0:%Y/%-m}/"])
def test_what_an_address_cannot_mean_is_as_if_it_were_not_there(north, query, path):
    EventPageFactory(parent=north.agenda)
    assert north.visitor.get(f"/agenda/{path.format(timezone.localdate())}?{query}").status_code == 200


def test_today_is_the_today_of_paris_at_half_past_eleven_in_the_evening_utc(north):
    """23:30 UTC is half past midnight in Paris, in winter as in summer: yesterday is over, today is new."""
    EventPageFactory(parent=north.agenda, title="Le 14", starts_on=date(2027, 1, 14), starts_at=time(20))
    EventPageFactory(parent=north.agenda, title="Le 15", starts_on=date(2027, 1, 15), starts_at=time(9))
    with travel(datetime(2027, 1, 14, 23, 30, tzinfo=UTC), tick=False):
        assert titles(page(north.visitor)) == ["Le 15"]
        assert titles(page(north.visitor, "/agenda/?quand=aujourdhui")) == ["Le 15"]
    with travel(datetime(2027, 1, 14, 22, 30, tzinfo=UTC), tick=False):
        assert titles(page(north.visitor, "/agenda/?quand=aujourdhui")) == ["Le 14"]


@pytest.mark.parametrize(("day", "expected"), [(20, [23, 24]), (23, [23, 24]), (24, [24])])
def test_the_weekend_is_the_next_one_or_what_is_left_of_this(north, day, expected):
    for number in (22, 23, 24, 25, 30):
        EventPageFactory(parent=north.agenda, title=str(number), starts_on=date(2027, 1, number))
    with travel(datetime(2027, 1, day, 11, tzinfo=UTC), tick=False):
        assert [int(title) for title in titles(page(north.visitor, "/agenda/?quand=week-end"))] == expected


def test_a_month_is_a_table_with_a_header_for_each_day(north):
    EventPageFactory(parent=north.agenda, title="Rencontre", starts_on=date(2027, 1, 14), slug="rencontre")
    with travel(datetime(2027, 1, 5, 11, tzinfo=UTC), tick=False):
        soup = BeautifulSoup(page(north.visitor, "/agenda/mois/2027/1/"), "html.parser")

    table = soup.select_one("table.month")
    assert table.caption.text == "janvier 2027"
    assert [header["scope"] for header in table.select("thead th")] == ["col"] * 7
    assert all(len(row.select("td")) == 7 for row in table.select("tbody tr"))
    cell = table.select_one('a[href="/agenda/rencontre/"]').find_parent("td")
    assert cell.select_one(".month__day").text == "14"
    assert cell.find_parent("tr").select("td").index(cell) == 3  # a Thursday


def test_a_week_lists_its_seven_days(north):
    EventPageFactory(parent=north.agenda, title="Rencontre", starts_on=date(2027, 1, 14))
    with travel(datetime(2027, 1, 5, 11, tzinfo=UTC), tick=False):
        soup = BeautifulSoup(page(north.visitor, "/agenda/semaine/2027/2/"), "html.parser")

    assert len(soup.select(".agenda h3")) == 7
    assert soup.select_one("#j20270114 + ul a").text == "Rencontre"


@pytest.mark.parametrize(
    "path",
    [
        "mois/2026/13/", "mois/0/1/", "mois/99999999999/1/", "mois/2035/1/", "mois/1999/1/", "semaine/2026/54/",
        "semaine/2026/0/", "semaine/9999/52/", "semaine/2035/1/", "archives/1950/", "archives/99999999/",
        "campagne/inconnue/",
    ],
)  # fmt: skip
def test_what_cannot_hold_an_event_does_not_exist(north, path):
    EventPageFactory(parent=north.agenda)
    assert north.visitor.get(f"/agenda/{path}").status_code == 404


def test_a_crawler_that_follows_every_link_comes_to_an_end(north):
    """The agenda of a busy pôle: fifty events, half of them without end."""
    for number in range(50):
        EventPageFactory(
            parent=north.agenda,
            starts_on=in_days(number - 10),
            recurrence="FREQ=WEEKLY" if number % 2 else "",
            commune=f"Commune {number % 7}",
        )
    seen, shown, waiting = set(), 0, ["/agenda/"]
    while waiting and len(seen) < 2000:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = north.visitor.get(address)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        shown += 1
        for link in BeautifulSoup(response.content, "html.parser").select("a[href]"):
            target = urlsplit(urljoin(f"http://{north.site.hostname}{address}", link["href"]))
            if target.hostname == north.site.hostname and target.path.startswith("/agenda/"):
                waiting.append(f"{target.path}?{target.query}" if target.query else target.path)

    assert shown < 500 and len(seen) < 2000


def test_what_is_over_is_in_the_archive_of_its_year(north):
    EventPageFactory(parent=north.agenda, title="Passé", starts_on=date(2025, 5, 5))

    response = north.visitor.get("/agenda/archives/")
    assert response.url == "/agenda/archives/2025/"
    assert titles(page(north.visitor, response.url)) == ["Passé"]


def test_the_archive_of_the_portal_names_the_pole_of_each_event(north, portal_visitor):
    EventPageFactory(parent=north.agenda, title="Passé", starts_on=date(2025, 5, 5))

    (line,) = BeautifulSoup(page(portal_visitor, "/agenda/archives/2025/"), "html.parser").select("li.date")

    assert "Pôle Nord" in line.text


def test_a_campaign_has_its_programme_on_each_pole_and_on_the_portal(north, south, portal_visitor):
    campaign = CampaignFactory(name="Mois de l’ESS", slug="mois-ess", text="<p>Partout.</p>")
    EventPageFactory(parent=north.agenda, title="Au Nord", campaign=campaign)
    EventPageFactory(parent=south.agenda, title="Au Sud", campaign=campaign)
    EventPageFactory(parent=south.agenda, title="Hors campagne")

    assert titles(page(north.visitor, "/agenda/campagne/mois-ess/")) == ["Au Nord"]
    assert titles(page(portal_visitor, "/agenda/campagne/mois-ess/")) == ["Au Nord", "Au Sud"]
    assert "Partout." in page(north.visitor, "/agenda/campagne/mois-ess/")


def test_the_portal_shows_every_poles_events_with_its_name_and_one_pole_if_asked(north, south, portal_visitor):
    EventPageFactory(parent=north.agenda, title="Au Nord")
    EventPageFactory(parent=south.agenda, title="Au Sud")

    html = page(portal_visitor)
    assert titles(html) == ["Au Nord", "Au Sud"] and "Pôle Nord" in html
    assert titles(page(portal_visitor, f"/agenda/?pole={south.home.slug}")) == ["Au Sud"]


def test_an_event_translated_into_breton_is_once_on_the_portal(north, portal_visitor):
    event = EventPageFactory(parent=north.agenda, title="Festival")
    event.copy_for_translation(Locale.objects.get(language_code="br"), copy_parents=True, alias=True)

    assert titles(page(portal_visitor)) == ["Festival"]
    assert page(portal_visitor, "/agenda/ical/").count("BEGIN:VEVENT") == 1


def test_the_home_page_shows_the_next_of_each_event(north):
    EventPageFactory(parent=north.agenda, title="Permanence", recurrence="FREQ=DAILY")
    EventPageFactory(parent=north.agenda, title="Fête", starts_on=in_days(30))

    assert titles(page(north.visitor, "/")) == ["Permanence", "Fête"]


def test_moving_an_event_to_another_agenda_takes_its_dates_along(north, south):
    event = EventPageFactory(parent=north.agenda, title="Voyageur")
    event.move(south.agenda, "last-child")

    assert titles(page(south.visitor)) == ["Voyageur"]
    assert titles(page(north.visitor)) == []
    assert Occurrence.objects.get().home_path == south.home.path


def test_a_title_of_two_lines_is_one_line_of_a_calendar(north):
    EventPageFactory(parent=north.agenda, slug="cafe", title="Café\r\nATTENDEE:mailto:x@example.org")

    for path in ("cafe/ical/", "ical/"):
        assert "\r\nATTENDEE" not in page(north.visitor, f"/agenda/{path}")


def test_an_organiser_whose_profile_is_not_public_is_named_nowhere(north):
    member = MemberPageFactory(parent=north.directory, title="Secret Défense")
    event = EventPageFactory(parent=north.agenda, slug="cafe")
    event.organisers = [EventOrganiser(member=member)]
    event.save()
    assert "Secret Défense" in page(north.visitor, "/agenda/cafe/")
    PageViewRestriction.objects.create(page=member, restriction_type="password", password="mot")

    for path in ("cafe/", "ical/", "csv/", "geojson/"):
        assert "Secret Défense" not in page(north.visitor, f"/agenda/{path}"), path


def test_a_breton_agenda_shows_the_french_events_that_are_not_translated_and_says_their_language(north):
    SiteIdentity.objects.filter(site=north.site).update(breton_enabled=True)
    breton = Locale.objects.get(language_code="br")
    translated = EventPageFactory(parent=north.agenda, title="Kafe", slug="kafe")
    EventPageFactory(parent=north.agenda, title="Bal", starts_on=in_days(9))
    for original in (north.home, north.agenda, translated):
        copy = original.copy_for_translation(breton)
        copy.title = "Kafe ar raktresoù"
        copy.save_revision().publish()

    soup = BeautifulSoup(page(north.visitor, f"/br/{north.agenda.slug}/"), "html.parser")

    lines = soup.select(".date")
    assert [line.a.text for line in lines] == ["Kafe ar raktresoù", "Bal"]
    assert [line.get("lang") for line in lines] == [None, "fr"]


def test_one_date_of_a_series_is_added_to_a_calendar_alone(north):
    EventPageFactory(parent=north.agenda, slug="cafe", title="Café", recurrence="FREQ=WEEKLY;COUNT=3")
    first, second, _third = Occurrence.objects.in_order()

    html = page(north.visitor, "/agenda/cafe/")
    calendar = page(north.visitor, f"/agenda/cafe/ical/{second.original}/")

    assert f'id="d{second.original}"' in html and f"/agenda/cafe/ical/{second.original}/" in html
    assert f'href="/agenda/cafe/#d{first.original}"' in page(north.visitor, "/agenda/")
    event = calendar.split("BEGIN:VEVENT")[1]
    assert f"{second.local_start:%Y%m%dT%H%M%S}" in event
    assert "RRULE" not in event and "RECURRENCE-ID" not in event
    for unknown in ("20200101T000000", "demain", f"{second.original}9"):
        assert north.visitor.get(f"/agenda/cafe/ical/{unknown}/").status_code == 404
