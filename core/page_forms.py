"""The forms of pages: of editing one, and of copying one."""

from django.utils.text import slugify
from wagtail.admin.forms.pages import CopyForm

from core.isolation.references import OwnReferencesForm
from core.slugs import free_slug, slug_of, taken_slugs


class PageForm(OwnReferencesForm):
    """An address makes itself: never an error because another page has it."""

    def clean(self):
        slug, title = self.cleaned_data.get("slug"), self.cleaned_data.get("title", "")
        if slug:
            # The editor's own script loses the letters that it does not know: `cur` for “cœur”.
            if slug == slugify(title):
                slug = slug_of(title) or slug
            self.cleaned_data["slug"] = self.free(slug)
        return super().clean()

    def free(self, slug: str) -> str:
        if self.parent_page is None:
            return slug
        return free_slug(slug, taken_slugs(self.parent_page, but=self.instance))


class PageCopyForm(CopyForm):
    """The address of a copy is one that is free; a title that says which is the copy is the person's to write."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parent = self.page.get_parent()
        self.fields["new_slug"].initial = free_slug(self.page.slug, taken_slugs(parent))

    def clean(self):
        slug = self.cleaned_data.get("new_slug")
        if slug:
            parent = self.cleaned_data.get("new_parent_page") or self.page.get_parent()
            self.cleaned_data["new_slug"] = free_slug(slug, taken_slugs(parent))
        return super().clean()
