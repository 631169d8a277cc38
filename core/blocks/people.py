import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ChoiceBlock, EmailBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.images.blocks import ImageBlock

from core.blocks.links import LinkBlock
from core.blocks.text import INLINE_FEATURES, CodeBlock
from core.languages import OTHER_LANGUAGES

QUOTED = re.compile(r'\s*(?:«\s*([^«»]*[^«»\s])\s*»|“([^“”]+)”|"([^"]+)")\s*')


class QuoteBlock(StructBlock):
    text = TextBlock(
        label=pgettext_lazy("quotation", "Words"), help_text=_("Without quotation marks: the page adds them.")
    )
    author = CharBlock(required=False, max_length=120, label=_("Who says it"))
    role = CharBlock(required=False, max_length=140, label=_("Role and organisation"))
    portrait = ImageBlock(required=False, label=_("Portrait"))
    language = ChoiceBlock(
        OTHER_LANGUAGES,
        required=False,
        label=_("Language of the words"),
        help_text=_("If it is not the page's: they are then read aloud as they should."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote or testimony")
        group = _("Text")
        template = "core/blocks/quote.html"
        description = _("The words of somebody, with who they are.")
        preview_value = {
            "text": "On a gardé nos emplois, et maintenant c’est nous qui décidons.",
            "author": "Une salariée",
            "role": "SCOP du pays de Fougères",
            "portrait": None,
            "language": "",
        }

    def clean(self, value):
        """Quotation marks typed around the whole are taken off: the page prints its own."""
        cleaned = super().clean(value)
        if quoted := QUOTED.fullmatch(cleaned["text"]):
            cleaned["text"] = next(filter(None, quoted.groups()))
        return cleaned


class ContactBlock(StructBlock):
    title = CharBlock(max_length=120, label=_("Title"), default=_("Contact"))
    text = RichTextBlock(required=False, features=INLINE_FEATURES, label=_("Text"))
    name = CharBlock(required=False, max_length=120, label=_("Name"))
    role = CharBlock(required=False, max_length=140, label=_("Role and organisation"))
    email = EmailBlock(required=False, label=_("E-mail address"))
    phone = CodeBlock(required=False, max_length=24, label=_("Phone"))
    address = TextBlock(required=False, rows=3, label=_("Address"))
    link = LinkBlock(required=False, label=_("Link"))

    class Meta:
        icon = "mail"
        label = _("Contact box")
        group = _("Links and contacts")
        template = "core/blocks/contact.html"
        description = _("Who to write to or to call about this subject.")
        preview_value = {
            "title": "Votre interlocutrice",
            "text": "<p>Elle répond à vos questions sur la reprise d’entreprise.</p>",
            "name": "La chargée de mission",
            "role": "EcoSolidaires",
            "email": "contact@fougeres.example.org",
            "phone": "",
            "address": "",
            "link": {"title": "", "page": None, "url": ""},
        }


class PersonBlock(StructBlock):
    name = CharBlock(max_length=120, label=_("Name"))
    role = CharBlock(required=False, max_length=140, label=pgettext_lazy("person", "What they do"))
    portrait = ImageBlock(required=False, label=_("Portrait"))
    phone = CodeBlock(required=False, max_length=24, label=_("Phone"))
    days = CharBlock(
        required=False, max_length=120, label=_("Days"), help_text=_("When they are there: “Tuesdays and Thursdays”.")
    )

    class Meta:
        icon = "user"
        label = _("Person")
        template = "core/blocks/person.html"
        description = _("Somebody of the team, with what they do and how to reach them.")
        preview_value = {
            "name": "La chargée de mission",
            "role": "Création et reprise",
            "portrait": None,
            "phone": "02 99 00 00 00",
            "days": "Mardi et jeudi",
        }
