"""What is looked for in vain is counted, without a word about who asked, and shown to those who can answer."""

from datetime import date

import pytest

from search.models import SynonymGroup, VainSearch
from tests.factories import ArticlePageFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/recherches-sans-resultat/"


def look_for(pole, words, times=3):
    for _time in range(times):
        pole.visitor.get("/recherche/", {"q": words})


def test_words_that_found_nothing_three_times_are_shown_to_the_staff_of_the_site(north, south):
    look_for(north, "Sargasses du golfe")
    look_for(north, "rareté", times=2)

    html = north.writer_client.get(ADDRESS).content.decode()

    assert "sargasses golfe" in html and "rarete" not in html
    assert "sargasses" not in south.publisher_client.get(ADDRESS).content.decode()


def test_what_was_found_and_what_may_name_a_person_is_not_counted(north):
    ArticlePageFactory(parent=north.index, title="Le bigorneau")
    for words in ("bigorneau", "06 12 34 56 78", "jeanne@example.org", "x" * 90, "", "!!!"):
        look_for(north, words)
    north.visitor.get("/recherche/", {"q": "bigorneau", "type": "video"})

    assert not VainSearch.objects.exists()


def test_a_network_admin_makes_a_synonym_of_it_with_a_click(north, network_client):
    ArticlePageFactory(parent=north.index, title="La ressourcerie")
    look_for(north, "donnerie")
    assert "Pôle Nord" in network_client.get(ADDRESS).content.decode()

    network_client.post(ADDRESS, {"words": "donnerie", "other": "ressourcerie"})

    assert SynonymGroup.objects.get().expressions == ["ressourcerie", "donnerie"]
    assert "La <mark>ressourcerie</mark>" in north.visitor.get("/recherche/", {"q": "donnerie"}).content.decode()
    assert not VainSearch.objects.exists()


def test_a_synonym_that_says_nothing_is_refused_and_what_was_typed_stays(north, network_client):
    look_for(north, "donnerie")

    html = network_client.post(ADDRESS, {"words": "donnerie", "other": "Donneries"}).content.decode()

    assert "sont déjà un seul mot" in html and 'value="Donneries"' in html and not SynonymGroup.objects.exists()


def test_the_staff_of_a_pole_makes_no_synonym(north):
    look_for(north, "donnerie")

    assert "En faire un synonyme" not in north.publisher_client.get(ADDRESS).content.decode()
    north.publisher_client.post(ADDRESS, {"words": "donnerie", "other": "ressourcerie"})
    assert not SynonymGroup.objects.exists()


def test_after_thirteen_months_nothing_is_left_of_it(north):
    VainSearch.objects.create(site=north.site, month=date(2020, 1, 1), words="ancien", number=9)
    look_for(north, "nouveau mot")

    VainSearch.objects.old().delete()

    assert [row.words for row in VainSearch.objects.all()] == ["nouveau mot"]
