"""What pages use is not deleted under them: it is taken off, or another is put in its place, on all sites at once."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.blocks import ChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Locale, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from commons.models import Charter, Principle, Sector, Topic
from commons.shared import SharedContent
from commons.uses import Replacement
from core.isolation.references import references
from events.models import Campaign
from poles.audit import Action, AuditEntry
from tests.factories import (
    ArticlePageFactory,
    CampaignFactory,
    EventPageFactory,
    MemberPageFactory,
    PrincipleFactory,
    SectorFactory,
    StandardPageFactory,
    TopicFactory,
)
from tests.visits import commit

pytestmark = pytest.mark.django_db

SHARED = [model for model in get_snippet_models() if issubclass(model, SharedContent)]
FACTORIES = {Topic: TopicFactory, Sector: SectorFactory, Principle: PrincipleFactory, Campaign: CampaignFactory}
PAGES = {
    Topic: lambda pole, content: ArticlePageFactory(parent=pole.index, topics=[content]),
    Sector: lambda pole, content: MemberPageFactory(parent=pole.directory, sectors=[content]),
    Principle: lambda pole, content: StandardPageFactory(
        parent=pole.home, body=[{"type": "principle", "value": {"principle": content.pk}}]
    ),
    Campaign: lambda pole, content: EventPageFactory(parent=pole.agenda, campaign=content),
}


def words(content) -> str:
    return getattr(content, "name", "") or content.title


def pair(model) -> tuple[SharedContent, SharedContent]:
    name = "title" if model is Principle else "name"
    return FACTORIES[model](**{name: "Ce qui part"}), FACTORIES[model](**{name: "Ce qui vient"})


def page_using(pole, content):
    page = PAGES[type(content)](pole, content)
    page.save_revision().publish()
    return page


def url(content, view) -> str:
    return reverse(content.snippet_viewset.get_url_name(view), args=[content.pk])


def chosen_in_blocks(block, found=()):
    children = getattr(block, "child_blocks", None)
    inner = children.values() if children else [block.child_block] if hasattr(block, "child_block") else []
    own = {block.model_class} if isinstance(block, ChooserBlock) else set()
    return own.union(*(chosen_in_blocks(one) for one in inner))


def test_each_shared_kind_that_something_points_at_is_walked_here():
    pointed_at = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                pointed_at |= chosen_in_blocks(field.stream_block)
            elif field.is_relation and not field.auto_created and field.related_model in SHARED:
                pointed_at.add(field.related_model)

    assert pointed_at & set(SHARED) == {*PAGES, Charter}  # which is signed: test_signatures.py


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
class TestWhatPagesUse:
    def test_is_not_deleted_and_its_uses_are_told_site_by_site(self, north, south, network_client, model):
        content, _other = pair(model)
        pages = [page_using(pole, content) for pole in (north, south)]

        for ask in (network_client.get, network_client.post):
            response = ask(url(content, "delete"))
            assert response.status_code == 409
            html = response.content.decode()
            assert all(page.title in html for page in pages)
            assert north.pole.name in html and south.pole.name in html
        in_bulk = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "delete"])
        assert network_client.post(f"{in_bulk}?id={content.pk}").status_code == 409
        assert model.objects.filter(pk=content.pk).exists()

    def test_is_kept_for_a_draft_too(self, north, network_client, model):
        content, other = pair(model)
        page = page_using(north, other)
        written = Replacement(model, {other.pk: content.pk}).data(type(page), page.serializable_data())
        page.with_content_json(written).save_revision()
        assert not ReferenceIndex.get_references_to(content).exists()

        response = network_client.post(url(content, "delete"))

        assert response.status_code == 409 and page.title in response.content.decode()

    def test_gives_way_to_another_everywhere(self, north, south, network_client, model):
        content, other = pair(model)
        published, draft = page_using(north, content), page_using(south, content)
        draft.title = "Encore un mot à revoir"
        draft.save_revision()
        commit()

        preview = network_client.get(url(content, "replace"), {"to": other.pk}).content.decode()
        assert "2 pages montreront" in preview and published.title in preview
        assert network_client.post(url(content, "replace"), {"to": other.pk}).status_code == 302
        commit()

        html = north.visitor.get(published.url).content.decode()
        assert words(other) in html and words(content) not in html
        draft.refresh_from_db()
        assert draft.has_unpublished_changes
        revised = draft.get_latest_revision_as_object()
        assert revised.title == "Encore un mot à revoir"
        assert {str(key) for *_, key in uses_of_kind(revised, model)} == {str(other.pk)}
        assert not ReferenceIndex.get_references_to(content).exists()
        assert AuditEntry.objects.filter(action=Action.REPLACED, pole=north.pole).count() == 1
        network_client.post(url(content, "delete"))
        assert not model.objects.filter(pk=content.pk).exists()

    def test_gives_way_in_each_language(self, north, network_client, model):
        (content, other), breton = pair(model), Locale.objects.get(language_code="br")
        translations = [row.copy_for_translation(breton) for row in (content, other)]
        for translation in translations:
            translation.live = True
            translation.save()
        page = page_using(north, translations[0])
        assert network_client.post(url(content, "delete")).status_code == 409

        network_client.post(url(content, "replace"), {"to": other.pk})

        page = page.specific_class.objects.get(pk=page.pk)
        assert {str(key) for _kind, key in uses_of_kind(page, model)} == {str(translations[1].pk)}
        network_client.post(url(content, "delete"))
        assert not model.objects.filter(translation_key=content.translation_key).exists()

    def test_leaves_every_page_when_it_is_taken_off_and_they_stay_publishable(self, north, network_client, model):
        content, _other = pair(model)
        page = page_using(north, content)
        translation = content.copy_for_translation(Locale.objects.get(language_code="br"))
        translation.live = True
        translation.save()
        commit()
        assert words(content) in north.visitor.get(page.url).content.decode()

        network_client.post(url(content, "unpublish"))
        commit()

        assert words(content) not in north.visitor.get(page.url).content.decode()
        assert not list(model.objects.live().in_language("br").filter(translation_key=content.translation_key))
        page = page.specific_class.objects.get(pk=page.pk)
        page.full_clean()
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))


def uses_of_kind(page, model):
    kind = ContentType.objects.get_for_model(model).pk
    return [key for key in references(page) if key[0] == kind]
