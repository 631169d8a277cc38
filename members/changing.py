"""Changing sheets on behalf of somebody: what is on line changes, and nobody's draft is lost or published by it."""

from datetime import date

from django.utils.text import slugify
from wagtail.models import Page

from members.page import MemberPage
from members.sheet import assign


def publish_values(member: MemberPage, values: dict[str, object], user=None) -> None:
    """Put these values, by column, on the sheet that visitors read. A draft gets them too, and stays a draft."""
    draft = member.get_latest_revision_as_object() if member.has_unpublished_changes else None
    live = MemberPage.objects.get(pk=member.pk)
    was_live = live.live
    assign(live, values)
    revision = live.save_revision(user=user, changed=bool(values))
    if was_live:
        revision.publish(user=user)
    if draft is not None and was_live:
        assign(draft, values)
        draft.save_revision(user=user)


def mark_verified(member: MemberPage, day: date) -> None:
    """Say that the organisation found its sheet right on that day: on what is on line, and in what is written."""
    MemberPage.objects.filter(pk=member.pk).update(verified_on=day)
    for revision in {member.latest_revision, member.live_revision, member.scheduled_revision} - {None}:
        revision.content["verified_on"] = day.isoformat()
        revision.save(update_fields=["content"])


def free_slug(title: str, taken: set[str]) -> str:
    """An address for a new sheet, and none of those taken; it joins them."""
    stem = slugify(title)[:80].strip("-") or "fiche"
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    taken.add(slug)
    return slug


def slugs_under(directory: Page) -> set[str]:
    return set(directory.get_children().values_list("slug", flat=True))


def add_member(directory: Page, values: dict[str, object], taken: set[str], user=None) -> MemberPage:
    """A new sheet on line, made of these values."""
    member = MemberPage(owner=user, locale_id=directory.locale_id)
    assign(member, values)
    member.slug = free_slug(member.title, taken)
    member.draft_title = member.title
    directory.add_child(instance=member)
    return member
