"""Where a shared content is used, on every site; and putting another in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex, Revision, WorkflowState

from commons.shared import SharedContent
from core.page_cache.rules import parental_key_of
from core.querysets import HOME_LENGTH
from core.transfer.mapping import Mapping
from poles.audit import Action, record
from poles.homes import homes_by_state
from poles.registry import Pole


class Replacement(Mapping):
    """Shared contents of one kind put in the place of others, wherever a page names them; all else stays as it is."""

    in_place = True

    def __init__(self, model: type[SharedContent], keys: dict[int, int]):
        super().__init__()
        self.has_changed = False
        for old, new in keys.items():
            self.add(model, old, new)

    def get(self, model, old):
        new = super().get(model, old)
        self.has_changed = self.has_changed or new is not None
        return old if new is None else new

    def rich_text(self, html):
        return html

    def data(self, model, data):
        mapped = super().data(model, data)
        for relation in get_all_child_relations(model):
            name = relation.get_accessor_name()
            if mapped.get(name) != data.get(name):
                mapped[name] = each_once(mapped[name])
        return mapped

    def changes(self, model: type[Page], data: dict) -> bool:
        self.has_changed = False
        self.data(model, data)
        return self.has_changed


def each_once(rows: Iterable[dict]) -> list[dict]:
    """Parts of a page, without those that say the same as one before: it had the one and the other."""
    found: dict[str, dict] = {}
    for row in rows:
        said = {name: value for name, value in row.items() if name not in ("pk", "sort_order", "translation_key")}
        found.setdefault(repr(sorted(said.items())), row)
    return list(found.values())


@dataclass(frozen=True)
class SiteUses:
    name: str  # of the pôle, or of the portal
    pages: list[Page]


class Uses:
    """Of one shared content: on pages of all sites, in what is published and in what is being written.

    Its translations count with what they translate: they are shown, and go, with it.
    """

    def __init__(self, content: SharedContent):
        self.content = content
        self.rows = [content, *translations_of(content)]

    @cached_property
    def references(self):
        return ReferenceIndex.get_references_to_in_bulk(self.rows)

    @cached_property
    def pages(self) -> list[Page]:
        shown = self.references.filter(base_content_type=ContentType.objects.get_for_model(Page))
        keys = {int(key) for key in shown.values_list("object_id", flat=True)} | self.written
        return list(Page.objects.filter(pk__in=keys).order_by("path"))

    @cached_property
    def written(self) -> set[int]:
        """Keys of the pages that name it in what is not published yet: the index of references knows none of it."""
        use = Replacement(type(self.content), dict.fromkeys((row.pk for row in self.rows), -1))
        drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
        drafts = drafts.select_related("latest_revision", "content_type")
        return {
            draft.pk
            for draft in drafts.iterator(chunk_size=100)
            if draft.specific_class and use.changes(draft.specific_class, draft.latest_revision.content)
        }

    @cached_property
    def others(self) -> list:
        """What is no page, and names it: what the database would not leave without it, and what the index knows."""
        try:
            Collector(using=DEFAULT_DB_ALIAS, origin=self.rows).collect(self.rows)
            protected = set()
        except ProtectedError as error:
            protected = error.protected_objects
        of_pages = ContentType.objects.get_for_model(Page)
        indexed = self.references.exclude(base_content_type=of_pages).group_by_source_object()
        known = {*protected, *(source for source, _references in indexed)}
        return [one for one in known if not isinstance(one, Page) and parental_key_of(type(one)) is None]

    @cached_property
    def count(self) -> int:
        return len(self.pages) + len(self.others)

    def by_site(self) -> list[SiteUses]:
        names = homes_by_state()
        found: dict[str, list[Page]] = {}
        for page in self.pages:
            name, _state = names.get(page.path[:HOME_LENGTH], ("", ""))
            found.setdefault(name or _("The network"), []).append(page)
        return [SiteUses(name, pages) for name, pages in sorted(found.items())]


def translations_of(content: SharedContent):
    """The content in the other languages, where it is in the main one."""
    if content.locale.language_code != settings.LANGUAGE_CODE:
        return type(content)._default_manager.none()
    return type(content)._default_manager.filter(translation_key=content.translation_key).exclude(pk=content.pk)


def delete_orphans(deleted: Iterable) -> None:
    """The translations of these contents go with them: without its French, nothing is shown of a content."""
    for content in deleted:
        if isinstance(content, SharedContent):
            translations_of(content).delete()


@transaction.atomic
def replace_everywhere(old: SharedContent, new: SharedContent, user) -> int:
    """Put `new` in the place of `old` on all pages, published and being written; returns on how many.

    A translation gives way to that of `new`, or to `new` itself. What waits to be reviewed or published stays where it
    is on its way: no revision is added to it.
    """
    uses = Uses(old)
    in_language = {row.locale_id: row.pk for row in [*translations_of(new), new]}
    keys = {row.pk: in_language.get(row.locale_id, new.pk) for row in uses.rows}
    for page in uses.pages:
        replace_on(page.specific, Replacement(type(old), keys))
        log(page, "wagtail.edit", user=user, content_changed=True)
    said = _("“%(old)s” by “%(new)s”") % {"old": old, "new": new}
    for pole in [None, *Pole.objects.filter(name__in=[site.name for site in uses.by_site()])]:
        record(Action.REPLACED, pole=pole, actor=user, about=said)
    return len(uses.pages)


def replace_on(page: Page, replacement: Replacement) -> None:
    model = type(page)
    present = page.serializable_data()
    if replacement.changes(model, present):
        page.with_content_json(replacement.data(model, present)).save(clean=False)
    for revision in revisions_to_come(page):
        if replacement.changes(model, revision.content):
            revision.content = replacement.data(model, revision.content)
            revision.save(update_fields=["content"])


def revisions_to_come(page: Page):
    """Those that are, or may yet be, what the page shows or its editor opens."""
    scheduled = page.scheduled_revision
    keys = {page.latest_revision_id, page.live_revision_id, scheduled and scheduled.pk}
    waiting = WorkflowState.objects.filter(object_id=str(page.pk), status=WorkflowState.STATUS_IN_PROGRESS)
    keys |= set(waiting.values_list("current_task_state__revision", flat=True))
    return Revision.objects.filter(pk__in=keys - {None})
