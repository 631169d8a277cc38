from pathlib import PurePath

from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument


class SiteDocument(AbstractDocument):
    admin_form_fields = tuple(field for field in WagtailDocument.admin_form_fields if field != "tags")

    class Meta(AbstractDocument.Meta):
        abstract = False
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def format_name(self) -> str:
        """The format as readers know it: PDF, ODT…"""
        return PurePath(self.file.name).suffix.lstrip(".").upper()
