"""The demo's events, from events/<pays>.toml: dates are counted from today, so that the agenda is always alive."""

import tomllib
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page, Site

from commons.models import Topic
from core.models import SiteImage
from events.changing import add_event, set_schedule, set_topics
from events.models import Campaign, EventIndexPage, EventOrganiser, EventPage
from events.recurrence.rule import Rule
from events.schedule import Change, Schedule
from events.vocabulary import Registration
from members.models import MemberPage

FOLDER = Path(__file__).parent / "events"
CAMPAIGN = {
    "name": "Mois de l’ESS",
    "slug": "mois-de-l-ess",
    "text": "<p>Un mois pour rencontrer celles et ceux qui entreprennent autrement : portes ouvertes, ateliers, "
    "débats et fêtes, dans tous les pays de Bretagne.</p>",
}


# So that something is on whatever day the demo is looked at: on each of these days, one of those for each pôle.
ALWAYS = [
    ("MO,TU,WE,TH,FR", "09:30", "12:00", "permanence", [
        ("Accueil sans rendez-vous", "On pousse la porte, on pose sa question, on repart avec un nom et un numéro."),
        ("Le café de dix heures", "Dix minutes ou une heure, autour d’une table, avec quelqu’un du pôle."),
        ("Atelier partagé ouvert", "Des bureaux, une connexion, des voisins de table : on vient travailler à côté des autres."),
        ("Coup de pouce numérique", "Une facture, un formulaire, une affiche : on la fait ensemble."),
    ]),
    ("SA", "10:00", "12:30", "fete", [
        ("Le marché des coopératives", "Pain, légumes, livres d’occasion : celles et ceux qui les font les vendent."),
        ("Repair café du samedi", "On apporte ce qui est en panne, on le répare à plusieurs."),
        ("Bourse aux vélos", "On vend, on achète, on règle ses freins."),
        ("Portes ouvertes de la ressourcerie", "Le dépôt, l’atelier, la boutique : tout se visite."),
    ]),
    ("SU", "15:00", "18:00", "rencontre", [
        ("Dimanche au café associatif", "Jeux, goûter et musique, au prix que l’on veut."),
        ("Balade chez les adhérents", "Deux heures à pied, trois structures qui ouvrent leur porte."),
        ("Ciné-débat du dimanche", "Un film, puis la parole à la salle."),
        ("Chantier participatif", "On vient avec ses gants ; le repas est partagé."),
    ]),
]  # fmt: skip


@cache
def content_of(slug: str) -> list[dict]:
    path = FOLDER / f"{slug}.toml"
    if not path.exists():
        return []
    written = tomllib.loads(path.read_text(encoding="utf-8"))["events"]
    chosen = Random(f"always:{slug}")
    town = next((event["commune"] for event in written if event.get("commune")), "")
    always = []
    for days, starts_at, ends_at, kind, choices in ALWAYS:
        title, summary = chosen.choice(choices)
        always.append(
            {
                "title": title, "summary": summary, "kind": kind, "commune": town, "day": -7, "price": "gratuit",
                "starts_at": starts_at, "ends_at": ends_at, "rule": f"FREQ=WEEKLY;BYDAY={days}", "rule_months": 6,
            }
        )  # fmt: skip
    return [*written, *always]


def day(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def load_campaign(locale) -> Campaign:
    campaign = Campaign.objects.filter(slug=CAMPAIGN["slug"], locale=locale).first()
    if campaign is None:
        campaign = Campaign(**CAMPAIGN, starts_on=day(-25), ends_on=day(35), locale=locale)
        campaign.save()
        campaign.save_revision().publish()
    return campaign


def load_events(site: Site, slug: str, draw: Callable[[str, str], SiteImage]) -> None:
    """Publish the events of that pôle."""
    agenda = EventIndexPage.objects.child_of(site.root_page).first()
    if agenda is None:
        return
    if EventPage.objects.child_of(agenda).exists():
        move_dates(agenda, slug)
        return
    random = Random(f"events:{slug}")
    campaign = load_campaign(agenda.locale)
    topics = {topic.slug: topic for topic in Topic.objects.filter(locale=agenda.locale)}
    members = {member.title: member for member in MemberPage.objects.descendant_of(site.root_page)}
    for written in content_of(slug):
        event = event_of(written, campaign, members)
        set_topics(event, [topics[name] for name in written.get("topics", []) if name in topics])
        if written.get("scene"):
            event.listing_image = draw(written["scene"], written.get("image_alt", ""))
        announced = timezone.now() - timedelta(days=random.randint(2, 40) - min(written["day"], 0))
        event.published_at = announced
        add_event(agenda, event, None, publish=True)
        Page.objects.filter(pk=event.pk).update(first_published_at=announced, last_published_at=announced)


def move_dates(agenda: EventIndexPage, slug: str) -> None:
    """Count the dates of the demo's own events from today again; what somebody else wrote stays as it is."""
    there = {event.title: event for event in EventPage.objects.child_of(agenda)}
    for written in content_of(slug):
        event = there.get(written["title"])
        if event is None or event.has_unpublished_changes or event.schedule == schedule_of(written):
            continue
        set_schedule(event, schedule_of(written))
        if event.registration_until and "registration_days_before" in written:
            event.registration_until = event.starts_on - timedelta(days=written["registration_days_before"])
        event.save_revision().publish()


def event_of(written: dict, campaign: Campaign, members: dict[str, MemberPage]) -> EventPage:
    event = EventPage(
        title=written["title"],
        kind_of_event=written["kind"],
        summary=written["summary"],
        audiences=written.get("audiences", []),
        campaign=campaign if written.get("campaign") else None,
        state=written.get("state", "confirme"),
        state_note=written.get("state_note", ""),
        place_name=written.get("place_name", ""),
        street=written.get("street", ""),
        postcode=written.get("postcode", ""),
        commune=written.get("commune", ""),
        online_url=written.get("online_url", ""),
        shows_online_url=written.get("shows_online", False),
        price=written.get("price", ""),
        prices=[
            {"type": "price", "value": {"label": label, "amount": Decimal(str(amount))}}
            for label, amount in written.get("prices", [])
        ],
        registration=written.get("registration", Registration.NONE),
        registration_url=written.get("registration_url", ""),
        registration_email=written.get("registration_email", ""),
        registration_phone=written.get("registration_phone", ""),
        access=written.get("access", []),
        access_note=written.get("access_note", ""),
        body=[{"type": "paragraph", "value": "".join(f"<p>{escape(text)}</p>" for text in written.get("body", []))}],
    )
    if "latitude" in written and event.place_name:
        event.latitude, event.longitude = (Decimal(f"{written[name]:.6f}") for name in ("latitude", "longitude"))
    set_schedule(event, schedule_of(written))
    if "registration_days_before" in written and not event.recurrence:
        event.registration_until = event.starts_on - timedelta(days=written["registration_days_before"])
    event.organisers = [
        EventOrganiser(member=members[name], sort_order=place)
        for place, name in enumerate(written.get("organisers", []))
        if name in members
    ]
    return event


def schedule_of(written: dict) -> Schedule:
    starts_at = hour(written.get("starts_at"))
    first = day(written["day"])
    ends_on = first + timedelta(days=written["lasts"] - 1) if written.get("lasts", 1) > 1 else None
    rule = None
    if "rule" in written:
        until = f";UNTIL={day(30 * written['rule_months']):%Y%m%d}" if "rule_months" in written else ""
        rule = Rule.parse(written["rule"] + until)
    schedule = Schedule(first, starts_at, ends_on, hour(written.get("ends_at")), rule).aligned()
    coming = [one.begin.date() for one in schedule.occurrences() if one.first_day >= day(0)]
    changes = []
    for change in written.get("changes", []):
        hours = hour(change.get("starts_at")), hour(change.get("ends_at"))
        if change["kind"] == "added":
            changes.append(Change("added", day(change["in_days"]), None, *hours, change.get("note", "")))
        elif change["nth"] <= len(coming):
            differs = coming[change["nth"] - 1]
            to_day = differs + timedelta(days=change.get("days", 0)) if change["kind"] == "moved" else None
            changes.append(Change(change["kind"], differs, to_day, *hours, change.get("note", "")))
    return Schedule(schedule.starts_on, starts_at, schedule.ends_on, schedule.ends_at, rule, tuple(changes))
