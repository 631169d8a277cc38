"""What two of one language may not share is told beside its field; what is copied proposes what is free."""

import pytest
from django.urls import reverse
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from commons.models import Charter, Topic
from commons.shared import SharedContent
from core.page_forms import PageCopyForm, PageForm
from core.pages import BasePage
from tests.factories import ArticlePageFactory, CampaignFactory, CharterFactory, PrincipleFactory, TopicFactory
from tests.poles.test_moderation import article_form

pytestmark = pytest.mark.django_db

SHARED = [model for model in get_snippet_models() if issubclass(model, SharedContent)]


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model._meta.label)
def test_every_rule_that_holds_in_a_language_is_checked_by_the_form(model):
    of_a_language = [fields for fields in model._meta.unique_together if "locale" in fields]

    assert len(model.unique_in_a_language()) == len(of_a_language) - 1, "all but the translation key"
    assert not model._meta.constraints


def test_a_second_topic_of_one_address_is_refused_beside_the_field(network_client):
    TopicFactory(name="Énergie", slug="energie")

    response = network_client.post(
        reverse("wagtailsnippets_commons_topic:add"), {"name": "Énergies", "slug": "energie", "action-publish": "1"}
    )

    assert response.status_code == 200 and response.context["form"].errors["slug"]
    assert "Énergies" in response.content.decode() and Topic.objects.filter(slug="energie").count() == 1


@pytest.mark.parametrize("factory", [CharterFactory, PrincipleFactory, TopicFactory, CampaignFactory])
def test_a_copy_of_shared_content_opens_with_what_is_free(network_client, factory):
    original = factory()
    viewset = type(original).snippet_viewset

    form = network_client.get(reverse(viewset.get_url_name("copy"), args=[original.pk])).context["form"]

    for name in original.unique_in_a_language():
        assert form.initial[name] != getattr(original, name)
    assert type(original).objects.count() == 1


def test_a_copied_charter_is_another_charter(network_client):
    original = CharterFactory(version="2026")
    url = reverse("wagtailsnippets_commons_charter:copy", args=[original.pk])
    form = nested_form_data(
        {
            "title": "Charte", "version": "2027", "in_force_from": "2027-01-01",
            "introduction": rich_text("<p>Pourquoi.</p>"),
            "commitments": streamfield([("commitment", {"title": "Accueillir", "text": rich_text("<p>Oui.</p>")})]),
        }
    )  # fmt: skip

    taken = network_client.post(url, {**form, "version": "2026"})
    assert taken.status_code == 200 and taken.context["form"].errors["version"]
    assert network_client.post(url, form).status_code == 302
    assert sorted(Charter.objects.values_list("version", flat=True)) == ["2026", "2027"]


# Addresses of pages make themselves


@pytest.mark.parametrize(
    "model", [m for m in get_page_models() if issubclass(m, BasePage)], ids=lambda m: m._meta.label
)
def test_every_form_of_a_page_makes_its_address(model):
    assert issubclass(model.get_edit_handler().get_form_class(), PageForm)
    assert issubclass(model.copy_form_class, PageCopyForm)


@pytest.mark.parametrize(
    ("title", "typed", "slug"),
    [
        ("Compte rendu", "compte-rendu", "compte-rendu-2"),
        ("Le cœur de la ville", "le-cur-de-la-ville", "le-coeur-de-la-ville"),
        ("Ex æquo", "ex-quo", "ex-aequo"),
        ("Fußball", "fuball", "fussball"),
        ("Un c’hoari", "un-choari", "un-choari"),
        ("Titre", "une-adresse-choisie", "une-adresse-choisie"),
        ("Les fils", "rss", "rss-2"),
    ],
)
def test_the_address_of_a_new_page_is_made_whatever_is_there_already(north, title, typed, slug):
    ArticlePageFactory(parent=north.index, title="Compte rendu", slug="compte-rendu")
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", north.index.pk])

    response = north.publisher_client.post(url, {**article_form(title, slug=typed), "action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    assert north.visitor.get(f"/actualites/{slug}/").status_code == 200


def test_a_copied_page_has_an_address_of_its_own(north):
    page = ArticlePageFactory(parent=north.index, title="Compte rendu", slug="compte-rendu")
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])

    assert north.publisher_client.get(url).context["form"]["new_slug"].initial == "compte-rendu-2"
    data = {"new_title": "Compte rendu", "new_slug": "compte-rendu", "new_parent_page": north.index.pk}
    assert north.publisher_client.post(url, data).status_code == 302
    assert page.get_siblings(inclusive=False).filter(slug="compte-rendu-2").exists()
