"""What a directory shows: its profiles as light rows, what the visitor asked for, and how many there are of each kind.

One query reads a row for every profile; sorting out and counting happen here, in one pass, however many facets.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelsearch.backends.base import EmptySearchResults

from commons.models import Sector
from core.words import fold
from members.queryset import MemberQuerySet
from members.vocabulary import Family, Label, MemberAudience, Offer

MAX_WORDS = 200  # characters


class Row(NamedTuple):
    """What a list, its facets and a map need of a profile."""

    pk: int
    url_path: str
    title: str
    family: str
    sector_keys: list[str]
    labels: list[str]
    offers: list[str]
    audiences: list[str]
    local_currency: str
    commune: str
    insee_code: str
    siret: str
    rna: str
    verified_on: date | None
    name_key: str

    @property
    def commune_code(self) -> str:
        return self.insee_code or fold(self.commune).replace(" ", "-")


@dataclass(frozen=True)
class DirectoryEntry:
    """One organisation: a profile, and those that other pôles hold of it."""

    row: Row
    others: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return (self.row, *self.others)


def rows_of(profiles: MemberQuerySet, *, ended: bool = False) -> list[Row]:
    """A row for each of these profiles, by name, in one query; without those whose link with the pôle has `ended`."""
    if not ended:
        profiles = profiles.current()
    return [Row._make(values) for values in profiles.by_name().values_list(*Row._fields)]


def alone(rows: Iterable[Row]) -> list[DirectoryEntry]:
    return [DirectoryEntry(row) for row in rows]


def together(rows: Iterable[Row]) -> list[DirectoryEntry]:
    """One entry for the profiles of one organisation: same SIRET, or same RNA number where no SIRET says otherwise.

    A profile joins a group or none, never two: somebody who wrote other people's numbers on their profile would make
    one of several. The profile verified last speaks for all, then the oldest.
    """
    groups: list[list[Row]] = []
    by_number: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        group = by_number.get(row.siret) if row.siret else None
        if group is None and row.rna:
            same = by_number.get(row.rna)
            if same is not None and not (row.siret and same[0].siret):
                group = same
        if group is None:
            groups.append(group := [])
        group.append(row)
        for number in filter(None, (row.siret, row.rna)):
            by_number.setdefault(number, group)
    entries = []
    for group in groups:
        first, *others = sorted(group, key=lambda row: row.verified_on or date.min, reverse=True)
        entries.append(DirectoryEntry(first, tuple(others)))
    return sorted(entries, key=lambda entry: (entry.row.name_key, entry.row.pk))


@dataclass(frozen=True)
class Facet:
    """One way to sort out: the name of its parameter, its words, and the codes of an entry in it."""

    name: str
    label: str
    all_label: str
    codes: Callable[[DirectoryEntry], Iterable[str]]
    words: Callable[[list[DirectoryEntry]], dict[str, str]]  # code → what visitors read
    is_main: bool = False  # shown at once; the others on demand


@dataclass
class FacetCount:
    """A facet as it stands: what may be chosen, how many each would leave, and what was chosen."""

    facet: Facet
    chosen: str
    options: list[tuple[str, str, int]] = field(default_factory=list)
    totals: Counter = field(default_factory=Counter)
    is_offered: bool = False

    def forget_unknown(self, entries: list[DirectoryEntry]) -> None:
        """A code that no entry has was never offered."""
        if self.chosen and not any(self.chosen in self.facet.codes(entry) for entry in entries):
            self.chosen = ""

    @property
    def chosen_words(self) -> str:
        return next((words for code, words, _count in self.options if code == self.chosen), "")


def sectors_by_key(entries) -> dict[str, str]:
    keys = {key for entry in entries for key in entry.row.sector_keys}
    if not keys:
        return {}
    found = Sector.objects.live().in_language(translation.get_language()).filter(translation_key__in=keys)
    return {str(key): name for key, name in found.values_list("translation_key", "name")}


def words_of(choices) -> Callable[[list[DirectoryEntry]], dict[str, str]]:
    return lambda entries: {code: str(label) for code, label in choices.choices}


FACETS = (
    Facet("secteur", _("Sector"), _("All sectors"), lambda entry: entry.row.sector_keys, sectors_by_key, is_main=True),
    Facet(
        "commune",
        _("Commune"),
        _("All communes"),
        lambda entry: (entry.row.commune_code,),
        lambda entries: {entry.row.commune_code: entry.row.commune for entry in entries if entry.row.commune},
        is_main=True,
    ),
    Facet("famille", _("Family"), _("All families"), lambda entry: (entry.row.family,), words_of(Family)),
    Facet("label", _("Label"), _("All labels"), lambda entry: entry.row.labels, words_of(Label)),
    Facet("offre", _("Offer"), _("All offers"), lambda entry: entry.row.offers, words_of(Offer)),
    Facet("public", _("For whom"), _("For everybody"), lambda entry: entry.row.audiences, words_of(MemberAudience)),
    Facet(
        "monnaie",
        _("Local currency"),
        _("Accepted or not"),
        lambda entry: ("oui",) if entry.row.local_currency else (),
        lambda entries: {"oui": str(_("Accepted"))},
    ),
)

ORDERS = {
    "nom": (_("By name"), attrgetter("row.name_key")),
    "commune": (_("By commune"), lambda entry: (fold(entry.row.commune) or "~", entry.row.name_key)),
    "verification": (
        _("Last verified first"),
        lambda entry: (-(entry.row.verified_on or date.min).toordinal(), entry.row.name_key),
    ),
}


class Directory:
    """What one visitor asked of one directory: `?q=words&famille=scop&commune=35115&tri=commune`.

    A value that means nothing here is left aside, so that an old address still shows a list.
    """

    def __init__(
        self,
        request: HttpRequest,
        profiles: MemberQuerySet,
        entries: list[DirectoryEntry],
        facets: Iterable[Facet] = FACETS,
        *,
        counts: bool = True,
    ):
        self.profiles = profiles
        self.words = " ".join(request.GET.get("q", "")[:MAX_WORDS].replace("\x00", " ").split())
        order = request.GET.get("tri", "")
        self.order = order if order in ORDERS else "nom"
        self.everything = entries
        self.facets = [FacetCount(facet, request.GET.get(facet.name, "")) for facet in facets]
        for count in self.facets:
            count.forget_unknown(entries)
        self.entries = self.sort_out()
        if counts:
            self.name_options()

    def searched(self) -> list[DirectoryEntry]:
        """The entries that hold the words, or words that begin so; the index of searches knows which."""
        if not self.words:
            return self.everything
        # The engine filters by few fields: what is published comes as a list of keys.
        profiles = self.profiles.model.objects.filter(pk__in=self.profiles.values("pk"))
        found = set()
        for results in (profiles.search(self.words), profiles.autocomplete(self.words)):
            if not isinstance(results, EmptySearchResults):
                found.update(results.get_queryset().values_list("pk", flat=True))
        return [entry for entry in self.everything if any(row.pk in found for row in entry.rows)]

    def sort_out(self) -> list[DirectoryEntry]:
        """The entries asked for, in order; along the way, each facet counts what each of its codes would leave."""
        wanted = [count for count in self.facets if count.chosen]
        kept = []
        for entry in self.searched():
            failed = [count for count in wanted if count.chosen not in count.facet.codes(entry)]
            if not failed:
                kept.append(entry)
            elif len(failed) == 1:  # the facet that alone keeps it out counts it: choosing otherwise would bring it in
                failed[0].totals.update(failed[0].facet.codes(entry))
        for count in self.facets:
            codes = count.facet.codes
            count.totals.update(code for entry in kept for code in codes(entry))
        if self.order != "nom":  # they came by name
            kept.sort(key=ORDERS[self.order][1])
        return kept

    def name_options(self) -> None:
        """Give each code that would leave something its words."""
        for count in self.facets:
            words = count.facet.words(self.everything)
            # Whatever was chosen, the same facets stand in the form.
            count.is_offered = any(count.facet.codes(entry) for entry in self.everything)
            count.options = [
                (code, words[code], count.totals[code])
                for code in sorted(words, key=lambda code, words=words: fold(words[code]))
                if count.totals[code] or code == count.chosen
            ]

    @property
    def orders(self) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _key) in ORDERS.items()]

    @property
    def main_facets(self) -> list[FacetCount]:
        return [count for count in self.facets if count.facet.is_main and count.is_offered]

    @property
    def other_facets(self) -> list[FacetCount]:
        return [count for count in self.facets if not count.facet.is_main and count.is_offered]

    @property
    def chosen(self) -> list[FacetCount]:
        return [count for count in self.facets if count.chosen]

    @cached_property
    def parameters(self) -> dict[str, str]:
        """What the address of this view of the directory carries."""
        parameters = {"q": self.words, **{count.facet.name: count.chosen for count in self.facets}}
        if self.order != "nom":
            parameters["tri"] = self.order
        return {name: value for name, value in parameters.items() if value}

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or self.chosen)
