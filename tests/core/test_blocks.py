"""The blocks of a story: what an editor sees before choosing one, what it refuses, what a reader gets."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page, PageViewRestriction

from articles.models import ArticlePage
from commons.body import StoryBlock
from core.blocks import HeadingBlock, LinksBlock
from core.blocks.links import LinkBlock
from core.blocks.text import TEXT_FEATURES
from core.models import SiteDocument
from tests.factories import (
    ArticlePageFactory,
    CharterFactory,
    ImageFactory,
    PrincipleFactory,
    StandardPageFactory,
)
from tests.markup import compact

pytestmark = pytest.mark.django_db

STORY = StoryBlock()


def rendered(pole, *blocks) -> str:
    article = ArticlePageFactory(parent=pole.index)
    article.body = list(blocks)
    article.save_revision().publish()
    return pole.visitor.get(article.relative_url(pole.site)).content.decode()


@pytest.mark.parametrize("name", STORY.child_blocks)
def test_every_block_is_described_and_previewed_in_the_editor(north, name):
    PrincipleFactory()
    CharterFactory()
    block = ArticlePage._meta.get_field("body").stream_block.child_blocks[name]
    assert block.is_previewable
    assert block.get_description()

    response = north.writer_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    html = response.content.decode()
    assert response.status_code == 200
    assert "/theme/" in html
    assert f"block-{name}" in html


def test_a_heading_keeps_its_anchor_when_its_words_change(north):
    block = HeadingBlock()
    first = block.clean(block.to_python({"text": "Reprendre à plusieurs", "level": "2", "anchor": ""}))
    assert first["anchor"] == "reprendre-a-plusieurs"

    first["text"] = "Reprendre ensemble"

    assert block.clean(first)["anchor"] == "reprendre-a-plusieurs"


def test_two_headings_with_the_same_words_have_two_anchors():
    value = STORY.to_python(
        [{"type": "heading", "value": {"text": "Contact", "level": "2", "anchor": ""}} for _ in range(3)]
    )

    assert [block.value["anchor"] for block in STORY.clean(value)] == ["contact", "contact-2", "contact-3"]


def test_a_heading_can_be_linked_to(north):
    html = rendered(north, ("heading", {"text": "Les étapes", "level": "2", "anchor": "les-etapes"}))

    assert '<h2 id="les-etapes" class="anchored"><a href="#les-etapes">Les étapes</a></h2>' in compact(html)


@pytest.mark.parametrize(
    ("value", "wrong_field"),
    [
        ({"title": "Deux cibles", "page": "home", "url": "https://example.org/"}, "page"),
        ({"title": "Aucune", "page": None, "url": ""}, "page"),
        ({"title": "", "page": None, "url": "https://example.org/"}, "title"),
    ],
)
def test_a_link_leads_to_one_place_and_says_where(north, value, wrong_field):
    block = LinkBlock()
    if value["page"]:
        value = {**value, "page": north.home.pk}

    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python(value))

    assert wrong_field in error.value.block_errors


LINKING_BLOCKS = {
    "links": lambda link: {"title": "", "links": [{**link, "description": ""}]},
    "buttons": lambda link: {"buttons": [{**link, "style": "primary"}]},
    "contact": lambda link: {
        **dict.fromkeys(("text", "name", "role", "email", "phone", "address"), ""),
        "title": "Contact",
        "link": link,
    },
}


@pytest.mark.parametrize("name", LINKING_BLOCKS)
def test_every_block_with_links_shows_them(north, name):
    page = StandardPageFactory(parent=north.home, title="Cotiser", slug="cotiser")
    inside = LINKING_BLOCKS[name]({"title": "Rejoindre le pôle", "page": page.pk, "url": ""})
    outside = LINKING_BLOCKS[name]({"title": "Le guide", "page": None, "url": "https://guide.example.org/"})

    html = rendered(north, *((name, STORY.child_blocks[name].to_python(value)) for value in (inside, outside)))

    assert 'href="/cotiser/"' in html and "Rejoindre le pôle" in html
    assert 'href="https://guide.example.org/"' in html and "Le guide" in html


def test_the_buttons_of_a_home_page_lead_somewhere(north):
    page = StandardPageFactory(parent=north.home, slug="cotiser")
    link = {"title": "Rejoindre", "page": page, "url": ""}
    north.home.body = [
        ("welcome", {"title": "", "text": "", "image": None, "buttons": [{**link, "style": "primary"}]}),
        ("call_to_action", {"title": "Venez", "text": "", "link": link, "tone": "strong"}),
    ]
    north.home.save_revision().publish()

    assert north.visitor.get("/").content.decode().count('href="/cotiser/"') == 2


def test_the_card_of_a_private_page_shows_nothing_of_it(north, south):
    page = StandardPageFactory(parent=south.home, title="Page du bureau", summary="Réservé")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")

    html = rendered(north, ("page_card", {"page": Page.objects.get(pk=page.pk)}))

    assert "Page du bureau" not in html and "Réservé" not in html


def test_a_link_to_a_page_that_is_no_longer_published_is_not_shown(north):
    draft = StandardPageFactory(parent=north.home, title="Retirée", live=False)
    links = LinksBlock().to_python(
        {"title": "", "links": [{"title": "", "page": draft.pk, "url": "", "description": ""}]}
    )

    assert "Retirée" not in rendered(north, ("links", links))


def test_any_page_is_shown_as_its_own_kind_of_card(north):
    article = ArticlePageFactory(parent=north.index, title="Article en carte", published_at=None)
    page = StandardPageFactory(parent=north.home, title="Page en carte")

    html = rendered(north, ("page_card", {"page": Page.objects.get(pk=article.pk)}), ("page_card", {"page": page}))

    assert html.count('<article class="card') >= 2
    assert "Article en carte" in html and "Page en carte" in html


def test_documents_show_their_format_and_size(north):
    document = SiteDocument.objects.create(title="Les statuts", file=ContentFile(b"x" * 2048, name="statuts.pdf"))

    html = rendered(north, ("documents", {"title": "", "documents": [document]}))

    assert "Les statuts" in html and "PDF" in html and "2,0\xa0Kio" in html.replace(" ", "\xa0")


def test_a_picture_shows_its_description_caption_and_credit(north):
    image = ImageFactory(credit="Une photographe", licence="cc-by")
    value = {
        "image": {"image": image.pk, "decorative": False, "alt_text": "Un quai"},
        "caption": "Le port",
        "width": "text",
    }
    picture = STORY.child_blocks["image"].to_python(value)

    html = rendered(north, ("image", picture))

    assert (
        'alt="Un quai"' in html
        and "Le port" in html
        and "Une photographe" in html
        and "CC BY" in html.replace("Creative Commons", "CC")
    )
    assert "width=" in html and 'loading="lazy"' in html


def test_a_table_has_a_caption_and_header_cells(north):
    table = STORY.child_blocks["table"].get_preview_value()

    html = rendered(north, ("table", table))

    assert "<caption>Deux dispositifs</caption>" in html
    assert '<th scope="col">Dispositif</th>' in html


def test_a_story_shows_the_networks_words_as_they_are_today(north):
    principle = PrincipleFactory(title="Utilité sociale", summary="Avant")
    article = ArticlePageFactory(parent=north.index)
    article.body = [("principle", {"principle": principle}), ("charter", None)]
    article.save_revision().publish()
    CharterFactory(title="Charte du réseau", version="3")

    principle.summary = "Après"
    principle.save_revision().publish()
    html = north.visitor.get(article.relative_url(north.site)).content.decode()

    assert "Après" in html and "Avant" not in html
    assert "Charte du réseau" in html


def test_what_an_editor_types_is_never_code(north):
    danger = "<script>alert(1)</script>"
    html = rendered(
        north,
        ("quote", {"text": danger, "author": danger, "role": "", "portrait": None}),
        ("heading", {"text": danger, "level": "2", "anchor": "x"}),
    )

    assert danger not in html


def test_a_quotation_says_its_language_and_goes_from_right_to_left_where_it_must(north):
    quote = {"text": "التعاون قوة", "author": "Nadia", "role": "", "portrait": None, "language": "ar"}

    assert '<p dir="auto" lang="ar">' in rendered(north, ("quote", quote))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" « Une voix » ", "Une voix"),
        ("“Une voix”", "Une voix"),
        ("Elle m’a dit « viens »", "Elle m’a dit « viens »"),
        ("« a » et « b »", "« a » et « b »"),
        ("« »", "« »"),
    ],
)
def test_quotation_marks_typed_around_the_whole_are_not_printed_twice(typed, kept):
    block = STORY.child_blocks["quote"]
    value = block.to_python({"text": typed, "author": "", "role": "", "portrait": None, "language": ""})

    assert block.clean(value)["text"] == kept


@pytest.mark.parametrize("language", ["br", "en"])
def test_words_in_another_language_are_marked_in_rich_text_and_stay_marked_when_edited(language):
    html = f'<p data-block-key="a1b2c">Dire <span lang="{language}">demat</span> à tous</p>'
    converter = ContentstateConverter(features=TEXT_FEATURES)

    state = converter.from_database_format(html)

    assert converter.to_database_format(state) == html
