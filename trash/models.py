from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

KEPT_FOR = timedelta(days=30)


class TrashFolder(Page):
    """Where deleted pages wait: below no site, so that nobody but the network may so much as see them."""

    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    is_creatable = False

    class Meta:
        verbose_name = _("trash")


class TrashedPageQuerySet(models.QuerySet):
    def outdated(self):
        return self.filter(at__lt=timezone.now() - KEPT_FOR)


class TrashedPage(models.Model):
    """A page that was deleted, with those below it, and what it takes to put them back as they were."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="trashed")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    previous = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")  # the sibling before it
    slug = models.CharField(max_length=255)
    pages = models.PositiveIntegerField(_("pages"))  # with those below it
    live = models.JSONField(default=list)  # keys of the pages that were public, those that only mirrored them included
    schedule = models.JSONField(default=dict)  # key of a revision → when it was to be published (ISO 8601)
    aliases = models.JSONField(default=dict)  # key of a page that mirrored another → the key of that one
    at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    wagtail_reference_index_ignore = True  # what it names is not used by it

    objects = TrashedPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page in the trash")
        verbose_name_plural = _("pages in the trash")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.page.title

    @property
    def until(self):
        return self.at + KEPT_FOR
