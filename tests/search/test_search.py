"""The search of a site and of the network: every kind of page, any input."""

import random

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import ArticlePageFactory, StandardPageFactory, TopicFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db


def search(pole, query, **more):
    return pole.visitor.get("/recherche/", {"q": query, **more})


def test_pages_of_every_kind_are_found_with_their_kind_and_date(north):
    ArticlePageFactory(parent=north.index, title="La goélette associative")
    StandardPageFactory(parent=north.home, title="Louer la goélette")

    html = compact(search(north, "goélette").content.decode())

    assert "La <mark>goélette</mark> associative" in html and "Louer la <mark>goélette</mark>" in html
    assert "Article ·" in html and "2 résultats" in html


def test_the_body_and_the_topics_of_an_article_are_searched(north):
    article = ArticlePageFactory(parent=north.index, title="Sans rapport", topics=[TopicFactory(name="Cabotage")])
    article.body = [("paragraph", "<p>On y parle de sargasses.</p>")]
    article.save()

    assert "Sans rapport" in search(north, "sargasses").content.decode()
    assert "Sans rapport" in search(north, "cabotage").content.decode()


def test_drafts_private_pages_and_other_sites_are_never_found(north, south):
    ArticlePageFactory(parent=north.index, title="Brouillon de bigorneau", live=False)
    private = ArticlePageFactory(parent=north.index, title="Bigorneau réservé")
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="x")
    ArticlePageFactory(parent=north.index, title="Bigorneau public")
    ArticlePageFactory(parent=south.index, title="Bigorneau du sud")

    html = search(north, "bigorneau").content.decode()

    assert "Brouillon" not in html and "réservé" not in html and " du sud" not in html
    assert "1 résultat pour" in html


def test_results_come_in_pages_that_keep_the_query(north):
    for number in range(23):
        ArticlePageFactory(parent=north.index, title=f"Palourde {number}")

    first = search(north, "palourde").content.decode()

    assert "23 résultats" in first
    assert "?q=palourde&amp;page=3" in first
    assert search(north, "palourde", page="3").content.decode().count('<li class="result">') == 3


def test_no_query_and_no_result_say_what_to_do(north):
    assert "Saisissez" in north.visitor.get("/recherche/").content.decode()
    assert "Vérifiez" in search(north, "introuvablement").content.decode()


NASTY = ['"', "'", "", " ", "\x00", "a\x00b", '"a', "a OR", "NEAR(", "* *", "a*", "(((", "-", "--", "a AND NOT b",
         "%", "\\", "é" * 5000, "^a", "{a}", "a:b", "title:a", "<script>", "🦪", "NOT", "\ud7ff", "‮"]  # fmt: skip


@pytest.mark.parametrize("query", NASTY)
def test_no_input_is_an_error(north, query):
    assert search(north, query).status_code == 200


def test_a_thousand_random_queries_are_no_error(north):
    from wagtail.models import Page

    ArticlePageFactory(parent=north.index)
    dice = random.Random(11)
    alphabet = "ab é\"'()*-+^:;,.{}[]|&!?~\\/<>=%\x00\x07\t\nANDORNOTEAR"
    for _ in range(1000):
        query = "".join(dice.choice(alphabet) for _ in range(dice.randint(1, 14)))
        list(Page.objects.search(query)[:3])
        list(Page.objects.autocomplete(query)[:3])


@pytest.mark.parametrize("page", ["0", "-1", "9" * 20, "abc", "\x00", "²", "1.5", ""])
def test_any_page_number_gives_a_page(north, page):
    ArticlePageFactory(parent=north.index, title="Huître")

    assert "Huître" in search(north, "huître", page=page).content.decode()


def test_a_query_of_a_megabyte_is_cut(north):
    assert search(north, "moule " * 170_000).status_code == 200


@pytest.mark.parametrize("typed", ['-"a', '"', "-", 'a -"b c', '"" ""', '(a or "', "'a'-'", '"a" -"'])
def test_whatever_is_typed_into_the_editors_search_is_answered(network_client, typed):
    for name in ("wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index"):
        assert network_client.get(reverse(name), {"q": typed}).status_code == 200


def test_a_phrase_in_the_editors_search_is_understood_like_other_words(north):
    ArticlePageFactory(parent=north.index, title="Les jardins partagés")

    found = north.writer_client.get(reverse("wagtailadmin_pages:search"), {"q": '"jardin partagé"'})

    assert "Les jardins partagés" in found.content.decode()
