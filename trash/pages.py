"""Pages go to the trash instead of being deleted, and come back with their address, their links and their place.

A page keeps its key in the trash: whatever names it finds it again. There it is public nowhere, and below no site.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Locale, Page, ReferenceIndex, Revision, Site, WorkflowState
from wagtail.signals import page_published, page_unpublished

from core.isolation.visibility import own_pages
from core.slugs import free_slug_below
from trash.models import TrashedPage, TrashFolder

# Sent with `site`, `title` and `user` (None: nobody but time): what happened to a page with those below it.
trashed, restored, purged = Signal(), Signal(), Signal()


class CannotRestore(Exception):
    """Why, for whoever asked."""


@dataclass(frozen=True)
class Restored:
    """`page` as it is again, and `slug`, the address that it had.

    `is_draft`: it was public, and waits to be again; `lost_schedule`: it was to be published at a date that is over, or
    by somebody who may not.
    """

    page: Page
    slug: str
    is_draft: bool
    lost_schedule: bool


def folder() -> TrashFolder:
    found = TrashFolder.objects.first()
    if found is None:
        found = TrashFolder(title=_("Trash"), slug="corbeille", live=False, locale=Locale.get_default())
        Page.get_first_root_node().add_child(instance=found)
    return found


def site_of(page: Page) -> Site | None:
    """The site that `page` is trashed from: none for a home, and for what stands below no site."""
    site = page.get_site()
    if site is None or page.depth <= site.root_page.depth:
        return None
    return site


def visible_to(user) -> QuerySet[TrashedPage]:
    """What was deleted on the sites that this person works on."""
    homes = own_pages(user).values("pk")
    return TrashedPage.objects.filter(site__root_page__in=homes).select_related(
        "page", "site__root_page", "parent", "by"
    )


def hide(page: Page) -> None:
    """Make a page private as unpublishing does, and remember which of its revisions was the public one."""
    page.live = False
    page.save(clean=False)
    page_unpublished.send(sender=page.specific_class, instance=page)


def show(page: Page) -> None:
    page.live = True
    page.save(clean=False)
    page_published.send(sender=page.specific_class, instance=page, revision=page.live_revision)


@transaction.atomic
def trash(page: Page, *, user) -> TrashedPage:
    """Put `page`, and those below it, in the trash. Whether this person may delete it was asked before."""
    site = site_of(page)
    if site is None:
        raise PermissionDenied
    tree = page.get_descendants(inclusive=True)
    keys = list(tree.values_list("pk", flat=True))
    public = list(tree.live().specific())
    public += Page.objects.filter(alias_of__in=keys, live=True).exclude(pk__in=keys).specific()
    scheduled = Revision.page_revisions.filter(
        object_id__in=[str(key) for key in keys], approved_go_live_at__isnull=False
    )
    schedule = {str(revision.pk): revision.approved_go_live_at.isoformat() for revision in scheduled}
    # A page that mirrors another outside would be written, and published, with it.
    mirrors = Page.objects.filter(pk__in=keys, alias_of__isnull=False).exclude(alias_of__in=keys)
    row = TrashedPage(
        page=page,
        site=site,
        parent=page.get_parent(),
        previous=page.get_prev_sibling(),
        slug=page.slug,
        pages=len(keys),
        live=[shown.pk for shown in public],
        schedule=schedule,
        aliases={str(key): source for key, source in mirrors.values_list("pk", "alias_of")},
        by=user,
    )
    for workflow in WorkflowState.objects.active().filter(object_id__in=[str(key) for key in keys]):
        if isinstance(workflow.content_object, Page):
            workflow.cancel(user=user)
    for shown in public:
        hide(shown)
    scheduled.update(approved_go_live_at=None)
    mirrors.update(alias_of=None)
    # Below the folder every page has its key for an address: two of one address may wait there.
    Page.objects.filter(pk=page.pk).update(slug=str(page.pk))
    moved(page, folder(), "last-child")
    row.save()
    trashed.send(sender=TrashedPage, site=site, title=page.title, user=user)
    return row


def moved(page: Page, target: Page, position: str) -> Page:
    MovePageAction(Page.objects.get(pk=page.pk), target, pos=position).execute(skip_permission_checks=True)
    return Page.objects.get(pk=page.pk)


def in_trash(pages: Iterable[Page]) -> set[int]:
    """The keys of those of `pages` that wait in the trash."""
    paths = tuple(TrashFolder.objects.values_list("path", flat=True))
    return {page.pk for page in pages if page.path.startswith(paths)}


def parent_for(row: TrashedPage) -> Page:
    """Where the page goes back: where it was; else to the first page of its site that may hold it."""
    if row.parent is not None and not in_trash([row.parent]):
        return row.parent.specific
    if row.parent is not None:
        raise CannotRestore(
            _("The page “%(parent)s”, which it was below, is in the trash too: restore that one first.")
            % {"parent": row.parent.title}
        )
    homes = row.site.root_page.get_translations(inclusive=True).filter(locale=row.page.locale)
    kinds = row.page.specific_class.allowed_parent_page_models()
    for home in homes:
        for page in home.get_descendants(inclusive=True).order_by("path").specific():
            if type(page) in kinds:
                return page
    raise CannotRestore(_("The page that it was below is no more, and no other of the site may hold it."))


@transaction.atomic
def restore(row: TrashedPage, *, user) -> Restored:
    """Put the page, and those below it, back. Raises `CannotRestore`."""
    parent = parent_for(row)
    rights = parent.permissions_for_user(user)
    if not rights.can_add_subpage():
        raise PermissionDenied
    before, previous = row.page, row.previous
    Page.objects.filter(pk=before.pk).update(slug=free_slug_below(parent, row.slug))
    if previous is not None and Page.objects.filter(pk=previous.pk).child_of(parent).exists():
        page = moved(before, previous, "right")
    elif previous is None and parent.pk == row.parent_id and not parent.is_leaf():
        page = moved(before, parent.get_first_child(), "left")
    else:
        page = moved(before, parent, "last-child")
    may_publish = rights.can_publish_subpage()
    for key, source in row.aliases.items():
        if Page.objects.filter(pk=source).exists():
            Page.objects.filter(pk=key).update(alias_of=source)
    were_public = public_again(row, page)
    due = {key: at for key, at in row.schedule.items() if may_publish and parse_datetime(at) > timezone.now()}
    if may_publish:
        for shown in were_public.order_by("path").specific():
            show(shown)
        for revision in Revision.objects.filter(pk__in=due):
            revision.approved_go_live_at = parse_datetime(due[str(revision.pk)])
            revision.save()
    else:
        were_public.update(live_revision=None, has_unpublished_changes=True)
    is_draft = page.pk in row.live and not may_publish
    lost_schedule = len(due) < len(row.schedule)
    row.delete()
    restored.send(sender=TrashedPage, site=row.site, title=page.title, user=user)
    return Restored(Page.objects.get(pk=page.pk), row.slug, is_draft, lost_schedule)


def public_again(row: TrashedPage, page: Page) -> QuerySet[Page]:
    """The pages that were public: those of the tree of `page`, and those elsewhere that still mirror one of it."""
    tree = page.get_descendants(inclusive=True).values("pk")
    return Page.objects.filter(pk__in=row.live).filter(Q(pk__in=tree) | Q(alias_of__in=tree))


def may_publish_again(row: TrashedPage, user) -> bool:
    try:
        return parent_for(row).permissions_for_user(user).can_publish_subpage()
    except CannotRestore:
        return False


def own_pages_that_lead_to(page: Page, user) -> int:
    """How many of the pages that this person works on name `page`; none of those in the trash."""
    references = ReferenceIndex.get_references_to(page).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    sources = own_pages(user).filter(pk__in=keys).exclude(path__startswith=page.path)
    return len(sources) - len(in_trash(sources))


@transaction.atomic
def purge(row: TrashedPage, *, user=None) -> None:
    """Delete the page, and those below it, for good."""
    site, title = row.site, row.page.title
    DeletePageAction(row.page.specific, user=user).execute(skip_permission_checks=True)
    if user is not None:
        purged.send(sender=TrashedPage, site=site, title=title, user=user)


def may_purge(row: TrashedPage, user) -> bool:
    """Who may publish on the site; and who deleted it themselves."""
    return row.by_id == user.pk or row.site.root_page.permissions_for_user(user).can_publish_subpage()


def empty_outdated() -> int:
    """Delete what waited its time; returns how many."""
    outdated = list(TrashedPage.objects.outdated().select_related("page", "site"))
    for row in outdated:
        purge(row)
    return len(outdated)


def empty_with_site(sender, instance: Site, **kwargs) -> None:
    """A site that is deleted leaves nothing in the trash."""
    for row in TrashedPage.objects.filter(site=instance).select_related("page", "site"):
        purge(row)
