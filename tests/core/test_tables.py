"""Tables of a body: written with buttons, in French, and never refused without a reason."""

import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.operations import translate_object

from commons.body import StoryBlock
from tests.factories import ArticlePageFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db

TABLE = {
    "caption": "Nos permanences",
    "columns": [{"type": "row_heading", "heading": ""}, {"type": "text", "heading": "Quand"}],
    "rows": [{"values": ["Fougères", "Le lundi"]}, {"values": ["Louvigné", "Le mardi"]}],
}


def block():
    return StoryBlock().child_blocks["table"]


def test_a_new_table_has_two_columns_and_two_rows_to_write_in():
    table = block().get_default()

    assert [len(row["values"]) for row in table.row_data] == [2, 2]


def test_each_row_says_what_it_is_about(north):
    article = ArticlePageFactory(
        parent=north.index, slug="permanences", body=json.dumps([{"type": "table", "value": TABLE}])
    )

    html = compact(north.visitor.get(article.get_url()).content.decode())

    assert "<caption>Nos permanences</caption>" in html
    assert '<tr><td></td><th scope="col">Quand</th></tr>' in html
    assert '<tr><th scope="row">Fougères</th><td>Le lundi</td></tr>' in html


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"columns": [{"type": "text", "heading": ""}, {"type": "text", "heading": "Quand"}]},
            "titre à chaque colonne",
        ),
        ({"rows": [{"values": ["", " "]}]}, "est vide"),
        ({"rows": []}, "est vide"),
    ],
)
def test_what_is_missing_is_said_in_french(change, said):
    with pytest.raises(ValidationError) as refused:
        block().clean(block().normalize(TABLE | change))

    assert said in refused.value.as_json_data()["messages"][0]


def test_a_draft_may_be_saved_unfinished():
    table = block()
    table.defer_required_validation()

    assert len(table.clean(table.get_default()).columns) == 2


def test_its_words_are_translated_one_by_one(north):
    article = ArticlePageFactory(parent=north.index, body=json.dumps([{"type": "table", "value": TABLE}]))
    breton = Locale.objects.get(language_code="br")
    translate_object(article, [breton])
    source = TranslationSource.objects.get_for_instance(article)
    quand = source.stringsegment_set.get(string__data="Quand")
    StringTranslation.objects.create(translation_of=quand.string, locale=breton, context=quand.context, data="Pegoulz")
    source.create_or_update_translation(breton, fallback=True)

    (table,) = article.get_translation(breton).body
    assert [column["heading"] for column in table.value.columns] == ["", "Pegoulz"]
    assert table.value.row_data[1]["values"] == ["Louvigné", "Le mardi"]
