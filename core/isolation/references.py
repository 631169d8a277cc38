"""Pictures, documents and pages that a form names by their numbers.

Choosers hide what belongs to others; a forged form might name it all the same.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import ReferenceIndex

from core.isolation.visibility import may_choose


def references(instance) -> dict[tuple[int, str], str]:
    """What `instance` points at, in fields, blocks and rich text: (content type, key) → the field that does."""
    # Wagtail's own scan for its index of references. It is private, but there is no other that knows every block.
    found = {}
    for content_type_id, key, field_name, _path in ReferenceIndex._extract_references_from_object(instance):
        found.setdefault((content_type_id, str(key)), field_name.split(".")[0])
    return found


def foreign(found: dict[tuple[int, str], str], user) -> dict[tuple[int, str], str]:
    """The part of `references()` that this person may not choose."""
    keys = defaultdict(set)
    for content_type_id, key in found:
        keys[content_type_id].add(key)
    allowed = {
        (content_type_id, key)
        for content_type_id, wanted in keys.items()
        for key in may_choose(user, ContentType.objects.get_for_id(content_type_id).model_class(), wanted)
    }
    return {reference: field for reference, field in found.items() if reference not in allowed}


class OwnReferencesForm(WagtailAdminPageForm):
    """The form of every page: what it newly points at must be this person's to choose.

    What the page pointed at before stays: it may have been put there by a network admin, or have been published then.
    """

    def _post_clean(self):
        self.references_before = references(self.instance)
        super()._post_clean()

    def is_valid(self):
        if not super().is_valid():
            return False
        instances = [self.instance]
        for formset in self.formsets.values():
            instances.extend(form.instance for form in formset.forms if form not in formset.deleted_forms)
        found = {}
        for instance in instances:
            found.update(references(instance))
        added = {key: field for key, field in found.items() if key not in self.references_before}
        for field in sorted(set(foreign(added, self.for_user).values())):
            self.add_error(
                None,
                _(
                    "%(field)s: something here belongs to another site and is not public. "
                    "Choose one of your own pages, pictures and documents, or one that the network shares."
                )
                % {"field": self.label_of(field)},
            )
        return not self.errors

    def label_of(self, field_name: str) -> str:
        return self.fields[field_name].label if field_name in self.fields else field_name
