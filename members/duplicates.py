"""Profiles that are about the same organisation, in one directory; and making one of two."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

from members.changing import is_under_review, publish_values
from members.columns import BY_KEY, COLUMNS
from members.page import MemberPage
from members.profile import row_of, value_of
from members.rules import check_together

NEAR = 100  # metres


@dataclass(frozen=True)
class Pair:
    first: MemberPage
    second: MemberPage
    why: str


def find_pairs(directory) -> list[Pair]:
    """Pairs that bear the same number, or the same name within 100 m or at the same address; each once."""
    members = list(MemberPage.objects.in_directory(directory).live().by_name())
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


class MergeRefused(ValidationError):
    """The two cannot be made one as they are; its message says why."""


@transaction.atomic
def merge(kept: MemberPage, other: MemberPage, taken: set[str], user) -> None:
    """Give `kept` the columns `taken` from the other, which goes off line; its address leads to the one kept.

    Raises `MergeRefused` where one of the two is off line or under review, or the result would contradict itself.
    """
    both = list(MemberPage.objects.select_for_update().filter(pk__in=(kept.pk, other.pk), live=True))
    if len(both) < 2:
        raise MergeRefused(_("One of the two profiles is no longer on line."))
    if any(is_under_review(profile) for profile in both):
        raise MergeRefused(_("Somebody is reviewing one of these profiles: answer the review first."))
    for one, another in (("latitude", "longitude"), ("longitude", "latitude")):
        if one in taken:  # half a position is none
            taken = taken | {another}
    values = {key: value_of(other, BY_KEY[key]) for key in taken if key in BY_KEY}
    result = {column.field: values.get(column.key, value_of(kept, column)) for column in COLUMNS}
    check_together({**result, "siren": ""} if "siret" in taken else result)
    publish_values(kept, values, user)
    other.proposals.waiting().update(member=kept)
    other.verification_requests.all().delete()
    former, address = other.get_url_parts(), kept.get_url_parts()
    other.unpublish(user=user)
    # Its numbers are those of the one kept: an import must find that one.
    MemberPage.objects.filter(pk=other.pk).update(siret="", rna="", siren="")
    if former and address:
        Redirect.objects.filter(site_id=address[0], old_path=Redirect.normalise_path(address[2])).delete()
        Redirect.objects.filter(redirect_page=other.page_ptr).update(redirect_page=kept.page_ptr)
        Redirect.objects.update_or_create(
            old_path=Redirect.normalise_path(former[2]),
            site_id=former[0],
            defaults={"redirect_page": kept.page_ptr, "is_permanent": True},
        )
