"""What a visitor sees of results: why, where from, sorted out, and what to do when there are none."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from core.identity import SiteIdentity, SiteState
from search.indexing import count_words, refresh_stale
from search.models import BestBet
from tests.factories import (
    ArticlePageFactory,
    CharterFactory,
    DocumentFactory,
    EventPageFactory,
    MemberPageFactory,
    PrincipleFactory,
    SectorFactory,
    StandardPageFactory,
    TopicFactory,
)
from tests.markup import compact
from tests.search.test_meaning import html_of, titles

pytestmark = pytest.mark.django_db


def test_the_portal_searches_every_site_and_names_the_pole_of_each(north, south, portal_visitor):
    ArticlePageFactory(parent=north.index, title="Bigorneau du nord")
    ArticlePageFactory(parent=south.index, title="Bigorneau du sud")

    html = html_of(portal_visitor, "bigorneau")

    assert "· Pôle Nord" in html and "· Pôle Sud" in html and "2 résultats" in html


def test_a_pole_leads_to_what_the_whole_network_has(north, south):
    ArticlePageFactory(parent=north.index, title="Bigorneau du nord")
    ArticlePageFactory(parent=south.index, title="Bigorneau du sud")

    html = html_of(north.visitor, "bigorneau")

    assert "1 résultat pour" in html and "Dans tout le réseau (2)" in html and "reseau=1" in html
    assert set(titles(north.visitor, "bigorneau", reseau="1")) == {"Bigorneau du nord", "Bigorneau du sud"}


def test_where_the_site_has_nothing_the_first_of_the_network_are_shown(north, south):
    ArticlePageFactory(parent=south.index, title="Bigorneau du sud")

    html = html_of(north.visitor, "bigorneau")

    assert "0 résultat" in html and "Dans les autres pôles" in html
    assert titles(north.visitor, "bigorneau") == ["Bigorneau du sud"]


def test_what_the_network_shares_is_found_once_on_each_site(north, portal_visitor):
    PrincipleFactory(title="Lucrativité limitée", slug="lucrativite-limitee")
    CharterFactory(
        commitments=[{"type": "commitment", "value": {"title": "Accueillir l’étranger", "text": "<p>Tous.</p>"}}]
    )

    assert titles(portal_visitor, "lucrativité") == ["Lucrativité limitée"]
    assert '/principes/#lucrativite-limitee"' in html_of(north.visitor, "lucrativité")
    assert '/charte/#engagement-1"' in html_of(north.visitor, "accueillir étranger")


def test_a_passage_marks_the_words_and_escapes_the_rest(north):
    text = "<p>Du texte. " * 60 + "On y lit que la sargasse &lt;b&gt; revient.</p>"
    ArticlePageFactory(parent=north.index, title="Sans rapport", body=[{"type": "paragraph", "value": text}])

    html = html_of(north.visitor, "sargasses")

    assert "<mark>sargasse</mark> &lt;b&gt; revient" in html and "… " in html


def test_a_member_is_found_by_its_commune_its_sector_and_its_labels_and_says_what_it_offers(north):
    MemberPageFactory(
        parent=north.directory, title="La Remise", commune="Vitré", sectors=[SectorFactory(name="Réemploi")],
        labels=["esus"], offers=["produits"],
    )  # fmt: skip

    for query in ("vitre", "réemplois", "esus", "association vitré"):
        assert "La Remise" in titles(north.visitor, query), query
    html = html_of(north.visitor, "réemploi")
    assert "Membre · Vitré" in html and "Propose : " in html


def test_an_event_shows_its_next_date_and_one_that_is_over_comes_last(north):
    today = timezone.localdate()
    EventPageFactory(parent=north.agenda, title="Régate passée", starts_on=today - timedelta(days=30))
    EventPageFactory(
        parent=north.agenda, title="Régate", starts_on=today - timedelta(days=7), recurrence="FREQ=WEEKLY;COUNT=9"
    )
    ArticlePageFactory(parent=north.index, title="Des nouvelles", summary="La régate approche.")

    html = html_of(north.visitor, "régate")

    assert titles(north.visitor, "régate")[0] == "Régate" and titles(north.visitor, "régate")[-1] == "Régate passée"
    assert f'datetime="{today.isoformat()}"' in html


def test_facets_count_what_each_would_leave_and_stand_in_the_address(north, south, portal_visitor):
    topic = TopicFactory(name="Conchyliculture")
    ArticlePageFactory(parent=north.index, title="Huître un", topics=[topic])
    ArticlePageFactory(parent=south.index, title="Huître deux", published_at=timezone.now() - timedelta(days=200))
    EventPageFactory(parent=south.agenda, title="Fête de l’huître")

    html = html_of(portal_visitor, "huître")

    for option in (
        "Articles (2)",
        "Événements (1)",
        "Pôle Nord (",
        "Conchyliculture (1)",
        "À venir (1)",
        "Depuis un an (2)",
    ):
        assert option in html, option
    assert set(titles(portal_visitor, "huître", type="article")) == {"Huître un", "Huître deux"}
    assert titles(portal_visitor, "huître", theme=str(topic.translation_key)) == ["Huître un"]
    assert titles(portal_visitor, "huître", periode="a-venir") == ["Fête de l’huître"]
    assert set(titles(portal_visitor, "huître", pole=south.home.slug)) == {"Huître deux", "Fête de l’huître"}
    assert titles(portal_visitor, "huître", tri="date")[0] == "Fête de l’huître"
    assert "Tout afficher" in html_of(portal_visitor, "huître", type="video")
    assert len(titles(portal_visitor, "huître", type="rien", pole="ailleurs", periode="x", theme="\x00", tri="?")) == 3


def test_near_a_commune_keeps_what_is_within_twenty_kilometres(north):
    MemberPageFactory(parent=north.directory, title="Voile près", commune="Vitré", latitude="48.12", longitude="-1.21")
    MemberPageFactory(parent=north.directory, title="Voile loin", commune="Brest", latitude="48.39", longitude="-4.49")

    assert titles(north.visitor, "voile", pres="vitre") == ["Voile près"]
    assert "dans une commune nommée « Zanzibar »" in html_of(north.visitor, "voile", pres="Zanzibar")


def test_a_typing_error_is_answered_by_the_nearest_word(north):
    ArticlePageFactory(parent=north.index, title="La coopérative")

    html = html_of(north.visitor, "coopertive")

    assert "Rien ne contient « coopertive »" in html and titles(north.visitor, "coopertive")[0] == "La coopérative"


def test_a_word_that_hardly_anything_holds_gets_a_proposal(north):
    ArticlePageFactory(parent=north.index, title="Une erreur : la coopertive")
    for number in range(6):
        ArticlePageFactory(parent=north.index, title=f"La coopérative {number}")
    count_words()

    html = html_of(north.visitor, "coopertive")

    assert titles(north.visitor, "coopertive") == ["Une erreur : la coopertive"]
    assert "Vouliez-vous dire :" in html and "?q=coop%C3%A9rative" in html


def test_what_holds_some_of_the_words_is_shown_where_nothing_holds_all(north):
    ArticlePageFactory(parent=north.index, title="Le bigorneau")
    ArticlePageFactory(parent=north.index, title="La palourde")

    assert set(titles(north.visitor, "bigorneau palourde")) == {"Le bigorneau", "La palourde"}
    assert "Rien ne contient tous les mots" in html_of(north.visitor, "bigorneau palourde")


def test_the_first_answer_of_the_network_leads_to_the_page_of_the_site(north, south):
    BestBet.objects.create(words="contact\ntéléphone", address="/nous-joindre/")
    StandardPageFactory(parent=north.home, title="Nous joindre", slug="nous-joindre")

    assert "Directement à la page" in html_of(north.visitor, "telephones")
    assert "Directement à la page" not in html_of(south.visitor, "téléphone")
    assert "Quelqu’un vous répond" in html_of(north.visitor, "introuvablement")


def test_a_document_is_found_by_its_title_from_the_page_that_leads_to_it(north):
    document = DocumentFactory(title="Bordereau de cotisation", collection=north.collection)
    DocumentFactory(title="Bordereau secret", collection=north.collection)
    link = f'<p><a linktype="document" id="{document.pk}">Le bordereau</a></p>'
    ArticlePageFactory(parent=north.index, title="Cotiser", body=[{"type": "paragraph", "value": link}])

    assert "Bordereau de cotisation" in titles(north.visitor, "bordereaux")
    assert "Bordereau secret" not in titles(north.visitor, "bordereaux")

    CollectionViewRestriction.objects.create(collection=north.collection, restriction_type="password", password="x")
    assert "Bordereau de cotisation" not in titles(north.visitor, "bordereaux")


def test_what_is_withdrawn_closed_or_private_is_found_no_more(north, south, portal_visitor):
    kept = ArticlePageFactory(parent=north.index, title="Palourde une")
    withdrawn = ArticlePageFactory(parent=north.index, title="Palourde deux")
    ArticlePageFactory(parent=south.index, title="Palourde trois")
    assert len(titles(portal_visitor, "palourde")) == 3

    withdrawn.unpublish()
    SiteIdentity.objects.update_or_create(site=south.site, defaults={"state": SiteState.SUSPENDED})
    assert titles(portal_visitor, "palourde") == ["Palourde une"]

    PageViewRestriction.objects.create(page=kept, restriction_type="password", password="x")
    assert titles(portal_visitor, "palourde") == []


def test_a_topic_that_is_renamed_is_found_by_its_new_name(north):
    topic = TopicFactory(name="Ostréiculture")
    ArticlePageFactory(parent=north.index, title="Un article", topics=[topic])
    assert titles(north.visitor, "ostréiculture") == ["Un article"]

    topic.name = "Conchyliculture"
    topic.save()
    refresh_stale()

    assert titles(north.visitor, "conchyliculture") == ["Un article"]
    assert titles(north.visitor, "ostréiculture") == []


def test_suggestions_are_titles_that_begin_so_in_two_kilobytes(north, south, portal_visitor):
    for number in range(12):
        ArticlePageFactory(parent=north.index, title=f"Coopérative numéro {number} " + "x" * 70)
    ArticlePageFactory(parent=south.index, title="Coopérative du sud")
    ArticlePageFactory(parent=north.index, title="Coopérative en brouillon", live=False)

    response = north.visitor.get("/recherche/suggestions/", {"q": "coopé"})

    found = json.loads(response.content)["suggestions"]
    assert len(found) == 7 and {row["kind"] for row in found} == {"Article"} and len(response.content) <= 2048
    assert "sud" not in response.content.decode() and "brouillon" not in response.content.decode()
    assert (
        "Coopérative du sud"
        in portal_visitor.get("/recherche/suggestions/", {"q": "coop sud"}).json()["suggestions"][0]["title"]
    )
    for query in ("", "c", '"', "\x00\x00", "((", "🦪🦪"):
        assert north.visitor.get("/recherche/suggestions/", {"q": query}).json() == {"suggestions": []}


def test_browsers_learn_how_to_search_the_site(north):
    assert 'rel="search"' in compact(north.visitor.get("/").content.decode())
    document = north.visitor.get("/recherche/description.xml")
    assert "/recherche/?q={searchTerms}" in document.content.decode() and "opensearch" in document["Content-Type"]
