"""One meaning on both databases: what people type finds what they mean, however either is written."""

import re

import pytest

from core.analysis import asked, begun, indexed
from search.models import SynonymGroup
from tests.factories import ArticlePageFactory, MemberPageFactory
from tests.markup import compact
from tests.search.corpus import QUERIES, write_corpus

pytestmark = pytest.mark.django_db


def html_of(client, query, **more) -> str:
    """The page of results, without what typography does to its spaces."""
    html = client.get("/recherche/", {"q": query, **more}).content.decode()
    return compact(html.replace("\xa0", " ").replace("\u202f", " "))


def titles(client, query, **more) -> list[str]:
    """The titles of the first page of results, in their order; the first answer before them."""
    found = re.findall(r'result__title"><a[^>]*>(.*?)</a>', html_of(client, query, **more))
    return [re.sub(r"</?mark>", "", title).strip() for title in found]


def test_the_table_of_queries_finds_what_it_must_among_the_first_five(north):
    write_corpus(north)

    table = [(query, title) for title, queries in QUERIES.items() for query in queries.split(" | ")]
    found = {query: titles(north.visitor, query)[:5] for query, _title in table}

    assert len(table) >= 80
    assert not {query: found[query] for query, title in table if title not in found[query]}


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("chargé·e·s", "chargée"), ("salarié.e.s", "salariés"), ("salarié(e)s", "salariée"), ("exemple-e", "exemple"),
        ("acteur·rice·s", "acteurs"), ("agriculteur·trice", "agricultrice"), ("l’œuvre", "oeuvre"),
        ("C’hoari", "c'hoari"), ("c'hoari", "cʼhoari"), ("ŒUVRES", "œuvre"), ("Saint-Malo", "saint malo"),
        ("création", "creer"), ("adhésion", "adherer"), ("journaux", "journal"), ("coopérer", "coopératives"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_are_one(written, typed):
    assert set(asked(typed).split()) <= set(indexed(written).split())


def test_words_that_any_sentence_holds_do_not_count_unless_they_are_all_there_is():
    assert asked("comment trouver un menuisier à Vitré") == "trouv menuis vitr"
    assert asked("et nous") == "et nous"
    assert begun("les coopératives d’act") == "coop act"


def test_a_breton_name_is_found_under_its_mutation_and_without():
    assert {"vrest", "brest"} <= set(indexed("Deuet e oa eus Vrest", language="br").split())


def test_a_synonym_counts_from_the_next_query_on(north):
    MemberPageFactory(parent=north.directory, title="La Remise", summary="Ressourcerie du port.")
    assert titles(north.visitor, "recyclerie") == []

    SynonymGroup.objects.create(words="Recyclerie\nressourcerie")

    assert titles(north.visitor, "recyclerie") == ["La Remise"]
    assert titles(north.visitor, "ressourceries") == ["La Remise"]


def test_a_synonym_one_way_does_not_come_back(north):
    SynonymGroup.objects.create(words="subvention\naide", is_one_way=True)
    ArticlePageFactory(parent=north.index, title="De l’aide")
    ArticlePageFactory(parent=north.index, title="Une subvention")

    assert set(titles(north.visitor, "subvention")) == {"De l’aide", "Une subvention"}
    assert titles(north.visitor, "aide") == ["De l’aide"]


def test_synonyms_in_a_circle_and_ten_thousand_of_them_change_nothing(north):
    ArticlePageFactory(parent=north.index, title="Le rouge")
    SynonymGroup.objects.bulk_create(
        [SynonymGroup(words=f"mot{number}\nautre{number}") for number in range(10_000)]
        + [SynonymGroup(words="rouge\nvert"), SynonymGroup(words="vert\nbleu"), SynonymGroup(words="bleu\nrouge")]
    )

    assert titles(north.visitor, "vert") == ["Le rouge"]
    assert titles(north.visitor, "mot77") == []


@pytest.mark.parametrize(
    "words", ["recyclerie", "recyclerie\nRecycleries", "!!!\nrecyclerie", "\n".join(f"mot{n}" for n in range(40))]
)
def test_a_group_that_names_one_thing_twice_or_nothing_is_refused_with_a_reason(network_client, words):
    response = network_client.post("/admin/snippets/search/synonymgroup/add/", {"words": words})

    assert response.status_code == 200 and not SynonymGroup.objects.exists()
    assert "error-message" in response.content.decode()


def test_the_editor_searches_with_the_same_meaning(north):
    ArticlePageFactory(parent=north.index, title="La coopérative de plaisance")

    for query in ("cooperatives", "coopér", "plaisance coop"):
        page = north.writer_client.get(f"/admin/pages/{north.home.pk}/", {"q": query})
        assert "La coopérative de plaisance" in page.content.decode(), query
        chooser = north.writer_client.get("/admin/choose-page/search/", {"q": query})
        assert "La coopérative de plaisance" in chooser.content.decode(), query
