"""The parts of a pôle's export beside its pages and files: each a list of rows in a JSON file of its name."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Field, Model
from wagtail.models import Locale, Page

from core.transfer.mapping import Mapping


class TransferPart:
    """Rows out, rows in. `with_pages`: its rows name pages, and are read once these have their keys."""

    name: str
    models: tuple[type[Model], ...]
    with_pages = True

    def write(self, pages: list[Page]) -> list[dict]:
        """The rows that go with these pages."""
        raise NotImplementedError

    def read(self, mapping: Mapping, rows: list[dict]) -> None:
        """Make these rows here, with the keys that pages and files have here."""
        raise NotImplementedError


@dataclass(frozen=True)
class NetworkVocabularies(TransferPart):
    """What the network writes and pages name: those of the same slug and language here; a missing one is made."""

    name: str
    model: type[Model]
    more: tuple[str, ...] = ()  # fields beside slug, name, language and state

    with_pages = False

    @property
    def models(self):
        return (self.model,)

    def write(self, pages):
        return list(self.model.objects.values("pk", "slug", "name", "locale__language_code", "live", *self.more))

    def read(self, mapping, rows):
        mapping.keys[self.model] = {}
        for row in rows:
            locale = Locale.objects.get(language_code=row["locale__language_code"])
            taken = ("pk", "slug", "locale__language_code")
            defaults = {name: value for name, value in row.items() if name not in taken}
            word, _created = self.model.objects.get_or_create(slug=row["slug"], locale=locale, defaults=defaults)
            mapping.add(self.model, row["pk"], word.pk)


@dataclass(frozen=True)
class PageRows(TransferPart):
    """Rows of a model that belong to pages by the foreign key `page_field`. Accounts do not travel."""

    name: str
    model: type[Model]
    page_field: str
    without: tuple[str, ...] = ()
    remap: Callable[[Mapping, dict], dict] = lambda mapping, values: values

    @property
    def models(self):
        return (self.model,)

    @property
    def fields(self) -> list[Field]:
        left = {self.page_field, *self.without}
        return [
            field
            for field in self.model._meta.concrete_fields
            if not field.primary_key
            and field.name not in left
            and not (field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL)
        ]

    def write(self, pages):
        found = self.model.objects.filter(**{f"{self.page_field}__in": [page.pk for page in pages]}).order_by("pk")
        return [
            {
                "pk": row.pk,
                "of_page": getattr(row, f"{self.page_field}_id"),
                **{field.name: field.value_from_object(row) for field in self.fields},
            }
            for row in found
        ]

    def read(self, mapping, rows):
        mapping.keys[self.model] = {}
        for row in rows:
            page = mapping.get(Page, row["of_page"])
            if page is None:
                continue
            values = {field.attname: field.to_python(row[field.name]) for field in self.fields}
            made = self.model.objects.create(**{f"{self.page_field}_id": page}, **self.remap(mapping, values))
            mapping.add(self.model, row["pk"], made.pk)


@dataclass(frozen=True)
class LeftOut:
    """Models that no export holds, and why."""

    name: str
    models: tuple[type[Model], ...]
    reason: str
