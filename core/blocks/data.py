from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, IntegerBlock, ListBlock, RichTextBlock, StructBlock, URLBlock
from wagtail.contrib.table_block.blocks import TableBlock

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


class StoryTableBlock(TableBlock):
    def __init__(self, **kwargs):
        super().__init__(
            table_options={
                "startRows": 3,
                "startCols": 3,
                "contextMenu": ["row_above", "row_below", "---------", "col_left", "col_right", "---------",
                                "remove_row", "remove_col", "---------", "undo", "redo"],
            },
            **kwargs,
        )  # fmt: skip

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Figures and dates")
        template = "core/blocks/table.html"
        description = _("Rows and columns with a caption. Tick the first row as header.")
        preview_value = {
            "data": [
                ["Dispositif", "Pour qui"],
                ["DLA", "Employeurs associatifs"],
                ["Cap’CAE", "Entrepreneurs salariés"],
            ],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "Deux dispositifs",
        }
