"""Tells the page cache what each saved or deleted row changes, by the rules that the rooms bring."""

from functools import lru_cache

from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django_tasks.signals import task_finished
from wagtail.models import Page
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move, pre_page_move

from core.page_cache.changes import changed, changing, is_in_transaction
from core.page_cache.generations import NETWORK, REFERENCES
from core.page_cache.rules import DRAFT_FIELDS, Rules
from core.seams import brought


@lru_cache(maxsize=1)
def rules() -> Rules:
    return Rules(brought("page_cache_rules"))


def on_saving(sender, instance, update_fields, **kwargs):
    if update_fields and DRAFT_FIELDS.issuperset(update_fields):
        return
    if not is_in_transaction():
        changing(rules().scopes(instance, added=not instance.pk))
    if isinstance(instance, Page) and instance.pk and is_gone_from_its_address(instance):
        changed({NETWORK})


def is_gone_from_its_address(page: Page) -> bool:
    """Whether it is about to be withdrawn or renamed, in the same transaction: links to it stand on any site."""
    return Page.objects.filter(pk=page.pk, live=True).exclude(live=page.live, url_path=page.url_path).exists()


def on_saved(sender, instance, created, update_fields, raw=False, **kwargs):
    if update_fields and DRAFT_FIELDS.issuperset(update_fields):
        return
    pages = {instance.pk} if isinstance(instance, Page) else ()
    changed(rules().scopes(instance, added=created), pages)


def on_deleting(sender, instance, **kwargs):
    # What was there may be mentioned, or found, anywhere.
    changed({NETWORK} if isinstance(instance, Page) else rules().scopes(instance))


def on_related(sender, instance, action, **kwargs):
    if action.startswith("post_") and sender not in rules().not_shown:
        changed(rules().scopes(instance))


def on_moving(sender, **kwargs):
    """Wagtail says that a page was moved after it is committed; the paths of others change with it."""
    (changed if is_in_transaction() else changing)({NETWORK})


def on_gone_from_its_address(sender, **kwargs):
    """A page that was moved, renamed or withdrawn. Others hear of it after us, and write redirections, or more."""
    changed({NETWORK})
    changing({NETWORK})  # until the request, or the task, is over


def on_task_finished(sender, task_result, **kwargs):
    if task_result.task.func.__name__ == "update_reference_index_task":
        changed({REFERENCES})


def listen() -> None:
    pre_save.connect(on_saving)
    post_save.connect(on_saved)
    pre_delete.connect(on_deleting)
    m2m_changed.connect(on_related)
    pre_page_move.connect(on_moving)
    task_finished.connect(on_task_finished)
    for signal in (page_slug_changed, page_unpublished, post_page_move):
        signal.connect(on_gone_from_its_address)
