"""What a transaction changes of what visitors see, told to the generations once it is committed."""

import logging
import threading
import weakref
from collections.abc import Iterable
from contextlib import suppress

import redis
from django.contrib.contenttypes.models import ContentType
from django.core.signals import request_finished
from django.db import transaction
from django_tasks.signals import task_finished
from wagtail.models import Page, PreviewableMixin, ReferenceIndex, Site

from core.page_cache.generations import NETWORK, PORTAL, generations, of_site
from core.page_cache.owed import OwedMove

logger = logging.getLogger(__name__)


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
        try:
            elsewhere = scopes_that_refer_to(self.pages) - self.marks.keys()
        except Exception:  # whatever it is, nobody may read what was before
            logger.exception("page cache: which pages mention those that changed")
            elsewhere = {NETWORK}
        if NETWORK in self.marks:
            Site.clear_site_root_paths_cache()  # another process may have filled it with what was there before
        try:
            generations().move(elsewhere)
        except redis.RedisError:
            OwedMove.objects.create()
        self.ended()
        if self.is_owed:
            with suppress(redis.RedisError):
                generations().pay_owed()


def settle(marks: dict) -> None:
    """Move the number of each scope, then take its mark off."""
    for scope, mark in marks.items():
        try:
            generations().move([scope])
            if mark is not None:
                mark.take_off()
        except redis.RedisError:  # the mark stays, and keeps the copies of the scope from being used
            logger.warning("page cache: Redis does not answer; %s stays marked", scope)


class OfThisThread(threading.local):
    in_transaction: weakref.ref | None = None  # its callbacks hold it
    being_written: PendingChange | None = None  # outside a transaction, between the two signals of a row


_now = OfThisThread()


def is_in_transaction() -> bool:
    return transaction.get_connection().in_atomic_block


def changing(scopes: Iterable[str]) -> None:
    """A row is about to be written outside a transaction, and on line at once: marked before, moved by `changed()`."""
    end_left_over()
    if scopes and not is_in_transaction():
        _now.being_written = PendingChange()
        _now.being_written.add(scopes)


def changed(scopes: Iterable[str], pages: Iterable[int] = ()) -> None:
    """Pages of `scopes` are new when the present transaction is committed; at once where there is none.

    `pages` are the keys of the pages that changed: the sites that mention them are added.
    """
    scopes = set(scopes)
    if not scopes:
        return
    change, _now.being_written = _now.being_written or change_in_transaction() or PendingChange(), None
    _now.in_transaction = weakref.ref(change)
    change.add(scopes)
    change.pages.update(pages)
    transaction.on_commit(change.committed, robust=True)


def change_in_transaction() -> PendingChange | None:
    found = _now.in_transaction() if _now.in_transaction else None
    return found if found is not None and found.ended.alive else None


def end_left_over(**kwargs) -> None:
    """End what an error left: a row that was not written, a transaction that was rolled back and is still held."""
    if is_in_transaction():
        return
    for change in (_now.being_written, change_in_transaction()):
        if change is not None:
            change.ended()
    _now.being_written = None


request_finished.connect(end_left_over)
task_finished.connect(end_left_over)


def scopes_of_page(page: Page) -> set[str]:
    """Its site, and the portal, which lists everything; the whole network where no site is known to have it."""
    address = page.url_path or ""
    sites = {root.site_id for root in Site.get_site_root_paths() if address.startswith(root.root_path)}
    return {PORTAL, *map(of_site, sites)} if sites else {NETWORK}


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
