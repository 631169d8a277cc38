"""What rich text may hold: the tags of a paragraph, and words marked as of another language."""

import nh3
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature

from core.languages import INLINE_LANGUAGES

PARAGRAPH_TAGS = {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "sup", "ul"}


def clean_paragraphs(html: str) -> str:
    """`html` with what paragraphs of a story may hold, and nothing that runs: rich text is shown as it is stored."""
    return nh3.clean(html, tags=PARAGRAPH_TAGS, attributes={"a": {"href"}}, link_rel=None)


def register_languages(features) -> None:
    """Give `features` one inline style a language: `<span lang="br">`."""
    for code, label in INLINE_LANGUAGES:
        name, style = f"lang-{code}", f"LANG_{code.upper()}"
        features.register_editor_plugin(
            "draftail",
            name,
            InlineStyleFeature(
                {
                    "type": style,
                    "label": code,
                    "description": label,
                    "style": {"borderBottom": "2px dotted currentcolor"},
                }
            ),
        )
        features.register_converter_rule(
            "contentstate",
            name,
            {
                "from_database_format": {f'span[lang="{code}"]': InlineStyleElementHandler(style)},
                "to_database_format": {"style_map": {style: {"element": "span", "props": {"lang": code}}}},
            },
        )
