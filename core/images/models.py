from functools import partial

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.search import index

from core.images.arrival import ArrivedFile, prepared
from core.images.renditions import make_renditions


class Licence(models.TextChoices):
    RESERVED = "reserved", _("All rights reserved")
    CC_BY = "cc-by", _("Creative Commons BY")
    CC_BY_SA = "cc-by-sa", _("Creative Commons BY-SA")
    CC_BY_NC = "cc-by-nc", _("Creative Commons BY-NC")
    CC0 = "cc0", _("Public domain (CC0)")
    OPEN_LICENCE = "etalab-2.0", _("Licence Ouverte 2.0 (Etalab)")


class SiteImage(AbstractImage):
    """A picture of a pôle's collection: what it shows, whose it is, and nothing about where it was taken."""

    is_decorative = models.BooleanField(
        _("decorative picture"),
        default=False,
        help_text=_("Tick when the picture says nothing that the text does not say."),
    )
    credit = models.CharField(
        _("credit"), max_length=160, blank=True, help_text=_("The author, as shown under the picture.")
    )
    licence = models.CharField(_("licence"), max_length=16, choices=Licence.choices, default=Licence.RESERVED)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "credit",
        "licence",
        "collection",
        *(
            name
            for name in WagtailImage.admin_form_fields
            if name not in ("title", "file", "description", "collection")
        ),
    )
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        abstract = False
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def clean(self):
        super().clean()
        if not self.description.strip() and not self.is_decorative:
            raise ValidationError(
                {
                    "description": _(
                        "Describe the picture in one sentence for people who cannot see it, "
                        "or tick “decorative picture”."
                    )
                }
            )

    def save(self, *args, **kwargs):
        is_new_file = bool(self.file) and not self.file._committed
        if is_new_file:
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        if is_new_file:
            transaction.on_commit(partial(make_renditions.enqueue, self.pk))

    def _set_image_file_metadata(self):
        # Wagtail's form calls this before it saves: size and hash must be those of what is stored.
        if not self.file._committed and not isinstance(self.file.file, ArrivedFile):
            self.file.file = prepared(self.file.file)
            self.file.name = self.file.file.name
        super()._set_image_file_metadata()

    @property
    def default_alt_text(self):
        return "" if self.is_decorative else self.description


class Rendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="core_rendition_unique")
        ]
