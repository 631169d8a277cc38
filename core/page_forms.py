"""The forms of pages: of editing one, and of copying one."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Revision

from core.geo import check_position
from core.isolation.references import OwnReferencesForm
from core.slugs import free_slug_below, slug_of


class PageForm(OwnReferencesForm):
    """An address makes itself: never an error because another page has it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # the editor's script may not have written it yet, and nobody looks for it
            self.fields["slug"].required = False

    def newer_revision(self) -> Revision | None:
        """The version that somebody saved since this form was opened, as Wagtail tells it when it saves by itself."""
        latest = self.instance.latest_revision if self.instance.pk else None
        if latest is None:
            return None
        own, loaded = self.data.get("overwrite_revision_id"), self.data.get("loaded_revision_id")
        if own:
            return None if own == str(latest.pk) else latest
        written_at = self.data.get("loaded_revision_created_at", latest.created_at.isoformat())
        is_known = not loaded or (loaded == str(latest.pk) and written_at == latest.created_at.isoformat())
        return None if is_known else latest

    def clean(self):
        if (newer := self.newer_revision()) is not None:
            # Said once: the form that comes back with what was typed is of the newer version.
            self.add_error(
                None,
                _(
                    "%(who)s saved this page at %(hour)s, while you were writing. Nothing of yours is lost: "
                    "it is below. See in the history what changed; saving once more replaces it."
                )
                % {
                    "who": newer.user or _("Somebody"),
                    "hour": date_format(timezone.localtime(newer.created_at), "TIME_FORMAT"),
                },
            )
        slug, title = self.cleaned_data.get("slug"), self.cleaned_data.get("title", "")
        if slug == "" and title:
            slug = slug_of(title) or slug_of(self.instance._meta.verbose_name)
        if slug:
            # The editor's own script loses the letters that it does not know: `cur` for “cœur”.
            if slug == slugify(title):
                slug = slug_of(title) or slug
            if self.parent_page is not None:
                slug = free_slug_below(self.parent_page, slug, but=self.instance)
            self.cleaned_data["slug"] = slug
        return super().clean()


class PositionForm(PageForm):
    """The form of a page that is somewhere (`core.geo.PositionFields`)."""

    def check_position(self) -> None:
        if not {"latitude", "longitude"} & set(self.errors):
            check_position(self.cleaned_data.get("latitude"), self.cleaned_data.get("longitude"))


class PageCopyForm(CopyForm):
    """The address of a copy is one that is free; a title that says which is the copy is the person's to write."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].initial = free_slug_below(self.page.get_parent(), self.page.slug)

    def clean(self):
        slug = self.cleaned_data.get("new_slug")
        if slug:
            parent = self.cleaned_data.get("new_parent_page") or self.page.get_parent()
            self.cleaned_data["new_slug"] = free_slug_below(parent, slug)
        return super().clean()
