"""The journal of a pôle: what was done, found again by person, kind and period, each page one click away."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log

from tests.factories import ArticlePageFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db


def journal(pole, **asked) -> str:
    response = pole.publisher_client.get(reverse("journal", args=[pole.pole.pays.slug]), asked)
    assert response.status_code == 200
    return compact(response.content.decode())


@pytest.fixture
def article(north):
    article = ArticlePageFactory(parent=north.index, title="Le four à pain")
    log(article, "wagtail.publish", user=north.publisher)
    return article


def test_a_page_is_one_click_away_and_the_verbs_are_french(north, article):
    html = journal(north)

    assert f'<a href="{reverse("wagtailadmin_pages:edit", args=[article.pk])}">Le four à pain</a>' in html
    assert "Publier" in html


def test_savings_in_a_row_are_one_line_with_their_number(north, article):
    for _ in range(12):
        log(article, "wagtail.edit", user=north.writer)

    html = journal(north)

    assert "(12 fois)" in html
    assert html.count(f"<td>{north.writer.email}</td>") == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"who": "pub"}, True),
        ({"who": "personne-de-ce-nom"}, False),
        ({"action": "wagtail.publish"}, True),
        ({"since": "01/01/2020"}, True),
        ({"until": "01/01/2020"}, False),
        ({"since": "2020-01-01", "until": "2020-12-31", "action": "wagtail.publish"}, False),
    ],
)
def test_it_is_filtered_by_person_kind_and_period(north, article, asked, found):
    if asked.get("who") == "pub":
        asked = {"who": north.publisher.email}

    html = journal(north, **asked)

    assert ("Le four à pain" in html) == found
    assert found or "Rien de tel" in html


def test_a_filter_that_makes_no_sense_is_said_and_hides_nothing(north, article):
    html = journal(north, since="avant-hier", action="<script>", p="2\x00")

    assert "01/12/2026" in html and "Le four à pain" in html


def test_what_is_done_elsewhere_is_in_no_filter(north, south, article):
    other = ArticlePageFactory(parent=south.index, title="Ailleurs")
    log(other, "wagtail.publish", user=south.publisher)

    assert "Ailleurs" not in journal(north, action="wagtail.publish")
    assert south.publisher.email not in journal(north)


def test_a_page_that_was_deleted_has_a_line_and_no_link(north, article):
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    article.delete(user=north.publisher)

    assert edit not in journal(north)
