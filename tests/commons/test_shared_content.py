"""What the network writes once: drafts, versions, previews, and the pages that show it on every site."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from commons.models import PrinciplesPage
from tests.factories import ArticlePageFactory, CharterFactory, PrincipleFactory, TopicFactory
from tests.visits import commit

pytestmark = pytest.mark.django_db


def test_a_draft_of_a_principle_is_on_no_site_until_it_is_published(north):
    principle = PrincipleFactory(title="En vigueur")
    principle.title = "En projet"
    principle.save_revision()
    assert "En vigueur" in north.visitor.get("/principes/").content.decode()

    principle.get_latest_revision().publish()

    assert "En projet" in north.visitor.get("/principes/").content.decode()


def test_principles_come_in_the_networks_order(north):
    PrincipleFactory(title="Second", sort_order=2)
    PrincipleFactory(title="Premier", sort_order=1)

    html = north.visitor.get("/principes/").content.decode()

    assert html.index("Premier") < html.index("Second")


def test_the_charter_in_force_is_the_latest_that_has_begun(north):
    today = timezone.localdate()
    CharterFactory(version="1", in_force_from=today - timedelta(days=900))
    CharterFactory(version="2", in_force_from=today)
    CharterFactory(version="3", in_force_from=today + timedelta(days=1))

    html = north.visitor.get("/charte/").content.decode()

    assert "Version 2" in html and "Version 3" not in html


def test_earlier_versions_stay_readable_and_say_that_they_are_past(north):
    today = timezone.localdate()
    CharterFactory(version="1", in_force_from=today - timedelta(days=900), introduction="<p>Les débuts</p>")
    CharterFactory(version="2", in_force_from=today)

    html = north.visitor.get("/charte/version/1/").content.decode()

    assert "Les débuts" in html and "n’est plus en vigueur" in html
    assert 'href="/charte/version/1/"' in north.visitor.get("/charte/").content.decode()


def test_a_version_to_come_or_unknown_is_not_found(north):
    CharterFactory(version="9", in_force_from=timezone.localdate() + timedelta(days=9))

    assert north.visitor.get("/charte/version/9/").status_code == 404
    assert north.visitor.get("/charte/version/x/").status_code == 404


def test_a_version_that_no_address_can_hold_is_refused():
    with pytest.raises(ValidationError) as error:
        CharterFactory(version="2026/1").full_clean()

    assert "version" in error.value.message_dict


def test_commitments_are_numbered_and_can_be_linked_to(north):
    CharterFactory()

    assert 'id="engagement-1"' in north.visitor.get("/charte/").content.decode()


def test_without_content_the_pages_say_that_it_will_come(north):
    assert "bientôt" in north.visitor.get("/charte/").content.decode()
    assert "bientôt" in north.visitor.get("/principes/").content.decode()


@pytest.mark.parametrize(
    ("factory", "words"),
    [(PrincipleFactory, "En une phrase."), (CharterFactory, "Pourquoi une charte."), (TopicFactory, "Thème")],
)
def test_network_admins_preview_what_they_write(network_client, factory, words):
    content = factory()
    name = content._meta.model_name

    response = network_client.get(reverse(f"wagtailsnippets_commons_{name}:preview_on_edit", args=[content.pk]))
    assert response.status_code == 200

    page = content.make_preview_request()
    assert page.status_code == 200 and words in page.content.decode()


def test_a_topic_that_articles_use_cannot_be_deleted_by_mistake(north, network_client):
    from commons.models import Topic

    topic = TopicFactory()
    ArticlePageFactory(parent=north.index, topics=[topic])

    network_client.post(reverse("wagtailsnippets_commons_topic:delete", args=[topic.pk]))

    assert Topic.objects.filter(pk=topic.pk).exists()


def test_a_pole_says_under_a_principle_what_it_looks_like_at_its_place(north, south):
    principle = PrincipleFactory(title="Ancrage territorial", text="<p>Les mots du réseau.</p>")
    story = ArticlePageFactory(parent=north.index, title="La halle des voisins")
    page = PrinciplesPage.objects.child_of(north.home).get()
    example = {"principle": principle.pk, "text": "<p>Une halle achetée à quarante.</p>", "page": story.pk}
    page.examples = [{"type": "example", "value": example}]
    page.save_revision().publish()
    commit()

    html = north.visitor.get("/principes/").content.decode()
    assert "Les mots du réseau." in html and "Une halle achetée à quarante." in html
    assert "/actualites/la-halle-des-voisins/" in html
    assert "Une halle" not in south.visitor.get("/principes/").content.decode()

    story.unpublish()
    commit()
    assert "La halle des voisins" not in north.visitor.get("/principes/").content.decode()
