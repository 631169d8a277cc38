"""What one may upload as a document: films may be large, and everything must be what its name says."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from core.films import check_content, extension, is_film


class DocumentForm(BaseDocumentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _("%(most)s at most; %(film)s for a film (MP4 or WebM).") % {
                "most": filesizeformat(settings.MAX_DOCUMENT_SIZE),
                "film": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
            }

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            if not is_film(file.name) and file.size > settings.MAX_DOCUMENT_SIZE:
                raise ValidationError(
                    _("This file is too big (%(size)s). A document may be of %(most)s."),
                    code="file_too_large",
                    params={
                        "size": filesizeformat(file.size),
                        "most": filesizeformat(settings.MAX_DOCUMENT_SIZE),
                    },
                )
            check_content(file, extension(file.name))
        return file
