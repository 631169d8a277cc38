"""What one visitor asked of the search, what is found, and the ways to sort it out."""

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import urlencode

from django.db.models import Avg, Count, F, Max
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models
from wagtail.search.backends import get_search_backend

from core.findable import DOCUMENTS, SearchKind
from core.images.renditions import prefetch_for_cards
from core.pagination import paginate
from core.site_context import SiteContext
from core.words import fold
from search.best_bets import best_bet, best_bets
from search.entries import EntrySubject, SearchEntry, SearchEntryQuerySet
from search.facets import INSIDE, PERIODS, Option, SearchFacet, Vicinity, period_of
from search.passages import holds, marked, passage
from search.query import Query, read_query
from search.ranking import closeness, relevance
from search.sites import Scope, SearchedSite, searched_sites

PER_PAGE = 10
FEW = 5  # with fewer results than that, a word that nothing holds may be an error
MAX_TOPICS = 12
ELSEWHERE = 5  # results of the network, where the site has none
ORDERS = {"": _("Most relevant first"), "date": _("Most recent first")}


@cache
def search_kinds() -> dict[str, SearchKind]:
    """What results may be, by code, as the classes of pages say."""
    found: dict[str, SearchKind] = {}
    for model in get_page_models():
        for kind in getattr(model, "search_kinds", ()):
            found.setdefault(kind.code, kind)
    return found | {DOCUMENTS.code: DOCUMENTS}


@dataclass(frozen=True)
class Result:
    entry: SearchEntry
    title: SafeString
    passage: SafeString
    kind: str
    site_name: str  # "" on the site itself
    url: str


class Search:
    """`?q=words&type=article&pole=fougeres&theme=<key>&periode=annee&pres=Vitré&tri=date&reseau=1&page=2`.

    A value that means nothing is left aside. On a pôle's site its own pages are searched; with `reseau`, or on the
    portal, those of every site.
    """

    def __init__(self, request: HttpRequest):
        self.request = request
        self.context = SiteContext.of(request)
        parameter = request.GET.get
        self.query: Query = read_query(parameter("q", ""))
        self.kinds = search_kinds()
        self.sites = searched_sites()
        self.scope = Scope.of(self.context)
        self.homes, self.is_portal = self.scope.homes, self.scope.is_portal
        self.is_network = self.is_portal or bool(parameter("reseau"))
        self.kind = known(parameter("type", ""), self.kinds)
        self.pole = known(parameter("pole", ""), {site.code: site for site in self.sites}) if self.is_network else ""
        self.period = known(parameter("periode", ""), PERIODS)
        self.order = known(parameter("tri", ""), ORDERS)
        self.topic = parameter("theme", "")[:36].replace("\x00", "")
        self.near = " ".join(parameter("pres", "")[:80].replace("\x00", " ").split())
        self.replaced: Query | None = None  # the query in the place of which another is answered
        self.proposal: Query | None = None
        if not self.query.is_empty:
            self.answer()

    # Asking

    def answer(self) -> None:
        """Find what was asked for; failing that what was probably meant, then what holds one of the words."""
        asked = self.query
        if self.network_count < FEW:
            mended = asked.mended(is_rare=bool(self.network_count))
            if mended is not None:
                count = self.network_count
                self.ask(mended)
                if not count and self.network_count:
                    self.replaced = asked
                else:
                    self.proposal = mended if self.network_count > count else None
                    self.ask(asked)
        if not self.network_count and len(self.query.words) > 1:
            self.ask(self.query.with_any())
            self.replaced = asked if self.network_count else None

    def ask(self, query: Query) -> None:
        self.query = query
        for name in ("groups", "matching"):
            self.__dict__.pop(name, None)

    @cached_property
    def place(self) -> Vicinity | None:
        if not self.near:
            return None
        there = SearchEntry.objects.filter(commune_key=fold(self.near)[:80], latitude__isnull=False)
        of_commune = there.shown(self.context.language)
        found = of_commune.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"), name=Max("commune"))
        return Vicinity(found["name"], found["latitude"], found["longitude"]) if found["name"] else None

    @cached_property
    def matching(self) -> SearchEntryQuerySet:
        """The published entries of the whole network that hold the words, whatever else was chosen but a place."""
        every = SearchEntry.objects.all()
        results = get_search_backend().search(self.query.for_engine(), every, order_by_relevance=False)
        found = self.scope.shown(results.annotate_score("score").get_queryset())
        return found.filter(self.place.condition) if self.place else found

    @cached_property
    def groups(self) -> list[tuple[str, str, str, int]]:
        """How many there are of each kind, on each site, of each period: one query for three facets and two totals."""
        found = self.matching
        if self.topic:
            found = found.filter(subjects__key=self.topic)
        return list(
            found.annotate(period=period_of())
            .values("kind", "home_path", "period")
            .annotate(number=Count("pk"))
            .values_list("kind", "home_path", "period", "number")
        )

    def total(self, *, kind=True, site=True, period=True, network=None) -> int:
        return sum(number for *_codes, number in self.groups_left(kind=kind, site=site, period=period, network=network))

    def groups_left(self, *, kind=True, site=True, period=True, network: bool | None = None):
        """The groups that the choices leave, without those that are not to be looked at."""
        everywhere = self.is_network if network is None else network
        paths = self.site_paths if site and everywhere else None
        for group in self.groups:
            of_kind, home_path, of_period, _number = group
            if kind and self.kind and of_kind != self.kind:
                continue
            if period and self.period and of_period not in INSIDE[self.period]:
                continue
            if (paths is not None and home_path not in paths) or (not everywhere and home_path not in self.homes):
                continue
            yield group

    @property
    def site_paths(self) -> tuple[str, ...] | None:
        return next((site.paths for site in self.sites if site.code == self.pole), None) if self.pole else None

    @cached_property
    def count(self) -> int:
        return self.total()

    @property
    def network_count(self) -> int:
        return self.total(kind=False, period=False, site=False, network=True)

    @property
    def elsewhere_count(self) -> int:
        """What the whole network has of what was asked for on this site."""
        return 0 if self.is_network else self.total(network=True)

    # Showing

    def left(self, *, network: bool | None = None, topic: bool = True) -> SearchEntryQuerySet:
        """The entries that the choices leave."""
        everywhere = self.is_network if network is None else network
        found = self.matching
        if not everywhere:
            found = found.filter(home_path__in=self.homes)
        elif self.site_paths is not None:
            found = found.filter(home_path__in=self.site_paths)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.period:
            found = found.annotate(period=period_of()).filter(period__in=INSIDE[self.period])
        return found.filter(subjects__key=self.topic) if topic and self.topic else found

    def in_order(self, network: bool | None = None) -> SearchEntryQuerySet:
        if self.order == "date":
            found = self.left(network=network).order_by(F("date").desc(nulls_last=True), "-pk")
        else:
            found = self.left(network=network)
            found = found.annotate(closeness=closeness(self.query), relevance=relevance())
            found = found.order_by("-closeness", "-relevance", "pk")
        return found.select_related("page__locale", "picture").prefetch_related(prefetch_for_cards("picture"))

    @cached_property
    def pagination(self):
        pagination = paginate(self.request, Counted(self), PER_PAGE, keep=self.parameters())
        pagination.page.object_list = self.results(pagination.page.object_list)
        return pagination

    @cached_property
    def elsewhere(self) -> list[Result]:
        """The first of the network, where the site has none."""
        return [] if self.count or not self.elsewhere_count else self.results(self.in_order(network=True)[:ELSEWHERE])

    def results(self, entries) -> list[Result]:
        names = {path: site.name for site in self.sites for path in site.paths}
        found = []
        for entry in entries:
            is_here = entry.home_path in self.homes
            found.append(
                Result(
                    entry=entry,
                    title=marked(entry.title, self.query.roots),
                    passage=self.passage_of(entry),
                    kind=name_of_kind(entry, self.kinds),
                    site_name="" if is_here and not self.is_network else names.get(entry.home_path, ""),
                    url=entry.get_url(self.request),
                )
            )
        return found

    def passage_of(self, entry: SearchEntry) -> SafeString:
        """From the summary, unless only the text holds the words."""
        texts = [entry.summary, entry.text]
        return passage(
            next((text for text in texts if holds(text, self.query.roots)), entry.summary or entry.text),
            self.query.roots,
        )

    @cached_property
    def best_bet(self) -> Page | None:
        if self.is_filtered or self.replaced or (self.request.GET.get("page") or "1") != "1":
            return None
        return self.answer_to(self.query.typed)

    @cached_property
    def question_page(self) -> Page | None:
        """Where somebody answers: the page that answers « contact »."""
        return self.answer_to("contact")

    def answer_to(self, words: str) -> Page | None:
        homes = [self.context.home, self.context.site.root_page]
        return best_bet(words, list({home.pk: home for home in homes}.values()), self.answers)

    @cached_property
    def answers(self) -> dict[tuple[str, ...], str]:
        return best_bets()

    # Sorting out

    @property
    def typed(self) -> str:
        """The query as the visitor gave it, whichever is answered."""
        return self.replaced.typed if self.replaced else self.query.typed

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.pole or self.period or self.topic or self.near)

    def parameters(self, **others) -> dict[str, str]:
        """What the address of this search carries, with `others` in the place of some."""
        found = {
            "q": self.typed,
            "type": self.kind,
            "pole": self.pole,
            "theme": self.topic,
            "periode": self.period,
            "pres": self.near,
            "tri": self.order,
            "reseau": "1" if self.is_network and not self.is_portal else "",
        } | others
        return {name: value for name, value in found.items() if value}

    def address(self, **others) -> str:
        return f"?{urlencode(self.parameters(**others))}"

    def facet(self, name: str, label, all_label, names: dict[str, str], counts: Counter, chosen: str) -> SearchFacet:
        codes = [code for code in names if counts[code] or code == chosen]
        options = [Option(code, str(names[code]), counts[code]) for code in codes]
        return SearchFacet(name, label, all_label, options, chosen)

    @cached_property
    def facets(self) -> list[SearchFacet]:
        """What may be chosen of each, with what it would leave; those that would sort nothing out are left out."""
        kinds = Counter()
        for code, _path, _period, number in self.groups_left(kind=False):
            kinds[code] += number
        periods = Counter()
        for _kind, _path, code, number in self.groups_left(period=False):
            for period, inside in INSIDE.items():
                periods[period] += number if code in inside else 0
        found = [
            self.facet(
                "type",
                _("Kind"),
                _("All kinds"),
                {code: kind.label for code, kind in self.kinds.items()},
                kinds,
                self.kind,
            ),
            self.facet("theme", _("Topic"), _("All topics"), *self.topics(), self.topic),
            self.facet("periode", _("Period"), _("At any time"), PERIODS, periods, self.period),
        ]
        if self.is_network:
            sites, code_of = Counter(), {path: site.code for site in self.sites for path in site.paths}
            for _kind, path, _period, number in self.groups_left(site=False):
                sites[code_of.get(path, "")] += number
            names = {site.code: named(site) for site in self.sites}
            found.insert(1, self.facet("pole", _("Pôle"), _("All pôles"), names, sites, self.pole))
        return [facet for facet in found if facet.chosen or any(option.count < self.count for option in facet.options)]

    def topics(self) -> tuple[dict[str, str], Counter]:
        if not self.groups:
            return {}, Counter()
        counted = (
            EntrySubject.objects.filter(entry__in=self.left(topic=False).values("pk"))
            .values("key")
            .annotate(number=Count("pk"), label=Max("name"))
            .order_by("-number", "label")
        )
        rows = list(counted.values_list("key", "label", "number")[: MAX_TOPICS + 1])
        return {key: label for key, label, _number in rows}, Counter({key: number for key, _label, number in rows})

    @property
    def orders(self) -> list[tuple[str, str]]:
        return list(ORDERS.items())

    @property
    def network_address(self) -> str:
        return self.address(reseau="1")

    @property
    def site_address(self) -> str:
        return self.address(reseau="", pole="")

    @property
    def all_address(self) -> str:
        """The same words with nothing chosen."""
        return self.address(type="", pole="", theme="", periode="", pres="")

    @property
    def proposal_address(self) -> str:
        return self.address(q=self.proposal.typed) if self.proposal else ""


class Counted:
    """The results as a paginator takes them: their number is known."""

    def __init__(self, search: Search):
        self.search = search

    def count(self) -> int:
        return self.search.count

    def __len__(self) -> int:
        return self.search.count

    def __getitem__(self, part: slice):
        return self.search.in_order()[part] if self.search.count else []


def known(value: str, among) -> str:
    return value if value in among else ""


def name_of_kind(entry: SearchEntry, kinds: dict[str, SearchKind]) -> str:
    """What it is, for one: "Article"; a part by its kind, a page by its class."""
    if entry.part:
        return str(kinds[entry.kind].singular) if entry.kind in kinds else ""
    return capfirst(str(entry.page.specific_class.kind())) if entry.page.specific_class else ""


def named(site: SearchedSite) -> str:
    return f"{site.name} ({site.pays})" if site.pays and fold(site.pays) not in fold(site.name) else site.name
