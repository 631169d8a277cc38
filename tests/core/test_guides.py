"""Guides in French, read in the editor and linked from the screens that they are about."""

import pytest
from django.urls import get_resolver, reverse

from core.guides import guides
from core.manage import IndexView

pytestmark = pytest.mark.django_db


def every_screen_about_an_index() -> set[type[IndexView]]:
    views = {getattr(pattern, "view_class", None) for pattern in _callbacks(get_resolver())}
    return {view for view in views if view and issubclass(view, IndexView)}


def _callbacks(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _callbacks(pattern)
        else:
            yield pattern.callback


def test_each_guide_opens_under_help_with_its_title_once(north):
    assert len(guides()) >= 7
    for guide in guides().values():
        html = north.writer_client.get(reverse("guide", args=[guide.slug])).content.decode()
        assert "<h1" in html and guide.title in html
        assert "<h2>" in html or "<li>" in html
        assert "**" not in html.split('class="guide"')[1].split("</main>")[0]


def test_the_list_is_in_the_menu_and_is_searched_without_accents(north):
    assert reverse("guides") in north.writer_client.get(reverse("wagtailadmin_home")).content.decode()

    found = north.writer_client.get(reverse("guides"), {"q": "RESEAUX sociaux"}).context["guides"]
    assert [guide.slug for guide in found] == ["identite"]
    nothing = north.writer_client.get(reverse("guides"), {"q": "zzz\x00"}).content.decode()
    assert "Aucun guide n’en parle" in nothing


def test_a_guide_that_does_not_exist_is_not_found(north):
    assert north.writer_client.get(reverse("guide", args=["rien"])).status_code == 404


def test_every_screen_about_an_index_names_a_guide_that_exists():
    screens = every_screen_about_an_index()

    assert len(screens) > 10
    assert {view.guide for view in screens} <= set(guides())


def test_the_screens_of_the_agenda_and_the_directory_lead_to_theirs(north):
    for name, index, guide in (
        ("manage_agenda", north.agenda, "agenda"),
        ("manage_directory", north.directory, "annuaire"),
    ):
        html = north.publisher_client.get(reverse(name, args=[index.pk])).content.decode()
        assert reverse("guide", args=[guide]) in html
