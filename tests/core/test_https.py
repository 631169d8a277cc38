"""Over https: the hosts that are ours are led there, others are refused; what may be shown elsewhere is said."""

import pytest
from django.test import Client

from tests.factories import ImageFactory

pytestmark = pytest.mark.django_db


def test_a_host_of_ours_is_led_to_https_and_another_is_refused_at_once(north, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = north.visitor.get("/actualites/?page=2")
    assert (response.status_code, response["Location"]) == (301, "https://nord.test/actualites/?page=2")
    assert Client(SERVER_NAME="inconnu.example").get("/actualites/").status_code == 400
    assert Client(SERVER_NAME="192.0.2.7").get("/healthz").status_code == 200
    assert north.visitor.get("/actualites/", secure=True).status_code == 200


def test_pages_are_shown_by_no_other_site_and_pictures_are(north):
    picture = ImageFactory(collection=north.collection)

    assert north.visitor.get("/")["Cross-Origin-Resource-Policy"] == "same-origin"
    assert north.visitor.get(picture.file.url)["Cross-Origin-Resource-Policy"] == "cross-origin"
