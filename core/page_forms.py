"""The forms of pages: of editing one, and of copying one."""

from django.utils.text import slugify
from wagtail.admin.forms.pages import CopyForm

from core.isolation.references import OwnReferencesForm
from core.slugs import free_slug_below, slug_of


class PageForm(OwnReferencesForm):
    """An address makes itself: never an error because another page has it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # the editor's script may not have written it yet, and nobody looks for it
            self.fields["slug"].required = False

    def clean(self):
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
