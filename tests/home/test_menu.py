"""The menu of a site has a screen: what is in it, in which order, for those who publish."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.operations import translate_object

from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


def menu_of(pole, path="/") -> list[str]:
    page = BeautifulSoup(pole.visitor.get(path).content, "html.parser")
    return [link.text.strip() for link in page.select(".main-menu a")]


def act(pole, action, page, client=None):
    address = reverse("site_menu", args=[pole.home.pk])
    return (client or pole.publisher_client).post(address, {"action": f"{action}-{page.pk}"}, follow=True)


@pytest.fixture
def join(north):
    return StandardPageFactory(parent=north.home, title="Cotiser", slug="cotiser", show_in_menus=False)


def test_a_page_is_put_in_the_menu_moved_and_taken_out(north, join):
    before = menu_of(north)
    assert "Cotiser" not in before

    act(north, "show", join)
    assert menu_of(north) == [*before, "Cotiser"]
    act(north, "up", join)
    assert menu_of(north) == [*before[:-1], "Cotiser", before[-1]]
    act(north, "down", join)
    act(north, "down", join)
    assert menu_of(north) == [*before, "Cotiser"], "the last goes no further"
    act(north, "hide", join)
    assert menu_of(north) == before


def test_the_screen_is_reached_from_the_dashboard(north):
    html = north.publisher_client.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("site_menu", args=[north.home.pk]) in html


def test_a_draft_in_progress_is_neither_published_nor_forgets_the_menu(north, join):
    join.title = "Cotiser, en travaux"
    join.save_revision()

    act(north, "show", join)
    assert "Cotiser" in menu_of(north)
    join.refresh_from_db()
    join.get_latest_revision().publish()

    assert "Cotiser, en travaux" in menu_of(north)


def test_the_breton_menu_follows(north, join):
    north.identity.breton_enabled = True
    north.identity.save()
    translate_object(north.home, [Locale.objects.get(language_code="br")])
    translate_object(join, [Locale.objects.get(language_code="br")])

    act(north, "show", join)

    assert all(page.show_in_menus for page in join.get_translations(inclusive=True))


def test_a_long_menu_is_warned_about(north):
    for number in range(8):
        StandardPageFactory(parent=north.home, title=f"Page {number}", slug=f"page-{number}", show_in_menus=True)

    html = north.publisher_client.get(reverse("site_menu", args=[north.home.pk])).content.decode()

    assert "plus de 7 entrées" in html


def test_only_those_who_publish_arrange_it_and_only_their_own(north, south, join):
    theirs = south.home.get_children().filter(show_in_menus=True).first()

    for client, pole in ((north.writer_client, north), (north.publisher_client, south)):
        response = client.get(reverse("site_menu", args=[pole.home.pk]))
        assert response.status_code in (302, 403)
    act(north, "hide", theirs)
    theirs.refresh_from_db()
    assert theirs.show_in_menus
    assert "n’est plus là" in act(north, "up", theirs).content.decode()
    assert north.publisher_client.get(reverse("site_menu", args=[north.index.pk])).status_code == 404
