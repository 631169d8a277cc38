"""What a transaction changes of what visitors see, told to the generations once it is committed."""

import logging
import threading
import weakref
from collections.abc import Iterable

import redis
from django.contrib.contenttypes.models import ContentType
from django.core.signals import request_finished
from django.db import models, transaction
from wagtail.models import Page, PreviewableMixin, ReferenceIndex, Site

from core.page_cache.generations import NETWORK, PORTAL, generations, of_site

logger = logging.getLogger(__name__)


class OwedMove(models.Model):
    """A change made while Redis was away; written with it, so that neither is without the other.

    Every process looks for them when it reaches Redis again (`pay_owed`).
    """

    at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.at)


class PendingChange:
    """What one transaction changes. The scopes are marked at once, moved and unmarked when it ends, however it ends."""

    def __init__(self):
        self.marks, self.pages, self.is_owed = {}, set(), False
        # A rollback drops the callbacks that hold this object, and tells nobody.
        self.ended = weakref.finalize(self, settle, self.marks)

    def add(self, scopes: Iterable[str]) -> None:
        for scope in set(scopes) - self.marks.keys():
            try:
                self.marks[scope] = generations().mark(scope)
            except redis.RedisError:
                self.marks[scope] = None
                self.owe()

    def owe(self) -> None:
        if not self.is_owed:
            logger.warning("page cache: Redis does not answer; the change is written down")
            self.is_owed = True
            OwedMove.objects.create()

    def committed(self) -> None:
        if not self.ended.alive:
            return
        elsewhere = scopes_that_refer_to(self.pages) - self.marks.keys()
        if NETWORK in self.marks:
            Site.clear_site_root_paths_cache()  # another process may have filled it with what was there before
        try:
            generations().move(elsewhere)
        except redis.RedisError:
            OwedMove.objects.create()
        self.ended()
        if self.is_owed:
            pay_owed()


def settle(marks: dict) -> None:
    """Move the number of each scope, then take its mark off."""
    for scope, mark in marks.items():
        try:
            generations().move([scope])
            if mark is not None:
                mark.take_off()
        except redis.RedisError:  # the mark stays, and keeps the copies of the scope from being used
            logger.warning("page cache: Redis does not answer; %s stays marked", scope)


def pay_owed() -> None:
    """Make every page new, where something was changed while Redis was away."""
    if not (owed := list(OwedMove.objects.values_list("pk", flat=True))):
        return
    try:
        generations().move([NETWORK])
    except redis.RedisError:
        return
    OwedMove.objects.filter(pk__in=owed).delete()


_transaction = threading.local()


def changed(scopes: Iterable[str], pages: Iterable[int] = ()) -> None:
    """Pages of `scopes` are new when the present transaction is committed; at once where there is none.

    `pages` are the keys of the pages that changed: the sites that mention them are added.
    """
    scopes = set(scopes)
    if not scopes:
        return
    known = getattr(_transaction, "change", None)
    change = known() if known else None
    if change is None or not change.ended.alive:
        change = PendingChange()
        _transaction.change = weakref.ref(change)
    change.add(scopes)
    change.pages.update(pages)
    transaction.on_commit(change.committed, robust=True)


def end_left_over(**kwargs) -> None:
    """End a change whose transaction was rolled back, where something still holds it (an error with its frames)."""
    known = getattr(_transaction, "change", None)
    change = known() if known else None
    if change is not None and not transaction.get_connection().in_atomic_block:
        change.ended()


request_finished.connect(end_left_over)


def scopes_of_page(page: Page) -> set[str]:
    """Its site, and the portal, which lists everything; nothing for what stands outside every site."""
    address = page.url_path or ""
    sites = {root.site_id for root in Site.get_site_root_paths() if address.startswith(root.root_path)}
    return {PORTAL, *map(of_site, sites)} if sites else set()


def scopes_of_site(site_id: int | None) -> set[str]:
    """That site and the portal; the whole network for what belongs to no site."""
    return {PORTAL, of_site(site_id)} if site_id else {NETWORK}


def scopes_that_refer_to(pages: set[int]) -> set[str]:
    """The sites whose pages mention one of these, and the network where shared content or an identity does."""
    if not pages:
        return set()
    references = ReferenceIndex.get_references_to_in_bulk([Page(pk=key) for key in pages])
    scopes, mentioning = set(), set()
    for content_type, key in references.values_list("base_content_type", "object_id").distinct():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is Page:
            mentioning.add(int(key))
        elif model is not None and issubclass(model, PreviewableMixin):  # what can be previewed is shown
            scopes.add(NETWORK)
    return scopes.union(*map(scopes_of_page, Page.objects.filter(pk__in=mentioning - pages).only("url_path")))
