from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, IntegerBlock, ListBlock, RichTextBlock, StructBlock, URLBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock, TypedTableBlockValidationError
from wagtail_localize.segments import StringSegmentValue

from core.blocks.text import TEXT_FEATURES


class KeyFigureBlock(StructBlock):
    value = CharBlock(max_length=20, label=_("Value"), help_text=_("As it must read: “15 827”, “1,5”, “+12”."))
    unit = CharBlock(required=False, max_length=30, label=_("Unit"), help_text=_("“€”, “%”, “emplois”…"))
    label = CharBlock(max_length=140, label=_("What it counts"))
    year = IntegerBlock(required=False, min_value=1800, max_value=2100, label=_("Year"))
    source = CharBlock(required=False, max_length=140, label=_("Source"))
    source_url = URLBlock(required=False, label=_("Address of the source"))

    class Meta:
        label = _("Key figure")
        icon = "order"
        label_format = "{value} {unit}"


class KeyFiguresBlock(StructBlock):
    figures = ListBlock(KeyFigureBlock(), min_num=1, max_num=6, label=_("Figures"))

    class Meta:
        icon = "order"
        label = _("Key figures")
        group = _("Figures and dates")
        template = "core/blocks/key_figures.html"
        description = _("One to six figures, each with its unit, its year and its source.")
        preview_value = {
            "figures": [
                {
                    "value": "150",
                    "unit": "",
                    "label": "porteurs de projet reçus chaque année",
                    "year": 2018,
                    "source": "Réseau des pôles",
                    "source_url": "",
                },
                {
                    "value": "35 000",
                    "unit": "€",
                    "label": "par an et par pôle",
                    "year": 2018,
                    "source": "Région",
                    "source_url": "",
                },
            ]
        }


class StepBlock(StructBlock):
    title = CharBlock(max_length=140, label=_("Title"))
    text = RichTextBlock(required=False, features=TEXT_FEATURES, label=_("Text"))

    class Meta:
        label = _("Step")
        icon = "arrow-right"
        label_format = "{title}"


class StepsBlock(StructBlock):
    title = CharBlock(required=False, max_length=140, label=_("Title"))
    steps = ListBlock(StepBlock(), min_num=2, label=_("Steps"))

    class Meta:
        icon = "tasks"
        label = _("Steps")
        group = _("Figures and dates")
        template = "core/blocks/steps.html"
        description = _("A numbered procedure: who to see, what to prepare, what comes next.")
        preview_value = {
            "title": "Monter son dossier",
            "steps": [
                {"title": "Prendre rendez-vous", "text": "<p>Une heure au pôle pour poser l’idée.</p>"},
                {"title": "Étudier la faisabilité", "text": "<p>Avec un accompagnement adapté.</p>"},
            ],
        }


class TimelineEntryBlock(StructBlock):
    date = CharBlock(max_length=60, label=_("Date"), help_text=_("As it must read: “Septembre 2014”."))
    title = CharBlock(max_length=140, label=_("Title"))
    text = RichTextBlock(required=False, features=TEXT_FEATURES, label=_("Text"))

    class Meta:
        label = _("Date")
        icon = "date"
        label_format = "{date} – {title}"


class TimelineBlock(StructBlock):
    entries = ListBlock(TimelineEntryBlock(), min_num=2, label=_("Dates"))

    class Meta:
        icon = "history"
        label = pgettext_lazy("block", "Timeline")
        group = _("Figures and dates")
        template = "core/blocks/timeline.html"
        description = _("The dates of a story, in order.")
        preview_value = {
            "entries": [
                {"date": "2011", "title": "Une première étude", "text": ""},
                {
                    "date": "Juillet 2014",
                    "title": "La loi sur l’ESS",
                    "text": "<p>Elle donne un cadre commun.</p>",
                },
            ]
        }


class StoryTableBlock(TypedTableBlock):
    """A table whose first row says what each column holds, and where one column may say what each row is about.

    Stored as `{"caption": …, "columns": [{"type", "heading"}], "rows": [{"values": [text, …]}]}`.
    """

    text = CharBlock(required=False, label=pgettext_lazy("table column", "Text"))
    row_heading = CharBlock(required=False, label=pgettext_lazy("table column", "Row headings"))

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Figures and dates")
        template = "core/blocks/table.html"
        description = _("Rows and columns with a caption. Each column has a heading.")
        default = {
            "caption": "",
            "columns": [{"type": "text", "heading": ""}, {"type": "text", "heading": ""}],
            "rows": [{"values": ["", ""]}, {"values": ["", ""]}],
        }
        preview_value = {
            "caption": "Deux dispositifs",
            "columns": [{"type": "row_heading", "heading": "Dispositif"}, {"type": "text", "heading": "Pour qui"}],
            "rows": [
                {"values": ["DLA", "Employeurs associatifs"]},
                {"values": ["Cap’CAE", "Entrepreneurs salariés"]},
            ],
        }

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        error = ""
        if not any(str(cell).strip() for row in value.row_data for cell in row["values"]):
            error = _("This table is empty: fill in a cell, or delete the block.")
        elif any(column["block"].name == "text" and not column["heading"].strip() for column in value.columns):
            error = _("Give each column a heading: it is read aloud with each cell to those who do not see the table.")
        if error:
            raise TypedTableBlockValidationError(non_block_errors=[error])
        return value

    def get_translatable_segments(self, value) -> list[StringSegmentValue]:
        """What wagtail-localize translates: the caption, the headings and the cells."""
        texts = {"caption": value.caption}
        texts |= {f"columns.{number}": column["heading"] for number, column in enumerate(value.columns)}
        for number, row in enumerate(value.row_data):
            texts |= {f"rows.{number}.{place}": cell for place, cell in enumerate(row["values"])}
        return [StringSegmentValue(path, text) for path, text in texts.items() if text]

    def restore_translated_segments(self, value, segments):
        for segment in segments:
            part, *place = segment.path.split(".")
            text = segment.render_text()
            if part == "caption":
                value.caption = text
            elif part == "columns":
                value.columns[int(place[0])]["heading"] = text
            else:
                value.row_data[int(place[0])]["values"][int(place[1])] = text
        return value
