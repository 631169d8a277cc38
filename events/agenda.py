"""What a visitor asks an agenda for, and the occurrences that answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import QueryDict
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commons.models import Topic
from core.querysets import below
from core.words import fold
from events import zone
from events.campaign import Campaign
from events.occurrences import Occurrence, OccurrenceQuerySet
from events.page import EventPage
from events.periods import last_of_month
from events.queryset import EventQuerySet
from events.rows import EventTopic
from events.rules import FIRST_DAY, LAST_DAY
from events.vocabulary import Kind, Price
from poles.homes import PoleHomes

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
PERIODS = {
    "aujourdhui": gettext_lazy("Today"),
    "week-end": gettext_lazy("This weekend"),
    "mois": gettext_lazy("This month"),
}
MAX_GOING_ON = 12


def day_of(text: str) -> date | None:
    """The day written YYYY-MM-DD; None for what is no day of an agenda."""
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


def period(name: str) -> tuple[date, date]:
    """First and last day of one of `PERIODS`."""
    today = zone.today()
    if name == "week-end":
        saturday = today if today.weekday() >= 5 else today + timedelta(days=5 - today.weekday())
        return saturday, saturday + timedelta(days=1 if saturday.weekday() == 5 else 0)
    if name == "mois":
        return today, last_of_month(today)
    return today, today


def found_by_slug(model, slug: str):
    """The live snippet of that address in the language of the page, or None."""
    if not slug or "\x00" in slug or len(slug) > 60:
        return None
    return model.objects.live().in_language(translation.get_language()).filter(slug=slug).first()


@dataclass(frozen=True)
class AgendaFilter:
    """A choice, as the address says it. What it does not understand is as if it had not been asked."""

    topic: Topic | None = None
    kind: str = ""
    campaign: Campaign | None = None
    commune: str = ""
    is_free: bool = False
    is_online: bool = False
    pole: PoleHomes | None = None
    period: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def from_request(cls, request, poles: Sequence[PoleHomes] = (), campaign: Campaign | None = None) -> "AgendaFilter":
        parameter = request.GET.get
        name = parameter("quand", "")
        since, until = period(name) if name in PERIODS else (day_of(parameter("du", "")), day_of(parameter("au", "")))
        if since and until and until < since:
            since, until = until, since
        return cls(
            topic=found_by_slug(Topic, parameter("theme", "")),
            kind=parameter("type", "") if parameter("type", "") in Kind.values else "",
            campaign=campaign or found_by_slug(Campaign, parameter("campagne", "")),
            commune=fold(parameter("commune", "")[:80]),
            is_free=parameter("gratuit", "") == "1",
            is_online=parameter("en-ligne", "") == "1",
            pole=next((pole for pole in poles if pole.code == parameter("pole", "")), None),
            period=name if name in PERIODS else "",
            since=since,
            until=until,
        )

    @property
    def lasting(self) -> dict[str, str]:
        """The part that a subscription keeps: not the days."""
        return {
            "theme": self.topic.slug if self.topic else "",
            "type": self.kind,
            "campagne": self.campaign.slug if self.campaign else "",
            "commune": self.commune.replace(" ", "-"),
            "gratuit": "1" if self.is_free else "",
            "en-ligne": "1" if self.is_online else "",
            "pole": self.pole.code if self.pole else "",
        }

    @property
    def parameters(self) -> dict[str, str]:
        days = {"quand": self.period}
        if not self.period:
            days |= {
                "du": self.since.isoformat() if self.since else "",
                "au": self.until.isoformat() if self.until else "",
            }
        return {**self.lasting, **days}

    @property
    def query(self) -> str:
        """`?type=atelier`, or ""."""
        return query_of(self.parameters)

    @property
    def lasting_query(self) -> str:
        return query_of(self.lasting)

    def __bool__(self):
        return any(self.parameters.values())

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        if self.topic:
            tagged = EventTopic.objects.filter(page=OuterRef("pk"), topic__translation_key=self.topic.translation_key)
            events = events.filter(Exists(tagged))  # asked event by event, as they come
        if self.kind:
            events = events.filter(kind_of_event=self.kind)
        if self.campaign:
            events = events.filter(campaign__translation_key=self.campaign.translation_key)
        if self.commune:
            events = events.filter(commune_key=self.commune)
        if self.is_free:
            events = events.filter(price=Price.FREE)
        if self.is_online:
            events = events.filter(is_online=True)
        if self.pole:
            events = events.filter(below(self.pole.paths))
        return events

    def in_words(self, communes: dict[str, str]) -> list[str]:
        words = [
            self.topic.name if self.topic else "",
            str(Kind(self.kind).label) if self.kind else "",
            self.campaign.name if self.campaign else "",
            self.pole.name if self.pole else "",
            communes.get(self.commune, self.commune.title()),
            _("free") if self.is_free else "",
            _("online") if self.is_online else "",
            str(PERIODS[self.period]) if self.period else "",
        ]
        if not self.period and self.since and self.until:
            days = {"first": date_format(self.since), "last": date_format(self.until)}
            words.append(_("from %(first)s to %(last)s") % days)
        elif not self.period and self.since:
            words.append(_("from %(first)s") % {"first": date_format(self.since)})
        elif not self.period and self.until:
            words.append(_("until %(last)s") % {"last": date_format(self.until)})
        return [word for word in words if word]


def query_of(parameters: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in parameters.items() if value})
    return f"?{query.urlencode()}" if query else ""


@dataclass(frozen=True)
class Choices:
    """What one can choose among, for what is still to come. `communes` are key → name."""

    topics: list[Topic]
    kinds: list[tuple[str, str]]
    campaigns: list[tuple[str, str]]
    communes: dict[str, str]
    has_free: bool
    has_online: bool
    poles: Sequence[PoleHomes] = ()

    @classmethod
    def of(cls, events: EventQuerySet) -> "Choices":
        """Two queries, however many events."""
        to_come = events.not_over()
        rows = list(
            to_come.order_by()
            .values_list(
                "kind_of_event", "campaign__slug", "campaign__name", "commune_key", "commune", "price", "is_online",
                "campaign__live",
            )
            .distinct()
        )  # fmt: skip
        kinds = {row[0] for row in rows}
        communes = {row[3]: row[4] for row in rows if row[3]}
        return cls(
            topics=list(to_come.topics()),
            kinds=[(code, label) for code, label in Kind.choices if code in kinds],
            campaigns=sorted({(row[1], row[2]) for row in rows if row[7]}),
            communes=dict(sorted(communes.items())),
            has_free=any(row[5] == Price.FREE for row in rows),
            has_online=any(row[6] for row in rows),
        )

    def __bool__(self):
        return bool(self.kinds)


def with_events(occurrences: OccurrenceQuerySet | list[Occurrence]) -> list[Occurrence]:
    """The occurrences, each with the event that a list prints, in one query more."""
    listed = list(occurrences)
    prefetch_related_objects(listed, Prefetch("event", EventPage.objects.defer_streamfields()))
    return listed


def going_on_at(occurrences: OccurrenceQuerySet, day: date) -> list[Occurrence]:
    """What began before that day and is not over on it, as the head of a list prints it."""
    return with_events(occurrences.going_on(day)[:MAX_GOING_ON])


@dataclass(frozen=True)
class Slice:
    """A page of a list whose length nobody counts."""

    PER_PAGE = 16
    MAX_PAGES = 20

    number: int
    occurrences: list[Occurrence]
    has_next: bool
    parameters: dict[str, str]

    @classmethod
    def of(cls, request, occurrences: OccurrenceQuerySet, parameters: dict[str, str]) -> "Slice":
        text = request.GET.get("page", "1")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
        number = min(max(number, 1), cls.MAX_PAGES)
        first = (number - 1) * cls.PER_PAGE
        listed = list(occurrences[first : first + cls.PER_PAGE + 1])
        has_next = len(listed) > cls.PER_PAGE and number < cls.MAX_PAGES
        return cls(number, with_events(listed[: cls.PER_PAGE]), has_next, parameters)

    def address(self, number: int) -> str:
        return query_of({**self.parameters, "page": str(number) if number > 1 else ""}) or "?"

    @property
    def previous_url(self) -> str:
        return self.address(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.address(self.number + 1) if self.has_next else ""

    @property
    def days(self) -> list[tuple[date, list[Occurrence]]]:
        return by_day(self.occurrences)


def from_that_day_on(occurrences: list[Occurrence], first: date) -> list[tuple[date | None, list[Occurrence]]]:
    """By day, under None what began before."""
    began = [one for one in occurrences if one.first_day < first]
    days = by_day([one for one in occurrences if one.first_day >= first])
    return [(None, began), *days] if began else days


def by_day(occurrences: list[Occurrence]) -> list[tuple[date, list[Occurrence]]]:
    return [(day, list(of_day)) for day, of_day in groupby(occurrences, key=attrgetter("first_day"))]


@dataclass(frozen=True)
class Group:
    """What takes place soon, under one heading; `names_days` where the heading does not say the day."""

    label: str
    occurrences: list[Occurrence]
    names_days: bool = True
    period: str = ""  # one of `PERIODS`, by which the agenda lists the whole of it
    is_cut: bool = False


def soon(occurrences: OccurrenceQuerySet, count: int) -> list[Group]:
    """What is on today, what goes on, what comes: each event once, `count` in all; `occurrences` are an agenda's.

    A crowded day leaves room for the weekend: each group has its share, and what remains goes to the first.
    """
    today = zone.today()
    saturday, sunday = period("week-end")
    lasting = list(occurrences.going_on(today).filter(is_cancelled=False).order_by("last_day", "event_id")[:count])
    # A weekly event comes back many times before the next one of another.
    first_of_each = {one.event_id: one for one in reversed([*lasting, *occurrences.beginning(today)[: 20 * count]])}
    chosen = sorted(first_of_each.values(), key=attrgetter("start", "event_id"))
    groups = [
        Group(_("Today"), [one for one in chosen if one.first_day == today], names_days=False, period="aujourdhui"),
        Group(_("Going on"), [one for one in chosen if one.first_day < today], names_days=False),
        Group(_("In the coming days"), [one for one in chosen if today < one.first_day < saturday]),
        Group(
            _("This weekend"),
            [one for one in chosen if max(saturday, today + zone.DAY) <= one.first_day <= sunday],
            period="week-end",
        ),
        Group(_("Later"), [one for one in chosen if one.first_day > sunday]),
    ]
    shares = shared_out(count, [len(group.occurrences) for group in groups])
    shown = [
        replace(group, occurrences=group.occurrences[:share], is_cut=len(group.occurrences) > share)
        for group, share in zip(groups, shares, strict=True)
        if share
    ]
    with_events([one for group in shown for one in group.occurrences])
    return shown


def shared_out(count: int, wanted: list[int]) -> list[int]:
    """Of each group how many, of `count` in all: a third each at first, in order; then what is left, in order."""
    shares = [0] * len(wanted)
    for most in (-(-count // 3), count):
        for place, number in enumerate(wanted):
            left = count - sum(shares)
            shares[place] = max(shares[place], min(number, most, shares[place] + left))
    return shares
