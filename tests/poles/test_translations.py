"""Breton that stays true: what a translation needs is made, what it may not touch is left, what went stale is said."""

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from commons.models import Principle, Topic
from poles.translations import TranslationState, translated_pages
from tests.factories import ArticlePageFactory, MemberPageFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def breton(db) -> Locale:
    return Locale.objects.get_or_create(language_code="br")[0]


@pytest.fixture
def bilingual(north, breton):
    """A pôle that has opened Breton."""
    north.identity.breton_enabled = True
    north.identity.save()
    return north


def submit(client, page, breton):
    return client.post(f"/admin/localize/submit/page/{page.pk}/", {"locales": [breton.pk]})


def translate(page, breton, **texts) -> None:
    """Translate every text of a page: by its path (`title="Ur bajenn"`), the others as they come."""
    for segment in StringSegment.objects.filter(source__object_id=page.translation_key).select_related("context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=breton,
            data=texts.get(segment.context.path, "E brezhoneg"),
            translation_type="manual",
        )


def publish(article, commit) -> None:
    """Publish what is translated of it, as the editor's button does."""
    with commit(execute=True):
        TranslationSource.objects.get_for_instance(article).translations.get().save_target(publish=True)


def test_one_switch_opens_the_breton_part_with_the_lists_of_the_menu(bilingual):
    home = bilingual.visitor.get("/br/").content.decode()

    assert "Keleier" in home and "Deiziataer" in home and 'lang="br"' in home
    assert bilingual.visitor.get("/br/actualites/").status_code == 200


def test_switched_off_it_is_hidden_and_on_again_nothing_is_lost(bilingual, breton):
    home = bilingual.home.get_translation(breton)
    home.title = "Pol an Norzh"
    home.save_revision().publish()
    for is_open in (False, True):
        bilingual.identity.breton_enabled = is_open
        bilingual.identity.save()
        assert (bilingual.visitor.get("/br/").status_code == 200) is is_open

    assert "Pol an Norzh" in bilingual.visitor.get("/br/").content.decode()


def test_the_pages_above_a_translation_are_made_with_a_breton_title(bilingual, breton):
    bilingual.index.get_translation(breton).delete()
    article = ArticlePageFactory(parent=bilingual.index, title="Bonjour")

    submit(bilingual.publisher_client, article, breton)

    above = article.get_translation(breton).get_parent()
    assert above.alias_of_id is None and above.slug == "actualites"
    assert above.get_latest_revision_as_object().title == "Keleier"


def test_an_article_that_is_published_in_breton_is_in_its_list_and_its_menu_at_once(
    bilingual, breton, django_capture_on_commit_callbacks
):
    bilingual.index.get_translation(breton).delete()
    article = ArticlePageFactory(parent=bilingual.index, title="Bonjour")
    submit(bilingual.publisher_client, article, breton)
    translate(article, breton, title="Demat")
    publish(article, django_capture_on_commit_callbacks)

    listed = bilingual.visitor.get("/br/actualites/")

    assert listed.status_code == 200 and "Demat" in listed.content.decode()
    assert "Keleier" in bilingual.visitor.get("/br/").content.decode()
    assert "Demat" in bilingual.visitor.get("/br/actualites/rss/").content.decode()


def test_a_pole_writes_no_row_of_the_network_and_no_page_of_another_pole(bilingual, south, breton):
    topic = TopicFactory(name="Cabotage")
    member = MemberPageFactory(parent=south.directory)
    link = f'<p><a linktype="page" id="{member.pk}">Un membre</a></p>'
    article = ArticlePageFactory(parent=bilingual.index, topics=[topic], body=[{"type": "paragraph", "value": link}])

    submit(bilingual.publisher_client, article, breton)

    assert article.get_translation_or_none(breton) is not None
    assert not Topic.objects.filter(locale=breton).exists() and not Principle.objects.filter(locale=breton).exists()
    assert not Page.objects.filter(locale=breton, path__startswith=south.home.path).exists()
    assert member.get_translation_or_none(breton) is None


def test_a_pole_without_breton_is_not_offered_it(north, breton):
    article = ArticlePageFactory(parent=north.index)

    html = north.publisher_client.get(f"/admin/pages/{article.pk}/edit/").content.decode()
    refused = submit(north.publisher_client, article, breton)

    assert "localize/submit" not in html
    assert article.get_translation_or_none(breton) is None and refused.status_code == 302
    assert "Aucun de vos sites n’a ouvert le breton" in north.publisher_client.get("/admin/breton/").content.decode()


def test_addresses_anchors_and_numbers_are_nobodys_to_translate(bilingual, breton):
    heading = {"type": "heading", "value": {"text": "Reprendre", "level": "2", "anchor": "reprendre"}}
    article = ArticlePageFactory(parent=bilingual.index, body=[heading])

    submit(bilingual.publisher_client, article, breton)

    texts = set(
        StringSegment.objects.filter(source__object_id=article.translation_key).values_list("string__data", flat=True)
    )
    assert "Reprendre" in texts and "reprendre" not in texts and article.slug not in texts


def test_a_translation_whose_source_was_published_since_is_to_be_looked_at_again(
    bilingual, breton, django_capture_on_commit_callbacks
):
    article = ArticlePageFactory(parent=bilingual.index, title="Bonjour")
    submit(bilingual.publisher_client, article, breton)
    translate(article, breton, title="Demat")
    publish(article, django_capture_on_commit_callbacks)
    (row,) = translated_pages(Page.objects.filter(pk=article.pk), "br")
    assert row.state == TranslationState.TRANSLATED

    article.title = "Bonjour à tous"
    article.save_revision().publish()

    (row,) = translated_pages(Page.objects.filter(pk=article.pk), "br")
    assert row.state == TranslationState.STALE and row.missing == 1
    assert article.get_translation(breton).title == "Demat", "nothing human is overwritten"
    board = bilingual.publisher_client.get("/admin/breton/", {"etat": TranslationState.STALE}).content.decode()
    assert "Bonjour à tous" in board and "1 texte à traduire" in board
    assert "1 page en breton à revoir" in bilingual.publisher_client.get("/admin/").content.decode()


def test_the_board_says_the_state_of_each_page_of_ones_own_sites(bilingual, south, breton):
    article = ArticlePageFactory(parent=bilingual.index, title="Un article du nord")

    html = bilingual.writer_client.get("/admin/breton/").content.decode()

    assert "Un article du nord" in html and f"/admin/localize/submit/page/{article.pk}/" in html
    assert "Un article du nord" not in south.writer_client.get("/admin/breton/").content.decode()
