from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from core.images.metadata import UnreadableImageError, without_metadata


class ImageForm(BaseImageForm):
    """Wagtail's form; a picture that cannot be decoded is an error on its field."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            try:
                without_metadata(file)
            except UnreadableImageError:
                raise ValidationError(
                    _("This picture is damaged and cannot be read to the end. Export it again, then send the new file."),
                    code="unreadable_image",
                ) from None
            finally:
                file.seek(0)
        return file

    class Meta(BaseImageForm.Meta):
        help_texts = {
            "description": _(
                "What the picture shows, in one sentence: it is read aloud to people who cannot see it."
            )
        }
