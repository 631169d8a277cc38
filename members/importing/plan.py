"""What an import would do, line by line, before it does anything."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.words import fold
from members.cells import known_sectors
from members.changing import is_under_review
from members.columns import BY_KEY
from members.importing.limits import DOUBTFUL, FORMULA, MARKS, unmarked
from members.importing.mapping import IGNORED, WRITTEN_ONLY
from members.page import MemberPage
from members.profile import REFERENCE, REQUIRED, differences, read_row, row_of


@dataclass(frozen=True)
class Problem:
    """Why a line cannot be imported: its number in the file, the header of the column, the cell, and what to do."""

    line: int
    column: str
    cell: str
    message: str


@dataclass
class MemberLine:
    """One organisation of the file: the profile that it is, or None for a new one, and what it would change there."""

    number: int
    values: dict[str, object]
    reference: str = ""
    member: MemberPage | None = None
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.values.get("nom") or (self.member.title if self.member else "")


@dataclass
class MemberPlan:
    lines: list[MemberLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def new(self) -> list[MemberLine]:
        return [line for line in self.lines if line.member is None]

    @property
    def changed(self) -> list[MemberLine]:
        return [line for line in self.lines if line.member is not None and line.changes]

    @property
    def unchanged(self) -> list[MemberLine]:
        return [line for line in self.lines if line.member is not None and not line.changes]

    @cached_property
    def worst_lines(self) -> int:
        return len({problem.line for problem in self.problems})


class Register:
    """The profiles of a directory by what an organisation is recognised by."""

    def __init__(self, directory):
        self.by_reference, self.by_number, self.by_name = {}, {}, {}
        profiles = MemberPage.objects.in_directory(directory).with_sectors()
        for member in profiles.order_by("-live", "path"):  # where two have a number, the one that visitors read
            self.by_reference[str(member.translation_key)] = member
            for number in filter(None, (member.siret, member.rna)):
                self.by_number.setdefault(number, member)
            self.by_name.setdefault(member.name_key, []).append(member)

    def find(self, reference: str, values: dict) -> MemberPage | None:
        """The profile of that organisation: by reference, SIRET or RNA, else by name and postcode.

        Raises `LookupError` where several could be it.
        """
        if reference in self.by_reference:
            return self.by_reference[reference]
        for key in ("siret", "rna"):
            if values.get(key) in self.by_number and values[key]:
                return self.by_number[values[key]]
        found = self.by_name.get(fold(values.get("nom") or "")[:255], [])
        if "code_postal" in values:  # a file without postcodes has names alone
            found = [member for member in found if member.postcode == values["code_postal"]]
        # Numbers that differ say that the organisations do.
        numbers = [(key, values[key]) for key in ("siret", "rna") if values.get(key)]
        found = [member for member in found if all(getattr(member, key) in ("", number) for key, number in numbers)]
        if len(found) > 1:
            raise LookupError
        return found[0] if found else None


def make_plan(directory, header: list[str], rows: list[tuple[int, list[str]]], mapping: list[str]) -> MemberPlan:
    """Read every line by the mapping (one key of ours for each column) and say what would happen, or what is wrong."""
    plan, sectors, register = MemberPlan(), known_sectors(), Register(directory)
    places = {key: at for at, key in enumerate(mapping) if key != IGNORED}
    if "nom" not in places:
        plan.problems.append(
            Problem(0, BY_KEY["nom"].key, "", _("No column is said to hold the name: choose it above."))
        )
        return plan
    seen: dict[object, int] = {}
    for number, cells in rows:
        texts = {key: cells[at] for key, at in places.items() if key != REFERENCE and not cells[at].startswith(MARKS)}
        values, errors = read_row(texts, sectors)
        reference = cells[places[REFERENCE]].strip() if REFERENCE in places else ""
        problems = [
            Problem(number, header[places[key]] if key in places else key, texts.get(key, "")[:120], message)
            for key, messages in errors.items()
            for message in messages
        ]
        problems += unreadable(number, header, cells, mapping)
        line = MemberLine(number, values, reference)
        if not problems:
            try:
                line.member = register.find(reference, values)
            except LookupError:
                problems.append(
                    Problem(
                        number,
                        header[places["nom"]],
                        line.name,
                        _("Several profiles have this name and postcode: add its SIRET or RNA."),
                    )
                )
            problems += check_line(line, number, header, places, seen)
            if line.member is not None and is_under_review(line.member):
                problems.append(
                    Problem(
                        number,
                        header[places["nom"]],
                        line.name,
                        _("Somebody is reviewing this profile: answer the review first."),
                    )
                )
        plan.problems += problems
        if not problems:
            if line.member is not None:
                line.changes = differences(row_of(line.member), values)
            plan.lines.append(line)
    return plan


def unreadable(number: int, header: list[str], cells: list[str], mapping: list[str]) -> list[Problem]:
    """The cells that hold a formula instead of what it gives, or letters that cannot be told."""
    return [
        Problem(number, name, unmarked(cell)[:120], why_not(cell))
        for name, cell, key in zip(header, cells, mapping, strict=True)
        if key != IGNORED and cell.startswith(MARKS)
    ]


def why_not(cell: str) -> str:
    if cell.startswith(DOUBTFUL):
        return _("Letters of this cell cannot be told: write it again.")
    if cell.startswith(f"{FORMULA}#"):
        return _("The spreadsheet could not compute this cell: correct it there, or empty it.")
    return _("This cell is a formula: paste its value instead.")


def check_line(line: MemberLine, number: int, header, places, seen: dict) -> list[Problem]:
    """That a new organisation has what it needs, and that no other line of the file is the same one."""
    problems = []
    if line.member is None:
        problems += [
            Problem(
                number,
                key,
                "",
                _("This organisation is new, and the file does not say its “%(column)s”.")
                % {"column": BY_KEY[key].label},
            )
            for key in REQUIRED
            if key not in places
        ]
    values = line.values
    marks = [("profile", line.member.pk)] if line.member else []
    marks += [(key, values[key]) for key in ("siret", "rna") if values.get(key)]
    place = ("place", fold(line.name), values.get("code_postal", ""), line.reference)
    has_number = len(marks) > bool(line.member)
    for mark in marks if line.member else [*marks, place]:
        # Two lines of one name and place may be two organisations if both have numbers, and these differ.
        if mark in seen and not (mark is place and has_number and seen[mark][1]):
            at = mark[0] if mark[0] in places else "nom"
            problems.append(
                Problem(
                    number,
                    header[places[at]],
                    str(mark[1]) if at != "nom" else line.name,
                    _("The same organisation is on line %(line)s.") % {"line": seen[mark][0]},
                )
            )
            break
    for mark in [*marks, place]:
        seen.setdefault(mark, (number, has_number))
    return problems


def ignored(header: list[str], mapping: list[str]) -> list[str]:
    """The columns of the file that are left aside, but for those that our own exports write for readers."""
    return [
        name for name, key in zip(header, mapping, strict=True) if key == IGNORED and fold(name) not in WRITTEN_ONLY
    ]


def doubled(mapping: list[str]) -> list[str]:
    """What two columns of the file are said to hold."""
    return [key for key, count in Counter(mapping).items() if count > 1 and key != IGNORED]
