"""What the editor calls things: one entry of the menu a subject, and a sentence for each kind of page."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import get_page_models

from core.words import fold

pytestmark = pytest.mark.django_db


def test_each_kind_of_page_that_one_may_add_says_what_it_is_for(north):
    missing = [
        model.__name__
        for model in get_page_models()
        if model.is_creatable and not model.get_page_description() and model.allowed_parent_page_models()
    ]

    assert missing == []
    html = north.publisher_client.get(reverse("wagtailadmin_pages:add_subpage", args=[north.home.pk])).content.decode()
    assert "Une page qui reste" in html


@pytest.mark.parametrize("role", ["writer", "publisher", "network"])
def test_no_two_entries_of_the_menu_are_of_one_subject(north, network_client, role):
    client = network_client if role == "network" else getattr(north, f"{role}_client")
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    labels = re.findall(r'"label": "([^"]+)"', page.select_one("#wagtail-sidebar-props").text)
    labels = [fold(label.encode().decode("unicode_escape")) for label in labels]

    subjects = {"evenements": "agenda", "l agenda": "agenda", "membres": "annuaire", "l annuaire": "annuaire"}
    found = [subjects[label] for label in labels if label in subjects]
    assert sorted(found) == ["agenda", "annuaire"]
