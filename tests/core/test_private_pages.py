"""A page that a password opens: offered as nothing else, and not opened by trying one password after the other."""

import pytest
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from tests.conftest import editor_client
from tests.factories import ArticlePageFactory, DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def private(north):
    article = ArticlePageFactory(parent=north.index, title="Entre nous")
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="password", password="sésame")
    return article, reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, article.pk])


@pytest.mark.parametrize("return_url", ["", "https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)"])
def test_a_right_password_leads_to_the_page_whatever_address_comes_with_it(north, private, return_url):
    article, address = private

    response = north.visitor.post(address, {"password": "sésame", "return_url": return_url or article.get_url()})

    assert response.status_code == 302 and response["Location"].endswith(article.url.partition(".test")[2])
    assert "Entre nous" in north.visitor.get(article.get_url()).content.decode()


def test_passwords_are_not_tried_one_after_the_other(north, private):
    article, address = private
    answers = [
        north.visitor.post(address, {"password": f"essai {number}", "return_url": article.get_url()})
        for number in range(12)
    ]

    assert {answer.status_code for answer in answers} == {200, 429}
    assert "Trop de tentatives" in answers[-1].content.decode()
    assert north.visitor.post(address, {"password": "sésame", "return_url": article.get_url()}).status_code == 429


def test_documents_are_offered_a_password_and_nothing_that_asks_for_an_account(network_admin, north):
    network_admin.is_superuser = True
    network_admin.save()
    address = reverse("wagtailadmin_collections:set_privacy", args=[north.collection.pk])
    form = editor_client(network_admin).get(address)

    assert 'value=\\"password\\"' in form.content.decode()
    for kind in ("login", "groups"):
        assert f'value=\\"{kind}\\"' not in form.content.decode()


@pytest.mark.parametrize("kind", ["login", "groups"])
def test_what_was_restricted_to_accounts_before_is_not_a_failure(north, kind):
    article = ArticlePageFactory(parent=north.index)
    PageViewRestriction.objects.create(page=article, restriction_type=kind)
    document = DocumentFactory(collection=north.collection)
    CollectionViewRestriction.objects.create(collection=north.collection, restriction_type=kind)

    for address in (article.get_url(), document.url):
        assert north.visitor.get(address).status_code in (302, 403, 404)
