"""Every kind of page that a pôle may have, for tests that try something with each."""

from django.apps import apps
from wagtail.models import Page

from core.pages import BasePage
from tests import factories
from tests.conftest import PoleUnderTest


def kinds() -> list[type[BasePage]]:
    own = [model for model in apps.get_models() if issubclass(model, BasePage) and model.is_creatable]
    return [model for model in own if not model.site_kind and "pole" in model.home_kinds]


def page_of_kind(pole: PoleUnderTest, kind: type[BasePage]) -> Page:
    """One that stands on the pôle's site already, or a new one; published by way of the editor's own means."""
    found = kind.objects.descendant_of(pole.home).first()
    if found is None:
        makers = {maker._meta.model: maker for maker in vars(factories).values() if hasattr(maker, "_meta")}
        above = pole.home.get_descendants(inclusive=True).specific()
        found = makers[kind](parent=next(page for page in above if type(page) in kind.allowed_parent_page_models()))
    found.save_revision().publish()
    return found
