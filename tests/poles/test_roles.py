"""The table of roles, as people meet it in the editor."""

import pytest
from django.urls import reverse

from articles.models import ArticlePage
from poles import roles
from tests.factories import ArticlePageFactory, PrincipleFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_the_roles_of_a_pole_hold_no_right_that_crosses_sites_but_the_two_that_the_guard_ties_to_a_page():
    for role in roles.POLE_ROLES:
        assert role.everywhere == ("wagtailadmin.access_admin", "wagtail_localize.submit_translation")


def test_a_writer_adds_pages_to_their_own_pole_only(north, south):
    add = lambda index: reverse("wagtailadmin_pages:add", args=["articles", "articlepage", index.pk])  # noqa: E731

    assert north.writer_client.get(add(north.index)).status_code == 200
    assert north.writer_client.get(add(south.index)).status_code == 302


def test_a_writer_cannot_publish_and_a_publisher_can(north):
    article = ArticlePageFactory(parent=north.index)

    assert not article.permissions_for_user(north.writer).can_publish()
    assert article.permissions_for_user(north.publisher).can_publish()


@pytest.mark.parametrize("who", ["writer", "publisher"])
def test_nobody_of_a_pole_edits_the_pages_of_another(north, south, who):
    article = ArticlePageFactory(parent=south.index, title="Secret du sud", live=False)
    client = getattr(north, f"{who}_client")

    response = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]), follow=True)

    assert "Secret du sud" not in response.content.decode()
    assert not article.permissions_for_user(getattr(north, who)).can_edit()


def test_only_network_admins_change_shared_content(north, network_client):
    principle = PrincipleFactory()
    edit = reverse("wagtailsnippets_commons_principle:edit", args=[principle.pk])

    assert network_client.get(edit).status_code == 200
    assert north.writer_client.get(edit).status_code == 302
    assert north.publisher_client.get(edit).status_code == 302


NETWORK_SCREENS = [
    f"wagtailsnippets_{app}_{model}:list"
    for app, model in (
        ("commons", "principle"),
        ("commons", "charter"),
        ("commons", "topic"),
        ("poles", "pole"),
        ("poles", "pays"),
    )
]


@pytest.mark.parametrize("screen", NETWORK_SCREENS)
def test_the_screens_of_the_network_are_closed_to_the_staff_of_a_pole(north, network_client, screen):
    assert network_client.get(reverse(screen)).status_code == 200
    for client in (north.writer_client, north.publisher_client):
        assert client.get(reverse(screen)).status_code == 302
        assert reverse(screen) not in client.get("/admin/").content.decode()


def test_a_pole_is_opened_by_provisioning_and_never_by_the_bare_form(network_client, north):
    assert network_client.get(reverse("wagtailsnippets_poles_pole:add")).status_code == 302
    assert network_client.get(reverse("wagtailsnippets_poles_pole:edit", args=[north.pole.pk])).status_code == 200
    assert network_client.post(reverse("wagtailsnippets_poles_pole:delete", args=[north.pole.pk])).status_code == 302
    assert type(north.pole).objects.filter(pk=north.pole.pk).exists()


def test_the_name_that_the_rights_of_a_pole_hang_on_is_not_changed_by_a_form(network_client, north, south):
    url = reverse("wagtailsnippets_poles_pole:edit", args=[north.pole.pk])

    network_client.post(url, {"name": south.pole.name})

    north.pole.refresh_from_db()
    assert north.pole.name == "Pôle Nord"


@pytest.mark.parametrize("who", ["writer", "publisher"])
def test_the_pictures_of_another_pole_are_neither_listed_nor_editable(north, south, who):
    from tests.factories import ImageFactory

    image = ImageFactory(title="Image du sud", collection=south.collection)
    client = getattr(north, f"{who}_client")

    assert "Image du sud" not in client.get(reverse("wagtailimages:index")).content.decode()
    assert "Image du sud" not in client.get(reverse("wagtailimages_chooser:choose")).content.decode()
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 302


def test_pole_staff_choose_topics_that_they_cannot_edit(north):
    TopicFactory(name="Monnaies locales")

    response = north.writer_client.get(reverse("wagtailsnippetchoosers_commons_topic:choose"))

    assert "Monnaies locales" in response.content.decode()


def test_the_usage_screen_of_a_topic_lists_the_pages_that_use_it(north, south, network_client):
    topic = TopicFactory()
    ArticlePageFactory(parent=north.index, title="Article du nord", topics=[topic])
    ArticlePageFactory(parent=south.index, title="Article du sud", topics=[topic])

    response = network_client.get(reverse("wagtailsnippets_commons_topic:usage", args=[topic.pk]))

    assert "Article du nord" in response.content.decode()
    assert "Article du sud" in response.content.decode()


def test_network_admins_may_help_any_pole(south, network_admin):
    article = ArticlePageFactory(parent=south.index)

    assert article.permissions_for_user(network_admin).can_publish()


def test_people_log_in_with_their_e_mail_address_in_any_case(north):
    from django.test import Client

    client = Client(SERVER_NAME="reseau.test")

    assert client.login(username=north.writer.email.upper(), password="a password for tests")


def test_a_home_page_cannot_be_made_by_hand(network_client):
    from wagtail.models import Page

    root = Page.get_first_root_node()
    response = network_client.get(reverse("wagtailadmin_pages:add_subpage", args=[root.pk]))

    assert "homepage" not in response.content.decode()
    assert ArticlePage.can_create_at(root) is False
