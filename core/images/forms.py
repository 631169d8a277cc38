from struct import error as StructError

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.images.metadata import UnreadableImageError, without_metadata


class ReadableImageField(WagtailImageField):
    """Wagtail's field, that also decodes the picture: a broken one is an error on the field, not a failure later."""

    def check_image_file_format(self, f):
        if f.name.lower().endswith((".svg", ".svgz")):
            raise ValidationError(
                _(
                    "SVG files are refused: they may hold code that would run on your visitors' devices. Export the "
                    "drawing as PNG, on a transparent ground, 1000 pixels wide, and send that file."
                ),
                code="svg",
            )
        super().check_image_file_format(f)

    def check_image_pixel_size(self, f):
        # Decoding comes after the pixel count, so that a bomb is refused before it is opened.
        try:
            super().check_image_pixel_size(f)
            without_metadata(f)
        except (UnreadableImageError, OSError, SyntaxError, StructError):
            raise ValidationError(
                _("This picture is damaged and cannot be read to the end. Export it again, then send the new file."),
                code="unreadable_image",
            ) from None
        finally:
            f.seek(0)


class ImageForm(BaseImageForm):
    file = ReadableImageField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])

    class Meta(BaseImageForm.Meta):
        help_texts = {
            "description": _(
                "What the picture shows, in one sentence: it is read aloud to people who cannot see it. "
                "Needed, unless you tick “decorative picture”."
            )
        }
