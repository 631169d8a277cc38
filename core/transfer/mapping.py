"""References between pages, files and topics: keys change from one install to another, wherever they are written."""

import json
import re
from collections import defaultdict

from django.db.models import ForeignKey, Model
from modelcluster.models import get_all_child_relations
from wagtail.blocks import ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

# In rich text: <a linktype="page" id="3">, <a linktype="document" id="4">, <embed embedtype="image" id="5">
RICH_TEXT_TAG = re.compile(r"<(?:a|embed)\b[^>]*>")
RICH_TEXT_TYPE = re.compile(r'(?:linktype|embedtype)="(\w+)"')
RICH_TEXT_KEY = re.compile(r'\bid="(\d+)"')


class Mapping:
    """Old keys → new keys, by kind of thing; a key that is not known becomes None, and its link is dropped."""

    in_place = False  # what it maps goes back where it was: the parts of a page keep their keys, unknown blocks stay

    def __init__(self):
        self.keys = defaultdict(dict)

    @staticmethod
    def kind(model: type[Model]) -> type[Model]:
        return Page if issubclass(model, Page) else model

    def add(self, model: type[Model], old, new) -> None:
        self.keys[self.kind(model)][str(old)] = new

    def get(self, model: type[Model], old):
        return self.keys[self.kind(model)].get(str(old))

    def knows(self, model: type[Model]) -> bool:
        return self.kind(model) in self.keys

    def data(self, model: type[Model], data: dict) -> dict:
        """`serializable_data()` of a page or of a part of one, with the new keys everywhere."""
        mapped = dict(data)
        for field in model._meta.get_fields():
            if field.name not in mapped or mapped[field.name] is None:
                continue
            value = mapped[field.name]
            if isinstance(field, ForeignKey) and self.knows(field.related_model):
                mapped[field.name] = self.get(field.related_model, value)
            elif isinstance(field, StreamField):
                mapped[field.name] = json.dumps(self.block(field.stream_block, json.loads(value)))
            elif isinstance(field, RichTextField):
                mapped[field.name] = self.rich_text(value)
        for relation in get_all_child_relations(model):
            name = relation.get_accessor_name()
            if name in mapped:
                rows = [self.data(relation.related_model, row) for row in mapped[name]]
                if not self.in_place:
                    rows = [{**row, "pk": None} for row in rows]
                mapped[name] = [row for row in rows if not self.lost(relation.related_model, row)]
        return mapped

    def lost(self, model: type[Model], row: dict) -> bool:
        """Whether a part of a page is about nothing any more: what it needs stayed behind, another pôle's page."""
        needed = [
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, ForeignKey) and not field.null and self.knows(field.related_model)
        ]
        return any(name in row and row[name] is None for name in needed)

    def block(self, block, value):
        if value is None:
            return None
        if isinstance(block, StreamBlock):
            return [
                {**child, "value": self.block(block.child_blocks[child["type"]], child["value"])}
                if child["type"] in block.child_blocks
                else child
                for child in value
                if child["type"] in block.child_blocks or self.in_place
            ]
        if isinstance(block, ListBlock):
            return [
                {**item, "value": self.block(block.child_block, item["value"])}
                if isinstance(item, dict) and item.get("type") == "item"
                else self.block(block.child_block, item)
                for item in value
            ]
        if isinstance(block, StructBlock):
            return {
                name: self.block(block.child_blocks[name], inner) if name in block.child_blocks else inner
                for name, inner in value.items()
            }
        if isinstance(block, ChooserBlock):
            return self.get(block.model_class, value) if self.knows(block.model_class) else value
        if isinstance(block, RichTextBlock):
            return self.rich_text(value)
        return value

    def rich_text(self, html: str) -> str:
        models = {"page": Page, "document": get_document_model(), "image": get_image_model()}

        def new_tag(match):
            tag = match[0]
            kind, key = RICH_TEXT_TYPE.search(tag), RICH_TEXT_KEY.search(tag)
            if not (kind and key and kind[1] in models):
                return tag
            return RICH_TEXT_KEY.sub(f'id="{self.get(models[kind[1]], key[1]) or 0}"', tag)

        return RICH_TEXT_TAG.sub(new_tag, html)
