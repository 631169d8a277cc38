from struct import error as StructError

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.images.arrival import UnreadableImageError, prepared


class ReadableImageField(WagtailImageField):
    """Wagtail's field, that also makes of the picture what is stored: what cannot be is an error on the field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.error_messages["invalid_image"] = _(
            "This file is not a picture that can be shown on the web. Export it as JPEG or as a PNG that does not "
            "move, then send that file."
        )

    def check_image_file_format(self, f):
        if f.name.lower().endswith((".svg", ".svgz")):
            raise ValidationError(
                _(
                    "SVG files are refused: they may hold code that would run on your visitors' devices. Export the "
                    "drawing as PNG, on a transparent ground, 1000 pixels wide, and send that file."
                ),
                code="svg",
            )
        # By what the file holds: telephones and mail programs call a HEIC picture .jpg.
        if f.image.format_name not in {"jpeg", *self.allowed_image_extensions}:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image_extension")

    def to_python(self, data):
        try:
            # The pixels are counted first, so that a bomb is refused before it is opened.
            file = super().to_python(data)
            if file is None:
                return None
            arrived = prepared(file)
        except (UnreadableImageError, OSError, SyntaxError, StructError):
            raise ValidationError(
                _("This picture is damaged or of a rare kind. Export it as JPEG or PNG, then send the new file."),
                code="unreadable_image",
            ) from None
        arrived.image, arrived.content_type = file.image, file.content_type
        return arrived


class ImageForm(BaseImageForm):
    file = ReadableImageField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])

    class Meta(BaseImageForm.Meta):
        help_texts = {
            "description": _(
                "What the picture shows, in one sentence: it is read aloud to people who cannot see it. "
                "Needed, unless you tick “decorative picture”."
            )
        }
