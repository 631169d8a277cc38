"""A site is useful from its first minute: home, menu, legal pages and site map with nothing filled in."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from core.models import SiteIdentity
from tests.factories import ArticlePageFactory, ImageFactory, PrincipleFactory, StandardPageFactory
from tests.markup import compact
from tests.visits import commit

pytestmark = pytest.mark.django_db


def html_of(pole, path="/"):
    return compact(pole.visitor.get(path).content.decode())


def test_a_home_with_nothing_configured_welcomes_lists_and_explains(north):
    PrincipleFactory(title="Ancrage territorial")
    ArticlePageFactory(parent=north.index, title="Première nouvelle")
    assert not north.home.body

    html = html_of(north)

    assert ">Pôle Nord</h1>" in html
    assert "Première nouvelle" in html and "Ancrage territorial" in html


def test_without_any_article_it_says_that_they_are_coming(north):
    assert "Revenez bientôt" in html_of(north)


def test_its_blocks_replace_the_default_composition(north):
    PrincipleFactory(title="Ancrage territorial")
    north.home.body = [("welcome", {"title": "Demat !", "text": "", "image": None, "buttons": []})]
    north.home.save_revision().publish()

    html = html_of(north)

    assert ">Demat\u202f!</h1>" in html and "Ancrage territorial" not in html


def test_the_menu_is_the_tree_with_the_current_section_marked(north):
    StandardPageFactory(parent=north.home, title="Cotiser", slug="cotiser", show_in_menus=True)
    StandardPageFactory(parent=north.home, title="Hors menu", show_in_menus=False)
    ArticlePageFactory(parent=north.index, slug="un-article")

    home, inside = html_of(north), html_of(north, "/actualites/un-article/")

    assert 'href="/cotiser/"' in home and "Hors menu" not in home
    assert '<a href="/actualites/" aria-current="true">' in inside


def test_the_legal_notice_is_written_from_the_identity(north):
    north.identity.publisher = "Association du Nord"
    north.identity.publication_director = "La présidence"
    north.identity.host_name = "Un hébergeur"
    north.identity.save()

    html = html_of(north, "/mentions-legales/")

    assert all(words in html for words in ("Association du Nord", "La présidence", "Un hébergeur"))


def test_what_the_law_asks_and_nobody_filled_in_is_said_to_be_missing(north):
    assert "à compléter" in html_of(north, "/mentions-legales/")


def test_a_pole_may_add_to_a_legal_page_or_replace_it(north):
    page = north.home.get_children().get(slug="confidentialite").specific
    page.body = [("paragraph", "<p>Notre lettre d’information.</p>")]
    page.save_revision().publish()
    assert "CNIL" in html_of(north, "/confidentialite/") and "lettre d’information" in html_of(
        north, "/confidentialite/"
    )

    page.replaces_standard_text = True
    page.save_revision().publish()
    assert "CNIL" not in html_of(north, "/confidentialite/")


def test_the_accessibility_page_says_that_no_audit_was_made(north):
    assert "non conforme" in html_of(north, "/accessibilite/")


def test_the_site_map_is_a_tree_of_pages_without_the_articles(north):
    parent = StandardPageFactory(parent=north.home, title="Nos services")
    StandardPageFactory(parent=parent, title="Conseil")
    ArticlePageFactory(parent=north.index, title="Une nouvelle parmi mille")

    html = html_of(north, "/plan-du-site/")

    assert html.index("Nos services") < html.index("Conseil")
    assert "Une nouvelle parmi mille" not in html


def test_a_page_lists_the_pages_below_it(north):
    parent = StandardPageFactory(parent=north.home, slug="services")
    StandardPageFactory(parent=parent, title="Conseil")
    StandardPageFactory(parent=parent, title="Brouillon", live=False)

    html = html_of(north, "/services/")

    assert "Conseil" in html and "Brouillon" not in html


def test_every_page_has_one_title_and_its_landmarks(north):
    ArticlePageFactory(parent=north.index, slug="un-article")
    paths = ["/", "/recherche/", "/nulle-part/", "/actualites/un-article/"]
    paths += [page.specific.relative_url(north.site) for page in Page.objects.child_of(north.home)]

    for path in paths:
        html = html_of(north, path)
        assert html.count("<h1") == 1, path
        assert html.count("<main") == html.count('<footer class="site-footer') == 1, path
        assert '<a href="#content">' in html, path


def test_the_editor_of_a_home_with_nothing_configured_shows_the_blocks_that_stand_on_it(north):
    shown = north.publisher_client.get(reverse("wagtailadmin_pages:edit", args=[north.home.pk])).context["form"]

    assert [block.block_type for block in shown.initial["body"]] == [
        block.block_type for block in north.home.composition
    ]
    assert len(shown.initial["body"]) > 3


def test_a_home_names_the_feeds_of_its_lists(north):
    head = BeautifulSoup(north.visitor.get("/").content, "html.parser").head

    feeds = [link["href"] for link in head.select('link[type="application/rss+xml"]')]
    assert "/actualites/rss/" in feeds and "/agenda/rss/" in feeds
    assert all(north.visitor.get(feed).status_code == 200 for feed in feeds)


@pytest.mark.parametrize(
    "path", ["/", "/actualites/", "/agenda/", "/annuaire/", "/videos/", "/contact/", "/mon-projet/"]
)
def test_every_page_has_a_description_and_its_language_for_shares(north, path):
    head = BeautifulSoup(north.visitor.get(path).content, "html.parser").head

    assert head.select_one('meta[name="description"]')["content"]
    assert head.select_one('meta[property="og:locale"]')["content"] == "fr_FR"


def test_search_engines_learn_how_the_publisher_is_reached(north):
    identity = SiteIdentity.for_site(north.site)
    identity.phone, identity.street_address, identity.city = "02 61 91 00 00", "1 rue des Halles", "Cancale"
    identity.logo = ImageFactory(collection=north.collection)
    identity.save()
    commit()

    (data,) = [
        json.loads(script.string)
        for script in BeautifulSoup(north.visitor.get("/").content, "html.parser").select(
            '[type="application/ld+json"]'
        )
    ]

    publisher = (data[0] if isinstance(data, list) else data)["publisher"]
    assert publisher["telephone"] == "02 61 91 00 00" and publisher["address"]["addressLocality"] == "Cancale"
    assert publisher["logo"].startswith("http")
