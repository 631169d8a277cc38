"""The screens of the editor about an agenda."""

from django.urls import path

from core import converters  # noqa: F401 (makes <key:…> known)
from events.views import date_clashes, event, grid, imports, manage

admin_urlpatterns = [
    path("agenda/", manage.AgendasView.as_view(), name="my_agenda"),
    path("agenda/apercu/", event.preview, name="event_preview"),
    path("agenda/lieux/", event.places, name="event_places"),
    path("agenda/position/", event.position, name="event_position"),
    path("agenda/evenement/<key:page>/dupliquer/", event.DuplicateView.as_view(), name="event_duplicate"),
    path("agenda/evenement/<key:page>/reprendre/", event.TakeOverView.as_view(), name="event_take_over"),
    path("agenda/<key:agenda>/", manage.AgendaOverviewView.as_view(), name="manage_agenda"),
    path("agenda/<key:agenda>/grille/", grid.GridView.as_view(), name="agenda_grid"),
    path("agenda/<key:agenda>/radar/", date_clashes.DateClashesView.as_view(), name="agenda_date_clashes"),
    path("agenda/<key:agenda>/calendriers/", imports.CalendarsView.as_view(), name="agenda_calendars"),
    path("agenda/<key:agenda>/import/<key:number>/", imports.CalendarImportView.as_view(), name="agenda_import"),
]
