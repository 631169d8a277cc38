"""Numbers of another pôle's things in the fields of one's own forms, and what stays allowed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import rich_text, streamfield
from wagtail_localize.models import OverridableSegment, SegmentOverride, TranslationSource
from wagtail_localize.operations import translate_object

from articles.models import ArticlePage
from core.models import SiteImage
from tests.factories import ArticlePageFactory, TopicFactory, jpeg
from tests.isolation.test_matrix import text_of
from tests.isolation.world import World
from tests.poles.test_moderation import article_form

pytestmark = pytest.mark.django_db


def write_article(pole, **fields):
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", pole.index.pk])
    return pole.writer_client.post(url, {**article_form("Un article du nord"), **fields})


def body_of(*blocks) -> dict:
    posted = {}

    def flatten(prefix, value):
        if isinstance(value, dict):
            for key, inner in value.items():
                flatten(f"{prefix}-{key}", inner)
        else:
            posted[prefix] = value

    flatten("body", streamfield(list(blocks)))
    return posted


FOREIGN = [
    ("a picture of theirs", lambda world: {"listing_image": world.image.pk}),
    ("a picture of theirs for shares", lambda world: {"social_image": world.image.pk}),
    (
        "a document of theirs in a text",
        lambda world: body_of(
            ("paragraph", rich_text(f'<p><a linktype="document" id="{world.document.pk}">lire</a></p>'))
        ),
    ),
    (
        "a link to a draft of theirs in a text",
        lambda world: body_of(("paragraph", rich_text(f'<p><a linktype="page" id="{world.draft.pk}">lire</a></p>'))),
    ),
    (
        "a private page of theirs to read next",
        lambda world: {
            "related_articles-TOTAL_FORMS": 1,
            "related_articles-0-article": world.private.pk,
            "related_articles-0-ORDER": 1,
            "related_articles-0-id": "",
        },
    ),
]


@pytest.mark.parametrize(("what", "fields"), FOREIGN, ids=[what for what, _ in FOREIGN])
def test_a_form_refuses_what_the_chooser_would_not_have_shown(north, world, what, fields):
    response = write_article(north, **fields(world))

    assert response.status_code == 200
    assert not ArticlePage.objects.filter(title="Un article du nord").exists()
    content = response.content.decode()
    assert "appartient à un autre site" in content
    assert "Un article du nord" in content, "what was written is still there"
    assert world.canary not in content


def test_a_link_to_what_another_pole_has_published_is_welcome(north, world):
    response = write_article(
        north,
        **body_of(("paragraph", rich_text(f'<p><a linktype="page" id="{world.published_with_draft.pk}">lire</a></p>'))),
    )

    assert response.status_code == 302


def test_what_a_network_admin_put_in_a_page_does_not_stop_its_staff_from_saving(north, world):
    article = ArticlePageFactory(parent=north.index, title="Un article", slug="un-article", listing_image=world.image)
    article.save_revision()
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])

    response = north.writer_client.post(url, {**article_form("Changé"), "listing_image": world.image.pk})

    assert response.status_code == 302
    assert world.canary not in north.writer_client.get(url).content.decode()
    assert Page.objects.get(pk=article.pk).get_latest_revision_as_object().title == "Changé"


@pytest.mark.parametrize("action", ["move", "copy", "alias"])
def test_no_page_crosses_from_one_pole_to_another(north, south, action):
    """One's own page into their tree; theirs into one's own is refused by the matrix."""
    article = ArticlePageFactory(parent=north.index, title="Un article", slug="un-article")
    article.save_revision()
    before = south.index.get_descendants().count()

    if action == "move":
        north.publisher_client.post(reverse("wagtailadmin_pages:move_confirm", args=[article.pk, south.index.pk]), {})
    else:
        north.publisher_client.post(
            reverse("wagtailadmin_pages:copy", args=[article.pk]),
            {
                "new_title": "Copie",
                "new_slug": "copie",
                "new_parent_page": south.index.pk,
                "alias": "on" if action == "alias" else "",
            },
        )

    assert Page.objects.get(pk=south.index.pk).get_descendants().count() == before
    assert Page.objects.get(pk=article.pk).get_parent().pk == north.index.pk


def test_a_picture_is_not_sent_to_the_collection_of_another_pole(north, world):
    response = north.writer_client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Une intruse",
            "description": "Un rectangle",
            "file": SimpleUploadedFile("intruse.jpg", jpeg(), "image/jpeg"),
            "collection": world.collection.pk,
        },
    )

    assert response.status_code == 200
    assert not SiteImage.objects.filter(title="Une intruse").exists()


def test_a_bulk_action_with_one_foreign_page_among_ones_own_does_nothing(north, world):
    mine = ArticlePageFactory(parent=north.index, title="À moi")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    north.publisher_client.post(f"{url}?id={mine.pk}&id={world.draft.pk}")

    assert ArticlePage.objects.filter(pk__in=[mine.pk, world.draft.pk]).count() == 2


def test_everything_in_a_bulk_action_is_what_one_sees(north, world):
    url = reverse("wagtail_bulk_action", args=["core", "siteimage", "delete"])

    content = north.publisher_client.get(f"{url}?id=all").content.decode()
    north.publisher_client.post(f"{url}?id=all")

    assert world.canary not in content
    assert SiteImage.objects.filter(pk=world.image.pk).exists()


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_export_runs_no_formula_that_somebody_typed(north, file_format):
    """Number 14 of holes.py: a title that begins like a formula is a text in the spreadsheet."""
    article = ArticlePageFactory(parent=north.index, title='=HYPERLINK("https://mal.example.org")')
    article.save_revision().publish()

    said = text_of(north.publisher_client.get(reverse("wagtailadmin_reports:aging_pages"), {"export": file_format}))

    assert "hyperlink" in said
    assert "'=hyperlink" in said


@pytest.mark.parametrize("who", ["writer", "publisher"])
def test_the_menus_hold_no_entry_that_would_be_refused(north, world, who):
    """Every link of the editor's home and sidebar, followed."""
    client = getattr(north, f"{who}_client")
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    links = set(re.findall(r'(?:href=|"url": |&quot;url&quot;: &quot;)"?(/admin/[^"&]*)', page))
    links -= {reverse("wagtailadmin_logout")}

    assert len(links) > 5
    home = reverse("wagtailadmin_home")
    arrived = {link: client.get(link, follow=True) for link in links - {home}}
    refused = [link for link, page in arrived.items() if page.status_code != 200 or page.request["PATH_INFO"] == home]
    assert not refused


def test_a_refused_text_is_shown_again_without_the_addresses_of_what_is_theirs(north, world):
    """Whatever else is wrong with the form: here its title is missing."""
    text = rich_text(f'<p>Voir <a linktype="document" id="{world.document.pk}">ceci</a> et <a linktype="page" '
                     f'id="{world.draft.pk}">cela</a>.</p>')  # fmt: skip

    response = write_article(north, title="", **body_of(("paragraph", text)))

    content = response.content.decode()
    assert response.status_code == 200
    assert "appartient à un autre site" in content
    assert "interne" not in content
    assert "/brouillon/" not in content
    assert "ceci" in content


def test_a_translation_shows_nothing_of_theirs_in_the_place_of_its_own_pictures(north, world):
    own = World(north, canary="Marmotte")
    article = ArticlePageFactory(parent=north.index, title="À traduire", listing_image=own.image)
    translate_object(article, [Locale.objects.get(language_code="br")], user=north.writer)
    source = TranslationSource.objects.get(object_id=article.translation_key)
    segment = OverridableSegment.objects.get(source=source, context__path="listing_image")
    url = reverse("wagtail_localize:edit_override", args=[source.translations.get().pk, segment.pk])
    put = {"content_type": "application/x-www-form-urlencoded"}

    refused = north.writer_client.put(url, f"value={world.image.pk}", **put)
    accepted = north.writer_client.put(url, f"value={own.image.pk}", **put)

    assert refused.status_code in (302, 403)
    assert accepted.status_code in (200, 201)
    assert not SegmentOverride.objects.filter(data_json__contains=str(world.image.pk)).exists()


def test_a_writer_does_not_take_a_live_translation_off_line(north):
    article = ArticlePageFactory(parent=north.index, title="À traduire")
    translate_object(article, [Locale.objects.get(language_code="br")], user=north.writer)
    translated = article.get_translation(Locale.objects.get(language_code="br"))
    translated.save_revision().publish()

    north.writer_client.post(reverse("wagtail_localize:convert_to_alias", args=[translated.pk]))

    assert Page.objects.get(pk=translated.pk).alias_of is None


@pytest.mark.parametrize("who", ["writer", "publisher"])
def test_the_people_of_a_pole_do_not_take_their_own_site_away(north, who):
    """Closing a pôle is the network's: a home page is neither deleted, nor unpublished, nor moved by others."""
    client = getattr(north, f"{who}_client")
    for view in ("delete", "unpublish"):
        client.post(reverse(f"wagtailadmin_pages:{view}", args=[north.home.pk]))
        client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', view])}?id={north.home.pk}")
        client.post(reverse("wagtailadmin_api:pages:action", args=[north.home.pk, view]))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[north.home.pk, north.index.pk]))

    assert north.visitor.get("/").status_code == 200
    assert Page.objects.get(pk=north.home.pk).depth == 2


def test_a_topic_is_found_in_its_chooser_by_its_name(north):
    TopicFactory(name="Énergie citoyenne", slug="energie-citoyenne")

    response = north.writer_client.get(reverse("wagtailsnippetchoosers_commons_topic:choose_results"), {"q": "énergie"})

    assert "Énergie citoyenne" in response.content.decode()
