from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    StructBlock,
    StructValue,
    URLBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError

from core.querysets import pages


class LinkValue(StructValue):
    @property
    def text(self) -> str:
        return self.get("title") or (self["page"].title if self.get("page") else self.get("url", ""))

    @cached_property
    def target(self):
        """The page to link to, if visitors may see it; else None."""
        return published(self.get("page"))

    @property
    def is_shown(self) -> bool:
        return bool(self.target or self.get("url"))


class LinkBlock(StructBlock):
    """A page of the network or an address outside, exactly one of them."""

    title = CharBlock(required=False, max_length=140, label=_("Words of the link"))
    page = PageChooserBlock(required=False, label=_("Page"))
    url = URLBlock(required=False, label=_("or address outside"))

    def clean(self, value):
        cleaned = super().clean(value)
        if self.is_deferred_validation or not (self.meta.required or any(cleaned.values())):
            return cleaned
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            error = ValidationError(_("Choose a page or give an address, one of them."))
            raise StructBlockValidationError({"page": error})
        if cleaned["url"] and not cleaned["title"]:
            raise StructBlockValidationError(
                {"title": ValidationError(_("Say in a few words where this address leads."))}
            )
        return cleaned

    class Meta:
        icon = "link"
        label = _("Link")
        required = True
        value_class = LinkValue
        label_format = "{title}"


class DescribedLinkBlock(LinkBlock):
    description = CharBlock(required=False, max_length=250, label=_("Description"))


class LinksBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    links = ListBlock(DescribedLinkBlock(), min_num=1, label=_("Links"))

    class Meta:
        icon = "link"
        label = _("List of links")
        group = _("Links and contacts")
        template = "core/blocks/links.html"
        description = _("Pages and sites to read next, each with a word on what it holds.")
        preview_value = {
            "title": "Pour aller plus loin",
            "links": [
                {
                    "title": "Le guide de la reprise",
                    "page": None,
                    "url": "https://guide.example.org/",
                    "description": "Douze questions à se poser.",
                }
            ],
        }


class ButtonBlock(LinkBlock):
    style = ChoiceBlock([("primary", _("Main")), ("secondary", _("Second"))], default="primary", label=_("Style"))


class ButtonsBlock(StructBlock):
    buttons = ListBlock(ButtonBlock(), min_num=1, max_num=4, label=_("Buttons"))

    class Meta:
        icon = "link"
        label = _("Buttons")
        group = _("Links and contacts")
        template = "core/blocks/buttons.html"
        description = _("What you want the reader to do: register, write, join.")
        preview_value = {
            "buttons": [
                {"title": "S’inscrire à l’atelier", "page": None, "url": "https://example.org/", "style": "primary"}
            ]
        }


class PageCardBlock(StructBlock):
    """Any page; its own class says how it looks as a card."""

    page = PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "doc-empty"
        label = _("Card of a page")
        group = _("Links and contacts")
        template = "core/blocks/page_card.html"
        description = _("A page of your site, or of another pôle, with its picture and summary.")
        preview_value = {"page": None}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        page = published(value["page"])
        context["card_page"] = page.specific if page is not None else None
        return context


def published(page):
    """`page` if it is published in the one sense of the word, else None."""
    return page if page is not None and pages().published().filter(pk=page.pk).exists() else None
