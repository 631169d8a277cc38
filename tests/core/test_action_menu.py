"""Under a form, what one is there to do is a button beside « save », and not behind an arrow."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import ArticlePageFactory, PrincipleFactory

pytestmark = pytest.mark.django_db


def buttons(client, address) -> list[str]:
    """The words of the buttons that one sees without opening a menu."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    shown = page.select("footer button:not([data-w-dropdown-target] *, [data-w-dropdown-target])")
    return [" ".join(button.text.split()) for button in shown]


def test_who_may_publish_publishes_and_who_writes_submits(north):
    article = ArticlePageFactory(parent=north.index)
    for address in (
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        reverse("wagtailadmin_pages:add", args=["articles", "articlepage", north.index.pk]),
    ):
        assert buttons(north.publisher_client, address) == ["Enregistrer le brouillon", "Publier"]
        assert buttons(north.writer_client, address)[0] == "Enregistrer le brouillon"
        assert buttons(north.writer_client, address)[1].startswith("Envoyer en relecture")


def test_what_was_submitted_is_approved_by_a_button(north):
    article = ArticlePageFactory(parent=north.index, live=False)
    article.save_revision()
    article.get_workflow().start(article, north.writer)

    shown = buttons(north.publisher_client, reverse("wagtailadmin_pages:edit", args=[article.pk]))

    assert shown[1] == "Valider et Publier"


def test_what_the_network_shares_is_published_by_a_button(network_client):
    principle = PrincipleFactory()

    shown = buttons(network_client, reverse(principle.snippet_viewset.get_url_name("edit"), args=[principle.pk]))

    assert shown == ["Enregistrer le brouillon", "Publier"]
