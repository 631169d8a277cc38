"""What saving or deleting a row makes new among the pages that visitors see: the answer of each model."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from core.page_cache.changes import scopes_of_page
from core.page_cache.generations import NETWORK

# Of a page or of shared content: what its staff alone sees.
DRAFT_FIELDS = {
    "latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes",
    "locked", "locked_by", "locked_at", "position", "numchild",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A model whose rows visitors see: `scopes` says which pages show one; those of the whole network unless told."""

    model: type[Model]
    scopes: Callable[[Model], Iterable[str]] = lambda instance: {NETWORK}
    when_added: bool = True  # False: nothing shows a row before something else says so


@dataclass(frozen=True)
class NotShown:
    """Models of which no public page shows anything that counts, and why."""

    models: tuple[type[Model], ...]
    reason: str


class Rules:
    """The rules that the rooms bring, and what follows from Wagtail's own classes.

    A page changes its site. What belongs to a page by a `ParentalKey` changes what the page changes. A model of another
    package is not shown, unless a room says so; one of ours that nobody spoke of changes everything.
    """

    def __init__(self, brought: Iterable[Shown | NotShown]):
        self.shown: dict[type[Model], Shown] = {}
        self.not_shown: dict[type[Model], str] = {}
        for rule in brought:
            if isinstance(rule, Shown):
                self.shown[rule.model] = rule
            else:
                self.not_shown |= dict.fromkeys(rule.models, rule.reason)

    def is_shown(self, model: type[Model]) -> bool:
        """Whether visitors see its rows, as far as anybody spoke of it."""
        return self.is_told(model) and not any(known in self.not_shown for known in model.__mro__)

    def is_told(self, model: type[Model]) -> bool:
        """Whether the rules speak of this model, or its class does."""
        spoken = any(known in self.shown or known in self.not_shown for known in model.__mro__)
        return spoken or issubclass(model, Page) or parental_key_of(model) is not None

    def scopes(self, instance: Model, added: bool = False) -> set[str]:
        model = type(instance)
        for known in model.__mro__:
            if known in self.not_shown:
                return set()
            if known in self.shown:
                rule = self.shown[known]
                return set() if added and not rule.when_added else set(rule.scopes(instance))
        if isinstance(instance, Page):
            return scopes_of_page(instance)
        if key := parental_key_of(model):
            return self.scopes(getattr(instance, key))
        return {NETWORK} if is_ours(model) else set()


def parental_key_of(model: type[Model]) -> str | None:
    return next((field.name for field in model._meta.fields if isinstance(field, ParentalKey)), None)


def is_ours(model: type[Model]) -> bool:
    """Whether a room of this tree defines it, not a package."""
    if model._meta.app_label not in apps.app_configs:  # the table of the migrations
        return False
    path = Path(apps.app_configs[model._meta.app_label].path)
    return path.is_relative_to(Path(settings.SITE_DIR).parent) and "site-packages" not in path.parts
