from django import forms
from django.utils.translation import gettext_lazy as _

from core.date_fields import DayField
from core.geo import Position
from core.querysets import HOME_LENGTH
from events import zone
from events.date_clashes import around
from events.page import EventPage
from events.places import known_places
from events.rules import check_days
from events.views.manage import AgendaView


class DateClashesForm(forms.Form):
    day = DayField(label=_("Day"))
    commune = forms.CharField(label=_("Commune"), required=False, max_length=80)

    def clean_day(self):
        try:
            check_days(self.cleaned_data)
        except forms.ValidationError as error:
            raise forms.ValidationError(error.messages) from None
        return self.cleaned_data["day"]


class DateClashesView(AgendaView):
    """What the network has on a day and around it, before one chooses it."""

    template_name = "events/manage/date_clashes.html"
    page_title = _("Date clashes")
    tab = "date_clashes"

    def get_context_data(self, **kwargs):
        form = DateClashesForm(self.request.GET if "day" in self.request.GET else None, initial={"day": zone.today()})
        days = []
        if form.is_valid():
            day, commune = form.cleaned_data["day"], form.cleaned_data["commune"]
            home_path = self.agenda.path[:HOME_LENGTH]
            position = position_of(self.agenda, commune)
            shown = [day + zone.DAY * shift for shift in (-1, 0, 1)]
            days = [around(near_day, position=position, commune=commune, home_path=home_path) for near_day in shown]
        return {**super().get_context_data(**kwargs), "form": form, "days": days}


def position_of(agenda, commune: str) -> Position | None:
    """Where a commune is, as far as the places of before tell."""
    commune_name = commune.strip().lower()
    for place in known_places(EventPage.objects.descendant_of(agenda)):
        if commune_name and place.latitude is not None and place.commune.lower() == commune_name:
            return Position(float(place.latitude), float(place.longitude))
    return None
