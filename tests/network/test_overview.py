"""All the pôles side by side: when each last published, and what waits there."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.provisioning import provision_pole
from tests.factories import ArticlePageFactory
from tests.poles.test_moderation import submit_new_article
from tests.visits import commit

pytestmark = pytest.mark.django_db


def row_of(client, name) -> list[str]:
    soup = BeautifulSoup(client.get(reverse("poles")).content, "html.parser")
    row = next(row for row in soup.select("tbody tr") if row.th.text.strip() == name)
    return [" ".join(cell.text.split()) for cell in row.select("td")]


def test_the_list_says_when_each_last_published_and_how_many_pages_wait_for_a_review(north, south, network_client):
    page = ArticlePageFactory(parent=north.index)
    page.save_revision().publish()
    submit_new_article(north)

    *_rest, published, waiting = row_of(network_client, "Pôle Nord")
    assert published and waiting == "1"
    assert row_of(network_client, "Pôle Sud")[-1] == ""


def test_the_list_costs_the_same_however_many_poles_there_are(network_client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert network_client.get(reverse("poles")).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number, pays in enumerate(("brest", "rennes", "dinan")):
        provision_pole(pays=pays, name=f"Pôle {number}", hostname=f"pole{number}.test")
    commit()
    queries()  # the addresses of the sites are read anew
    assert queries() <= few


def test_a_network_admin_opens_a_pole_from_the_dashboard_and_nobody_else_is_offered_it(north, network_client):
    assert reverse("open_pole") in network_client.get("/admin/").content.decode()
    assert reverse("open_pole") not in north.publisher_client.get("/admin/").content.decode()


def test_the_help_holds_no_news_of_another_product(north):
    html = north.publisher_client.get("/admin/").content.decode()

    assert "releases.wagtail.org" not in html and "editor-guide" not in html
