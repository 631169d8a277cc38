"""Tells the page cache what each saved or deleted row changes, by the rules that the rooms bring."""

from functools import lru_cache

from django.db import transaction
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from wagtail.models import Page
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move, pre_page_move

from core.page_cache.changes import changed, changing
from core.page_cache.generations import NETWORK
from core.page_cache.rules import DRAFT_FIELDS, Rules
from core.seams import brought


@lru_cache(maxsize=1)
def rules() -> Rules:
    return Rules(brought("page_cache_rules"))


def on_saving(sender, instance, update_fields, **kwargs):
    if not (update_fields and DRAFT_FIELDS.issuperset(update_fields)):
        changing(rules().scopes(instance, added=instance._state.adding))


def on_saved(sender, instance, created, update_fields, raw=False, **kwargs):
    if update_fields and DRAFT_FIELDS.issuperset(update_fields):
        return
    pages = {instance.pk} if isinstance(instance, Page) and instance.live else ()
    changed(rules().scopes(instance, added=created), pages)


def on_deleting(sender, instance, **kwargs):
    # What was there may be mentioned, or found, anywhere.
    changed({NETWORK} if isinstance(instance, Page) else rules().scopes(instance))


def on_related(sender, instance, action, **kwargs):
    if action.startswith("post_") and sender not in rules().not_shown:
        changed(rules().scopes(instance))


def on_moving(sender, **kwargs):
    """Wagtail says that a page was moved after it is committed; the paths of others change with it."""
    changing({NETWORK})
    if transaction.get_connection().in_atomic_block:
        changed({NETWORK})


def on_gone_from_its_address(sender, **kwargs):
    """A page that is moved, renamed or withdrawn: links to it stand on any site."""
    changed({NETWORK})


def listen() -> None:
    pre_save.connect(on_saving)
    post_save.connect(on_saved)
    pre_delete.connect(on_deleting)
    m2m_changed.connect(on_related)
    pre_page_move.connect(on_moving)
    for signal in (page_slug_changed, page_unpublished, post_page_move):
        signal.connect(on_gone_from_its_address)
