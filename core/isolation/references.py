"""Pictures, documents and pages that a form names by their numbers.

Choosers hide what belongs to others; a forged form might name it all the same.
"""

import json
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

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


# The entities of the rich text editor (Draft.js) that name something by its key.
ENTITY_MODELS = {"LINK": Page, "DOCUMENT": get_document_model, "IMAGE": get_image_model}


def entity_reference(entity: dict) -> tuple[int, str] | None:
    """What an entity of a posted rich text points at, as `references()` says it."""
    model, key = ENTITY_MODELS.get(entity.get("type")), (entity.get("data") or {}).get("id")
    if model is None or key in (None, ""):
        return None
    model = model if model is Page else model()
    return ContentType.objects.get_for_model(model).pk, str(key)


class OwnReferencesForm(WagtailAdminPageForm):
    """The form of every page: what it newly points at must be this person's to choose.

    What the page pointed at before stays: it may have been put there by a network admin, or have been published then.
    """

    def __init__(self, data=None, *args, **kwargs):
        self.foreign_in_texts = []
        super().__init__(data, *args, **kwargs)
        if self.is_bound:
            self.references_before = references(self.instance)
            self.data = self.without_foreign_links(self.data)

    def without_foreign_links(self, data):
        """The posted data, its rich texts without the links and pictures that this person may not choose.

        A form that is shown again gives the address of each: it must forget the foreign ones, whatever else is wrong.
        """
        cleaned = data.copy()
        for name, value in data.items():
            if not (isinstance(value, str) and '"entityMap"' in value):
                continue
            try:
                content = json.loads(value)
                entities = list(content["entityMap"].values())
            except (ValueError, AttributeError, KeyError, TypeError):
                continue  # no text of the editor's: the field will say so
            for entity in entities:
                reference = entity_reference(entity)
                if reference and reference not in self.references_before and foreign({reference: name}, self.for_user):
                    entity.update(type="LINK", data={"url": "#"})
                    self.foreign_in_texts.append(name.partition("-")[0])
            cleaned[name] = json.dumps(content)
        return cleaned

    def is_valid(self):
        is_valid = super().is_valid()
        for field in sorted(set(self.foreign_in_texts)):
            self.refuse(field)
        if not is_valid:
            return False
        instances = [self.instance]
        for formset in self.formsets.values():
            instances.extend(form.instance for form in formset.forms if form not in formset.deleted_forms)
        found = {}
        for instance in instances:
            found.update(references(instance))
        added = {key: field for key, field in found.items() if key not in self.references_before}
        for field in sorted(set(foreign(added, self.for_user).values())):
            self.refuse(field)
        return not self.errors

    def refuse(self, field: str) -> None:
        self.add_error(
            None,
            _(
                "%(field)s: something here belongs to another site and is not public. "
                "Choose one of your own pages, pictures and documents, or one that the network shares."
            )
            % {"field": self.label_of(field)},
        )

    def label_of(self, field_name: str) -> str:
        return self.fields[field_name].label if field_name in self.fields else field_name
