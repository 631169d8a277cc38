"""French without prefix, Breton under /br/, and never one for the other."""

import pytest
from django.utils import translation
from wagtail.models import GroupPagePermission, Locale, WorkflowPage

from core.identity import SiteIdentity
from tests.factories import ArticlePageFactory, PrincipleFactory, TopicFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db


@pytest.fixture
def breton(db):
    return Locale.objects.get(language_code="br")


@pytest.fixture
def breton_home(north, breton):
    SiteIdentity.objects.filter(site=north.site).update(breton_enabled=True)  # with a home of its own below
    home = north.home.copy_for_translation(breton)
    home.title = "Pol an Norzh"
    home.save_revision().publish()
    return home


def test_without_a_breton_page_the_breton_address_leads_to_the_french_one(north):
    article = ArticlePageFactory(parent=north.index, slug="un-article")

    for path, target in (
        ("/br/", "/"),
        ("/br/actualites/", "/actualites/"),
        ("/br/actualites/un-article/", "/actualites/un-article/"),
    ):
        response = north.visitor.get(path)
        assert response.status_code == 302, path
        assert response.url == target
    assert article.live


def test_a_pole_that_speaks_breton_answers_in_breton(north, breton_home):
    response = north.visitor.get("/br/")
    html = compact(response.content.decode())

    assert response["Content-Language"] == "br"
    assert '<html lang="br">' in html
    assert "Lec’hienn" in html or "Klask" in html


def test_a_page_that_is_not_translated_leads_to_the_french_one(north, breton_home):
    ArticlePageFactory(parent=north.index, slug="un-article")

    assert north.visitor.get("/br/actualites/un-article/").url == "/actualites/un-article/"


def test_an_alias_of_a_french_page_leads_to_its_source(north, breton_home, breton):
    north.index.copy_for_translation(breton, copy_parents=True, alias=True)

    response = north.visitor.get("/br/actualites/")

    assert response.status_code == 302 and response.url == "/actualites/"


def test_the_menu_and_the_legal_pages_lead_to_french_where_nothing_is_translated(north, breton_home):
    html = compact(north.visitor.get("/br/").content.decode())

    assert '<a href="/actualites/" lang="fr">' in html
    assert '<a href="/mentions-legales/" lang="fr">' in html


def test_a_translated_page_takes_the_place_of_the_french_one_in_the_menu(north, breton_home, breton):
    index = north.index.copy_for_translation(breton)
    index.title = "Keleier"
    index.save_revision().publish()

    html = north.visitor.get("/br/").content.decode()

    assert ">Keleier</a>" in html and ">Actualités</a>" not in html


def test_a_pole_that_has_not_opted_in_keeps_its_breton_to_itself(north, breton_home):
    north.identity.breton_enabled = False
    north.identity.save()

    assert north.visitor.get("/br/").url == "/"
    assert "/br/" not in north.visitor.get("/sitemap-pages.xml").content.decode()


def test_an_alias_of_a_french_page_is_neither_listed_nor_found(north, breton_home, breton):
    north.index.copy_for_translation(breton, copy_parents=True, alias=True)

    assert "/br/actualites/" not in north.visitor.get("/sitemap-pages.xml").content.decode()
    assert 'hreflang="br" href="http' not in north.visitor.get("/actualites/").content.decode()


def test_a_topic_in_both_languages_is_one_topic(north, breton_home, breton):
    french = TopicFactory(name="Mer", slug="mer")
    sea = french.copy_for_translation(breton)
    sea.name, sea.slug, sea.live = "Mor", "mor", True
    sea.save()
    ArticlePageFactory(parent=north.index, title="Une marée", topics=[french, sea])

    html = north.visitor.get("/actualites/?theme=mer").content.decode()

    assert html.count('<article class="card">') == 1
    assert '<option value="mor"' not in html


def test_the_switch_shows_both_languages_only_where_both_exist(north, south, breton_home):
    ArticlePageFactory(parent=north.index, slug="un-article")

    home = compact(north.visitor.get("/").content.decode())
    assert '<link rel="alternate" hreflang="br" href="http://nord.test/br/">' in home
    untranslated = compact(north.visitor.get("/actualites/un-article/").content.decode())
    assert '<a href="/br/" lang="br"' in untranslated and '<link rel="alternate" hreflang="br"' not in untranslated
    assert 'hreflang="br"' not in south.visitor.get("/").content.decode()


def test_the_sitemap_has_both_languages(north, breton_home):
    assert "http://nord.test/br/" in north.visitor.get("/sitemap-pages.xml").content.decode()


def test_the_staff_of_the_pole_may_edit_its_breton_home(north, south, breton_home):
    assert breton_home.permissions_for_user(north.publisher).can_publish()
    assert breton_home.permissions_for_user(north.writer).can_edit()
    assert not breton_home.permissions_for_user(south.publisher).can_edit()
    assert WorkflowPage.objects.filter(page=breton_home).exists()
    assert GroupPagePermission.objects.filter(page=breton_home).exists()


def test_shared_content_falls_back_to_french_until_it_is_translated(north, breton_home, breton):
    principle = PrincipleFactory(title="Ancrage territorial")
    assert "Ancrage territorial" in north.visitor.get("/br/").content.decode()

    translated = principle.copy_for_translation(breton)
    translated.title = "Gwrizioù er vro"
    translated.live = True
    translated.save()

    html = north.visitor.get("/br/").content.decode()
    assert "Gwrizioù er vro" in html and "Ancrage territorial" not in html


def test_dates_in_breton_are_written_in_breton():
    from datetime import date

    from django.utils.formats import date_format

    with translation.override("br"):
        assert date_format(date(2026, 11, 3)).startswith("3 ")
