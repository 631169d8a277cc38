"""Changing profiles on behalf of somebody: what is on line changes, and nobody's draft is lost or published by it."""

from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from core.page_cache.changes import changed, scopes_of_page
from core.slugs import free_slug, slug_of
from members.page import MemberPage
from members.profile import assign


def is_under_review(member: MemberPage) -> bool:
    """Whether somebody is reading a version of the profile: changing it would end their review."""
    return member.current_workflow_state is not None


def publish_values(member: MemberPage, values: dict[str, object], user=None) -> None:
    """Put these values, by column, on the profile that visitors read, and on what is written or waits for its hour.

    A draft stays a draft, a scheduled version stays scheduled; a profile that is not on line stays off line.
    """
    live = MemberPage.objects.get(pk=member.pk)
    scheduled, live_latest = live.scheduled_revision, live.latest_revision_id
    draft = live.get_latest_revision_as_object() if live.has_unpublished_changes else None
    if live.live:
        assign(live, values)
        live.save_revision(user=user).publish(user=user)
    else:
        draft = live.get_latest_revision_as_object()
    if scheduled is not None:
        waiting = scheduled.as_object()
        assign(waiting, values)
        revision = waiting.save_revision(user=user, approved_go_live_at=scheduled.approved_go_live_at)
        waiting.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    if draft is not None and (scheduled is None or scheduled.pk != live_latest):
        assign(draft, values)
        draft.save_revision(user=user)


def mark_verified(member: MemberPage, day: date) -> None:
    """Say that the organisation found its profile right on that day: on line, in what is written, in every language."""
    for profile in MemberPage.objects.filter(translation_key=member.translation_key):
        MemberPage.objects.filter(pk=profile.pk).update(verified_on=day)
        changed(scopes_of_page(profile))
        for revision in {profile.latest_revision, profile.live_revision, profile.scheduled_revision} - {None}:
            revision.content["verified_on"] = day.isoformat()
            revision.save(update_fields=["content"])


def free_key(reference: str) -> UUID:
    """The number of a profile that a file brings back, unless it is no number, or that of a profile that is here."""
    try:
        key = UUID(reference)
    except ValueError:
        return uuid4()
    return uuid4() if Page.objects.filter(translation_key=key).exists() else key


def add_member(
    directory: Page, values: dict[str, object], taken: set[str], user=None, reference: str = ""
) -> MemberPage:
    """A new profile on line, made of these values."""
    member = MemberPage(owner=user, locale_id=directory.locale_id, translation_key=free_key(reference))
    assign(member, values)
    member.slug = free_slug(slug_of(member.title) or "fiche", taken)
    taken.add(member.slug)
    member.draft_title = member.title
    member.first_published_at = member.last_published_at = timezone.now()
    directory.add_child(instance=member)
    log(instance=member, action="wagtail.publish", user=user)
    return member
