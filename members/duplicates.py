"""Sheets that are about the same organisation, in one directory; and making one of two."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

from members.cells import Words
from members.changing import publish_values
from members.columns import COLUMNS
from members.page import MemberPage
from members.sheet import read_row, row_of

NEAR = 100  # metres


@dataclass(frozen=True)
class Pair:
    first: MemberPage
    second: MemberPage
    why: str


def find_pairs(directory) -> list[Pair]:
    """Pairs that bear the same number, or the same name within 100 m or at the same address; each once."""
    members = list(MemberPage.objects.in_directory(directory).live().filter(alias_of__isnull=True).by_name())
    by_number, by_name = defaultdict(list), defaultdict(list)
    for member in members:
        for number in filter(None, (member.siret, member.rna)):
            by_number[number].append(member)
        by_name[member.name_key].append(member)
    found = {}
    for number, same in by_number.items():
        for first, second in combinations(same, 2):
            found.setdefault(
                (first.pk, second.pk), Pair(first, second, _("same number: %(number)s") % {"number": number})
            )
    for same in by_name.values():
        for first, second in combinations(same, 2):
            if are_near(first, second) and not have_other_numbers(first, second):
                found.setdefault((first.pk, second.pk), Pair(first, second, _("same name, same place")))
    return list(found.values())


def are_near(first: MemberPage, second: MemberPage) -> bool:
    if first.position and second.position:
        return first.position.metres_to(second.position) <= NEAR
    return (first.postcode, first.street) == (second.postcode, second.street)


def have_other_numbers(first: MemberPage, second: MemberPage) -> bool:
    return any(
        getattr(first, name) and getattr(second, name) and getattr(first, name) != getattr(second, name)
        for name in ("siret", "rna")
    )


def compare(kept: MemberPage, other: MemberPage) -> list[dict]:
    """The columns on which the two differ; what one lacks is taken from the other unless one says otherwise."""
    left, right = row_of(kept), row_of(other)
    return [
        {
            "key": column.key, "label": column.label, "kept": left[column.key], "other": right[column.key],
            "take_other": not left[column.key],
        }
        for column in COLUMNS
        if left[column.key] != right[column.key]
    ]  # fmt: skip


@transaction.atomic
def merge(kept: MemberPage, other: MemberPage, taken: set[str], user) -> None:
    """Give `kept` the columns `taken` from the other, which goes off line; its address leads to the one kept."""
    for one, another in (("latitude", "longitude"), ("longitude", "latitude")):
        if one in taken:  # half a position is none
            taken = taken | {another}
    texts = {key: text for key, text in row_of(other).items() if key in taken}
    values, _errors = read_row(texts, Words())
    publish_values(kept, values, user)
    other.proposals.waiting().update(member=kept)
    other.checks.all().delete()
    former = other.get_url_parts()
    other.unpublish(user=user)
    if former:
        site_id, _root, path = former
        Redirect.objects.update_or_create(
            old_path=Redirect.normalise_path(path),
            site_id=site_id,
            defaults={"redirect_page": kept.page_ptr, "is_permanent": True},
        )
