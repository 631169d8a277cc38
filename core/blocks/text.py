from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
)

from core.languages import LANGUAGE_FEATURES
from core.slugs import slug_of

INLINE_FEATURES = ["bold", "italic", "link", "document-link", "superscript", *LANGUAGE_FEATURES]
TEXT_FEATURES = [*INLINE_FEATURES, "ul", "ol"]


class CodeBlock(CharBlock):
    """A text that machines read, the same in every language: no translator is asked for it."""

    def deconstruct(self):
        return "wagtail.blocks.CharBlock", self._constructor_args[0], self._constructor_args[1]

    def get_translatable_segments(self, value) -> list:
        return []

    def restore_translated_segments(self, value, segments):
        return value


class HeadingBlock(StructBlock):
    """A heading of level 2 or 3, with an anchor that stays when the words change."""

    text = CharBlock(label=_("Heading"), max_length=140)
    level = ChoiceBlock([("2", _("Heading")), ("3", _("Sub-heading"))], default="2", label=_("Level"))
    anchor = CodeBlock(
        required=False,
        max_length=80,
        label=_("Anchor"),
        help_text=_("The end of the heading's own address. Left empty, it is made from the words, then kept."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")
        template = "core/blocks/heading.html"
        description = _("Cuts a long text into parts; readers can link to it.")
        preview_value = {"text": "Reprendre son entreprise à plusieurs", "level": "2", "anchor": "reprendre"}
        label_format = "{text}"

    def clean(self, value):
        cleaned = super().clean(value)
        cleaned["anchor"] = anchor_of(cleaned)
        return cleaned


def anchor_of(heading) -> str:
    """The anchor of a heading's value: its own, else one made from the words."""
    return slug_of(heading["anchor"] or heading["text"])[:76] or "partie"


class ParagraphBlock(RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(features=TEXT_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        template = "core/blocks/paragraph.html"
        description = _("Paragraphs, lists, links, bold and italic.")
        preview_value = (
            "<p>Une coopérative, c’est d’abord <b>une personne, une voix</b> : celles et ceux qui y travaillent "
            "en détiennent la majorité et décident ensemble des grandes orientations.</p>"
        )


class CalloutBlock(StructBlock):
    tone = ChoiceBlock(
        [("info", _("Good to know")), ("tip", _("Tip")), ("warning", _("Beware"))],
        default="info",
        label=_("Kind"),
    )
    title = CharBlock(label=_("Title"), max_length=120, required=False)
    text = RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        group = _("Text")
        template = "core/blocks/callout.html"
        description = _("Sets one piece of information apart from the text.")
        preview_value = {
            "tone": "tip",
            "title": "Bon à savoir",
            "text": "<p>Le premier rendez-vous est gratuit et ne vous engage à rien.</p>",
        }


class AccordionItemBlock(StructBlock):
    title = CharBlock(label=_("Question or title"), max_length=160)
    text = RichTextBlock(label=_("Answer"), features=TEXT_FEATURES)

    class Meta:
        label = _("Question")
        icon = "help"
        label_format = "{title}"


class AccordionBlock(StructBlock):
    questions = ListBlock(AccordionItemBlock(), label=_("Questions"), min_num=1)
    open_first = BooleanBlock(required=False, default=False, label=_("Open the first answer"))

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        group = _("Text")
        template = "core/blocks/accordion.html"
        description = _("Answers that open one by one: for a list of questions, not for hiding what matters.")
        preview_value = {
            "questions": [
                {
                    "title": "Qui peut adhérer au pôle ?",
                    "text": "<p>Toute structure de l’ESS du territoire.</p>",
                },
                {
                    "title": "Combien coûte l’adhésion ?",
                    "text": "<p>Elle dépend du budget de la structure.</p>",
                },
            ],
            "open_first": True,
        }
