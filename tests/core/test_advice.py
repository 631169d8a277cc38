"""Before publishing, the form says what visitors will miss; it stops nobody."""

import pytest
from django.apps import apps
from django.urls import reverse

from core.pages import BasePage
from tests.factories import (
    ArticlePageFactory,
    EventPageFactory,
    ImageFactory,
    StandardPageFactory,
    VideoPageFactory,
)
from tests.markup import compact
from trash.pages import trash

pytestmark = pytest.mark.django_db


def advice(pole, page) -> str:
    response = pole.writer_client.get(reverse("page_advice", args=[page.pk]))
    assert response.status_code == 200
    return compact(response.content.decode())


def article(pole, *body, **values):
    return ArticlePageFactory(parent=pole.index, body=list(body), **{"summary": "Un résumé.", **values})


def heading(text: str, level="2"):
    return ("heading", {"text": text, "level": level, "anchor": ""})


def test_of_a_page_that_lacks_nothing_nothing_is_said(north):
    assert "rien à signaler" in advice(north, article(north, heading("Le lieu"), ("paragraph", "<p>Une halle.</p>")))


@pytest.mark.parametrize("following", [None, "2"])
def test_a_heading_without_text_under_it(north, following):
    body = [heading("Le lieu")]
    if following:
        body += [heading("La date", following), ("paragraph", "<p>Samedi.</p>")]

    said = advice(north, article(north, *body))

    assert "L’intertitre « Le lieu » n’a pas de texte au-dessous." in said
    assert "La date" not in said


def test_a_heading_may_be_followed_by_a_sub_heading(north):
    body = [heading("Le lieu"), heading("Y venir", "3"), ("paragraph", "<p>En car.</p>")]

    assert "rien à signaler" in advice(north, article(north, *body))


@pytest.mark.parametrize("words", ["cliquer ici", "Ici", "En savoir plus…", "plus d’infos"])
def test_a_link_whose_words_do_not_say_where_it_leads(north, words):
    said = advice(
        north, article(north, ("paragraph", f'<p>Le programme : <a href="https://example.org">{words}</a></p>'))
    )

    assert "ne dit pas où il mène" in said and words in said


def test_it_is_found_in_an_accordion_and_in_the_transcript_of_a_film_too(north):
    link = '<p><a href="https://example.org">ici</a></p>'
    accordion = ("accordion", {"questions": [{"title": "Comment ?", "text": link}]})

    assert "« ici »" in advice(north, article(north, accordion))
    assert "« ici »" in advice(north, VideoPageFactory(parent=north.video_index, transcript=link))


def test_a_figure_without_its_year(north):
    figures = [{"value": "150", "label": "projets"}, {"value": "3", "label": "ans", "year": 2020}]

    said = advice(north, article(north, ("key_figures", {"figures": figures})))

    assert "Le chiffre « 150 projets »" in said and "« 3 ans »" not in said


def test_a_link_to_what_is_not_on_line_or_no_more(north):
    draft = ArticlePageFactory(parent=north.index, title="En chantier", live=False)
    binned = ArticlePageFactory(parent=north.index, title="Supprimé")
    links = "".join(f'<a linktype="page" id="{key}">la page</a>' for key in (draft.pk, binned.pk, 999_999))
    page = article(north, ("paragraph", f"<p>{links}</p>"), ("page_card", {"page": draft}))
    trash(binned, user=north.publisher)

    said = advice(north, page)

    assert said.count("« En chantier », qui n’est pas en ligne") == 1
    assert "une page qui n’est pas en ligne" in said
    assert "une page qui n’existe plus" in said


def test_the_title_of_another_poles_draft_is_not_said(north, south):
    secret = ArticlePageFactory(parent=south.index, title="Secret du sud", live=False)

    said = advice(north, article(north, ("paragraph", f'<p><a linktype="page" id="{secret.pk}">la page</a></p>')))

    assert "une page qui n’est pas en ligne" in said and "Secret" not in said


def test_a_title_that_another_page_of_the_site_has(north, south):
    page = article(north, title="Compte rendu")
    article(south, title="Compte rendu")
    assert "rien à signaler" in advice(north, page)

    article(north, title="Compte Rendu", slug="autre")

    assert "Une autre page du site, sous « Actualités », porte ce titre." in advice(north, page)


def test_a_picture_without_credit_and_an_article_without_summary(north):
    picture = ImageFactory(title="La salle", credit="", collection=north.collection)

    said = advice(north, article(north, ("image", {"image": picture, "caption": "", "width": "text"}), summary=""))

    assert "L’image « La salle » n’a pas de crédit" in said
    assert "Sans résumé" in said


def test_a_film_without_transcript_or_credit(north):
    said = advice(north, VideoPageFactory(parent=north.video_index, transcript="", author=""))

    assert "Sans transcription" in said and "Personne n’est crédité" in said


def test_an_event_without_place_price_or_contact(north):
    said = advice(north, EventPageFactory(parent=north.agenda, place_name="", commune="", online_url=""))

    for missing in ("Où est-ce ?", "Est-ce payant ?", "À qui s’adresser ?"):
        assert missing in said


def test_it_is_about_the_draft_that_one_is_writing(north):
    page = article(north)
    page.title = "Autre titre"
    page.summary = ""
    page.save_revision()

    assert "Sans résumé" in advice(north, page)


def test_it_stops_nobody(north):
    page = article(north, summary="")
    page.save_revision().publish()

    assert north.visitor.get(page.relative_url(north.site)).status_code == 200


def test_every_kind_of_page_has_its_advice(north):
    kinds = {model for model in apps.get_models() if issubclass(model, BasePage)}
    for page in north.home.get_descendants(inclusive=True).specific():
        advice(north, page)
        kinds.discard(type(page))
    assert all(callable(kind.advice) for kind in kinds)


def test_it_asks_the_database_as_much_for_one_link_as_for_thirty(north, django_assert_max_num_queries):
    targets = [StandardPageFactory(parent=north.home) for _ in range(30)]
    links = "".join(f'<a linktype="page" id="{page.pk}">{page.title}</a> ' for page in targets)
    page = article(north, ("paragraph", f"<p>{links}</p>"))
    north.writer_client.get(reverse("page_advice", args=[page.pk]))

    with django_assert_max_num_queries(25):
        advice(north, page)


def test_nobody_of_another_pole_is_told(north, south):
    page = article(south)

    assert north.writer_client.get(reverse("page_advice", args=[page.pk])).status_code in (302, 403)
