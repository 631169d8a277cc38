"""Whatever has become of an event, every place that shows it says the same."""

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from events import zone
from events.vocabulary import State
from tests.factories import EventPageFactory
from tests.visits import commit

# state → its event, the word that is said of it, whether it is struck through, where one goes
STATES = {
    "confirmed": ({}, "", False, "Fougères"),
    "cancelled": ({"state": State.CANCELLED}, "Annulé", True, "Fougères"),
    "postponed": ({"state": State.POSTPONED}, "Reporté", True, "Fougères"),
    "moved online": ({"state": State.ONLINE}, "En ligne désormais", False, "en ligne"),
    "full": ({"state": State.FULL}, "Complet", False, "Fougères"),
    "online from the start": ({"commune": "", "online_url": "https://visio.example.org/"}, "", False, "en ligne"),
    "its next date cancelled": ({"change": "cancelled"}, "Annulé", True, "Fougères"),
    "its next date full": ({"change": "full"}, "Complet", False, "Fougères"),
    "its next date moved": ({"change": "moved"}, "Déplacé", False, "Fougères"),
    "no longer announced": ({"vanished_on": timedelta(days=30)}, "À vérifier", False, "Fougères"),
}
DAY = zone.today() + timedelta(days=3)
PLACES = {
    "home": ("/", ".now .date"),
    "list": ("/agenda/", ".date"),
    "week": (f"/agenda/semaine/{DAY:%G/%V}/", ".date"),
    "month": (f"/agenda/mois/{DAY:%Y}/{DAY.month}/", ".month td a[href$='/evenement/']"),
    "programme on paper": (f"/agenda/imprimer/?du={DAY}&au={DAY}", ".programme li"),
    "the network's home": ("portal", ".now .date"),
    "the network's list": ("portal agenda", ".date"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("state", STATES)
def test_an_event_is_drawn_alike_in_every_place(north, portal_visitor, state, place):
    values, word, is_struck, where = STATES[state]
    given = {"title": "Festival", "slug": "evenement", "starts_on": DAY, "commune": "Fougères", **values}
    change, vanished = given.pop("change", None), given.pop("vanished_on", None)
    if vanished:
        given["vanished_on"] = timezone.localdate() - vanished
    if change:
        given["recurrence"] = "FREQ=WEEKLY;COUNT=2"
        to_day = {"to_day": DAY, "starts_at": time(20)} if change == "moved" else {}
        given["changes"] = [{"kind": change, "day": DAY, **to_day}]
    EventPageFactory(parent=north.agenda, **given)
    commit()

    path, selector = PLACES[place]
    visitor = portal_visitor if path.startswith("portal") else north.visitor
    path = {"portal": "/", "portal agenda": "/agenda/"}.get(path, path)
    shown = BeautifulSoup(visitor.get(path).content, "html.parser").select_one(selector)

    assert shown is not None, "it is there"
    text = " ".join(shown.text.split())
    badge = shown.select_one(".badge")
    assert (badge.text.strip() if badge else "") == word
    struck = "date--cancelled" in shown.get("class", []) or shown.find("s") is not None
    assert struck == is_struck
    if place != "month":
        assert where in text
        other = {"Fougères": "en ligne", "en ligne": "Fougères"}[where]
        assert other not in text.replace("En ligne désormais", "")
