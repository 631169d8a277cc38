"""What rich text may hold beside Wagtail's own features: words marked as of another language."""

from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature

from core.languages import INLINE_LANGUAGES


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
