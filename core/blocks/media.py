from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StreamValue, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class PictureBlock(StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = CharBlock(required=False, max_length=250, label=_("Caption"))
    width = ChoiceBlock([("text", _("As wide as the text")), ("wide", _("Wider"))], default="text", label=_("Width"))

    class Meta:
        icon = "image"
        label = _("Picture")
        group = _("Pictures and files")
        template = "core/blocks/picture.html"
        description = _("A picture with its caption; the credit comes from the picture itself.")
        preview_value = {
            "image": None,
            "caption": "L’atelier de réparation, un samedi de mars",
            "width": "text",
        }


class GalleryBlock(StructBlock):
    images = ListBlock(ImageBlock(), min_num=2, max_num=24, label=_("Pictures"))
    caption = CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = _("Pictures and files")
        template = "core/blocks/gallery.html"
        description = _("Several pictures side by side, from two to twenty-four.")
        preview_value = {"images": [None, None, None], "caption": "La fête des coopératives"}


class DocumentsBlock(StructBlock):
    title = CharBlock(required=False, max_length=120, label=_("Title"))
    documents = ListBlock(DocumentChooserBlock(), min_num=1, label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        group = _("Pictures and files")
        template = "core/blocks/documents.html"
        description = _("Files to download; their format and size are shown.")
        preview_value = {"title": "À télécharger", "documents": []}


def pictures_of(stream: StreamValue) -> list:
    """The pictures of a story, wherever they stand in its blocks."""
    found = []
    for block in stream:
        if isinstance(block.block, PictureBlock):
            found.append(block.value["image"])
        elif isinstance(block.block, GalleryBlock):
            found.extend(block.value["images"])
    return [picture for picture in found if picture is not None]
