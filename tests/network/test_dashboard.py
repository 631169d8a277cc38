"""What greets people in the editor: their own pôle, what they came to do, what its site still lacks."""

import re

import pytest

from network.dashboard import LEGAL_IDENTITY
from tests.conftest import editor_client
from tests.factories import ArticlePageFactory, ImageFactory, UserFactory

pytestmark = pytest.mark.django_db


def dashboard(client) -> str:
    return client.get("/admin/").content.decode()


def test_a_writer_is_welcomed_to_the_pole_and_led_to_a_new_article(north, south):
    html = dashboard(north.writer_client)

    assert "Pôle Nord" in html and "Pôle Sud" not in html
    assert f'href="/admin/pages/add/articles/articlepage/{north.index.pk}/"' in html
    assert f'href="{north.site.root_url}"' in html


def test_only_those_who_may_change_the_identity_are_told_what_it_lacks(north):
    for_publishers, for_writers = dashboard(north.publisher_client), dashboard(north.writer_client)

    assert "Ajoutez votre logo" in for_publishers and "Complétez les mentions légales" in for_publishers
    assert f"/admin/settings/core/siteidentity/{north.site.pk}/" in for_publishers
    assert "Ajoutez votre logo" not in for_writers and "siteidentity" not in for_writers


def test_what_is_done_leaves_the_list(north):
    assert north.writer  # a colleague
    ArticlePageFactory.create_batch(3, parent=north.index)
    north.home.body = [("principles", {"title": ""})]
    north.home.save_revision().publish()
    identity = north.identity
    identity.logo = ImageFactory(collection=north.collection)
    identity.tagline = identity.city = identity.publisher = "x"
    for name in LEGAL_IDENTITY[1:]:
        setattr(identity, name, "x")
    identity.save()

    assert "Ce qui manque encore" not in dashboard(north.publisher_client)


def test_who_looks_after_the_network_starts_at_the_portal(network_client, portal):
    html = dashboard(network_client)

    assert "Réseau des pôles" in html and "bienvenue chez" in html.lower()
    assert html.count('class="welcome"') == 1


def test_an_account_without_a_pole_is_told_whom_to_ask(north):
    user = UserFactory()
    user.user_permissions.set(north.writer.groups.get().permissions.all())

    assert "rattaché à aucun pôle" in dashboard(editor_client(user))


def test_the_login_page_bears_the_networks_name_and_says_who_it_is_for(portal_visitor):
    html = portal_visitor.get("/admin/login/").content.decode()

    assert "<h1>Réseau des pôles" in html and "invité·e" in html
    assert "Wagtail" not in re.sub(r"<(script|link)[^>]*>|</script>", "", html.split("<main")[1])
    assert 'class="editor-mark"' in html
