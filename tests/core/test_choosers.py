"""Choosers begin at home: one's own site first, then the whole network, each page with the site that it is of."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import ArticlePageFactory, StandardPageFactory, VideoPageFactory

pytestmark = pytest.mark.django_db


def opened(client, **asked) -> dict:
    """What the chooser shows: the page it opens on, and the titles of the rows."""
    referer = asked.pop("referer", "")
    address = asked.pop("address", reverse("wagtailadmin_choose_page"))
    response = client.get(address, asked, headers={"referer": referer} if referer else {})
    assert response.status_code == 200
    shown = json.loads(response.content)
    rows = BeautifulSoup(shown["html"], "html.parser").select("table.listing td.title")
    return {"parent": shown["parent_page_id"], "rows": [" ".join(row.text.split()) for row in rows]}


@pytest.mark.parametrize(
    "asked", [{}, {"allow_external_link": "true"}, {"user_perms": "move_to"}, {"user_perms": "copy_to"}]
)
def test_a_link_a_related_page_a_move_and_a_copy_begin_on_ones_own_site(north, asked):
    assert opened(north.writer_client, **asked)["parent"] == north.home.pk


def test_a_kind_of_page_is_looked_for_where_one_has_it(north, south):
    VideoPageFactory(parent=north.video_index)
    VideoPageFactory(parent=north.video_index)
    VideoPageFactory(parent=south.video_index)

    assert opened(north.writer_client, page_type="videos.VideoPage")["parent"] == north.video_index.pk
    assert opened(south.writer_client, page_type="members.MemberPage")["parent"] == south.home.pk


def test_the_network_begins_on_the_site_of_the_page_it_writes(south, network_client):
    article = ArticlePageFactory(parent=south.index)
    referer = f"http://reseau.test{reverse('wagtailadmin_pages:edit', args=[article.pk])}"

    assert opened(network_client, referer=referer)["parent"] == south.home.pk
    assert opened(network_client, referer="http://reseau.test/nowhere/")["parent"] != south.home.pk


def test_the_form_of_another_pole_gives_nobody_its_site(north, south):
    referer = f"http://reseau.test{reverse('wagtailadmin_pages:edit', args=[south.home.pk])}"

    assert opened(north.writer_client, referer=referer)["parent"] == north.home.pk


def test_in_the_whole_network_ones_own_site_is_first(south):
    root = south.home.get_parent()

    shown = opened(south.writer_client, address=reverse("wagtailadmin_choose_page_child", args=[root.pk]))

    assert root.title == "Tout le réseau"
    assert shown["rows"][1].startswith(south.home.title)
    assert len(shown["rows"]) > 2


def test_a_search_finds_ones_own_pages_first_and_says_the_site_of_each(north, south):
    for pole in (north, south):
        StandardPageFactory(parent=pole.home, title="Mentions de soutien")

    for own, other in ((north, south), (south, north)):
        response = own.writer_client.get(reverse("wagtailadmin_choose_page_search"), {"q": "mentions"})
        rows = BeautifulSoup(response.content, "html.parser").select("table.listing tbody tr")
        sites = [" ".join(row.select("td")[1].text.split()) for row in rows]
        assert sites[:2] == [own.home.title] * 2, "its page, and its legal notice"
        assert own.home.title not in sites[2:] and other.home.title in sites[2:]
