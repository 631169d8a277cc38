from events.campaign import Campaign
from events.importing import CalendarImport
from events.index_page import AgendaPage, EventIndexPage
from events.network_agenda import NetworkAgendaPage
from events.occurrences import Occurrence
from events.page import EventPage
from events.rows import EventChange, EventOrganiser, EventTopic
from events.sources import CalendarSource

__all__ = [
    "AgendaPage",
    "CalendarImport",
    "CalendarSource",
    "Campaign",
    "EventChange",
    "EventIndexPage",
    "EventOrganiser",
    "EventPage",
    "EventTopic",
    "NetworkAgendaPage",
    "Occurrence",
]
