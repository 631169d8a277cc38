"""Previews in the editor: of what is not saved yet, in the look of the pôle, on the editor's own host."""

import pytest
from django.urls import reverse

from tests.factories import ArticlePageFactory, TopicFactory
from tests.poles.test_moderation import article_form

pytestmark = pytest.mark.django_db


def preview(client, url, data):
    assert client.post(url, data).json()["is_valid"] is True
    response = client.get(url)
    assert response.status_code == 200
    return response


def test_a_new_article_is_previewed_before_it_is_saved(north):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["articles", "articlepage", north.index.pk])
    topic = TopicFactory(name="Mer")
    topics = {
        "page_topics": {
            "TOTAL_FORMS": 1,
            "INITIAL_FORMS": 0,
            "MIN_NUM_FORMS": 0,
            "MAX_NUM_FORMS": 5,
            "0": {"topic": topic.pk, "id": "", "ORDER": 1, "DELETE": ""},
        }
    }

    response = preview(north.writer_client, url, article_form("Pas encore là", **topics))
    html = response.content.decode()

    assert "Pas encore là" in html and "Mer" in html
    assert "Pôle Nord" in html and f"/theme/{north.identity.theme.key}-" in html
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_draft_of_a_published_article_is_previewed_in_its_place(north):
    article = ArticlePageFactory(parent=north.index, title="En ligne")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])

    html = preview(north.writer_client, url, article_form("En chantier", slug=article.slug)).content.decode()

    assert "En chantier" in html and "Actualités" in html


def test_nobody_previews_the_pages_of_another_pole(north, south):
    article = ArticlePageFactory(parent=south.index, title="Secret du sud", live=False)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])

    assert north.writer_client.get(url).status_code in (302, 403)
    assert north.writer_client.post(url, article_form("x")).status_code in (302, 403)


@pytest.mark.parametrize(
    ("app", "kind"),
    [("home", "standardpage"), ("home", "legalpage"), ("articles", "articleindexpage")],
)
def test_pages_of_every_kind_are_previewed_before_they_are_saved(north, app, kind):
    url = reverse("wagtailadmin_pages:preview_on_add", args=[app, kind, north.home.pk])
    data = article_form("Pas encore là", legal_kind="mentions", feed_content="full")

    html = preview(north.publisher_client, url, data).content.decode()

    assert "Pas encore là" in html and "Pôle Nord" in html
