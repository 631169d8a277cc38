"""A whole programme at once: one event a line, pasted from a spreadsheet; all of them or none."""

import csv
from io import StringIO

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.date_fields import DayField, HourField
from core.words import fold
from events.changing import add_event, set_schedule, set_text
from events.models import EventPage
from events.places import PLACE, known_places
from events.rules import check_days
from events.schedule import Schedule
from events.views.manage import AgendaView
from events.vocabulary import Kind, Price

EMPTY_ROWS = 8
MAX_ROWS = 200
HEADERS = {"titre", "intitule", "evenement", "nom", "jour", "date", "debut", "fin", "heure", "de", "a", "type", "lieu",
           "commune", "ville", "tarif", "prix", "presentation", "description", "commence a", "finit a"}  # fmt: skip
COLUMNS = ("title", "starts_on", "starts_at", "ends_at", "kind", "place_name", "commune", "price", "text")
DAYS = ("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y")
HOURS = ("%H:%M", "%Hh%M", "%Hh", "%H h %M", "%H h", "%H:%M:%S")


class WordField(forms.CharField):
    """One of a vocabulary, by its code or its words, as people type it."""

    def __init__(self, vocabulary, default, **kwargs):
        self.vocabulary, self.default = vocabulary, default
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        text = fold(super().clean(value))
        if not text:
            return self.default
        for code, label in self.vocabulary.choices:
            if text in (fold(code), fold(str(label))):
                return code
        known = " · ".join(str(label) for code, label in self.vocabulary.choices if code)
        raise ValidationError(_("Unknown. Write one of: %(known)s.") % {"known": known})


class RowForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    starts_on = DayField(
        label=gettext_lazy("Day"),
        input_formats=DAYS,
        widget=forms.TextInput,
        error_messages={"invalid": gettext_lazy("No such day: write it as 25/11/2026.")},
    )
    starts_at = HourField(
        widget=forms.TextInput,
        label=gettext_lazy("Begins at"),
        required=False,
        input_formats=HOURS,
        error_messages={"invalid": gettext_lazy("Write the hour as 18:30 or 18h30.")},
    )
    ends_at = HourField(
        widget=forms.TextInput,
        label=gettext_lazy("Ends at"),
        required=False,
        input_formats=HOURS,
        error_messages={"invalid": gettext_lazy("Write the hour as 18:30 or 18h30.")},
    )
    kind = WordField(Kind, Kind.OTHER, label=gettext_lazy("Type"))
    place_name = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=120)
    commune = forms.CharField(label=gettext_lazy("Commune"), required=False, max_length=80)
    price = WordField(Price, Price.UNKNOWN, label=gettext_lazy("Price"))
    text = forms.CharField(label=gettext_lazy("Presentation"), required=False, max_length=4000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs |= {"aria-label": field.label, "data-column": name}

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        check_days(cleaned)
        self.schedule = Schedule(cleaned["starts_on"], cleaned["starts_at"], None, cleaned["ends_at"])
        try:
            self.schedule.check()
        except ValidationError as error:
            raise ValidationError({"ends_at": error.messages}) from None
        return cleaned


RowFormSet = formset_factory(RowForm, extra=0, max_num=MAX_ROWS, validate_max=True, absolute_max=MAX_ROWS)


def pasted(text: str) -> list[dict]:
    """The rows of a table copied from a spreadsheet (cells apart by tabs, or by semicolons), its header left out."""
    delimiter = "\t" if "\t" in text else ";"
    rows = []
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    try:
        table = list(csv.reader(StringIO(lines), delimiter=delimiter))
    except csv.Error:  # a cell longer than any text of an event
        return []
    for cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        if not rows and len({fold(cell) for cell in cells} & HEADERS) >= 2:
            continue
        rows.append(dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=False)))
    return rows


class GridView(AgendaView):
    template_name = "events/manage/grid.html"
    page_title = gettext_lazy("Enter a programme")
    tab = "grid"

    def rows(self, values: list[dict]):
        """The grid with these values, and some empty lines after them."""
        count = min(len(values) + EMPTY_ROWS, MAX_ROWS)
        data = {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": 0}
        for number, row in enumerate(values[:MAX_ROWS]):
            data |= {f"form-{number}-{name}": value for name, value in row.items()}
        return data

    def empty_formset(self):
        return RowFormSet(initial=[{}] * EMPTY_ROWS)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("formset", self.empty_formset())
        kwargs.setdefault("pasted", "")
        labels = [field.label for field in RowForm().fields.values()]
        return {
            **super().get_context_data(**kwargs),
            "labels": labels,
            "most": MAX_ROWS,
            "kinds": [str(label) for _code, label in Kind.choices],
            "prices": [str(label) for code, label in Price.choices if code],
        }

    def post(self, request, *args, **kwargs):
        if "paste" in request.POST:
            return self.show_pasted(request.POST.get("pasted", ""))
        formset = RowFormSet(request.POST)
        if not formset.management_form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        for form in formset.forms:
            form.empty_permitted = True  # a line left empty is no event
        is_valid = formset.is_valid()
        filled = [form for form in formset.forms if form.has_changed()]
        if not (is_valid and filled):
            if not filled:
                messages.error(request, _("The grid is empty: fill in a line, or paste some."))
            return self.render_to_response(self.get_context_data(formset=formset), status=422)
        is_published = self.may_publish and request.POST.get("publish") == "1"
        places = {place.name: place for place in known_places(self.events)}
        with transaction.atomic():
            for form in filled:
                add_event(self.agenda, event_of(form, places), request.user, publish=is_published)
        said = (
            ngettext("%(count)s event is on line.", "%(count)s events are on line.", len(filled))
            if is_published
            else ngettext("%(count)s draft is made.", "%(count)s drafts are made.", len(filled))
        )
        messages.success(request, said % {"count": len(filled)})
        return self.back("manage_agenda")

    def show_pasted(self, text: str):
        rows = pasted(text)
        if not rows:
            messages.error(self.request, _("Nothing was pasted."))
            return self.render_to_response(self.get_context_data(pasted=text), status=422)
        if len(rows) > MAX_ROWS:
            messages.error(
                self.request, _("%(count)s lines: %(most)s at most.") % {"count": len(rows), "most": MAX_ROWS}
            )
            return self.render_to_response(self.get_context_data(pasted=text), status=422)
        formset = RowFormSet(self.rows(rows))
        for form in formset.forms:
            form.empty_permitted = True
        formset.is_valid()  # shows at once what must be corrected
        return self.render_to_response(self.get_context_data(formset=formset))


def event_of(form: RowForm, places: dict) -> EventPage:
    values = form.cleaned_data
    event = EventPage(
        title=values["title"],
        kind_of_event=values["kind"],
        place_name=values["place_name"],
        commune=values["commune"],
        price=values["price"],
    )
    place = places.get(event.place_name)
    if place is not None and event.commune in ("", place.commune):
        for name in PLACE:
            setattr(event, name, getattr(place, name))
    set_schedule(event, form.schedule)
    set_text(event, values["text"])
    return event
