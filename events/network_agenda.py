"""The events of the whole network, each with the name of its pôle."""

from dataclasses import replace
from functools import cached_property

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from commons.topics import Topic
from core.querysets import below
from events.agenda import AgendaFilter, Choices
from events.campaign import Campaign
from events.index_page import AgendaPage
from events.page import EventPage
from events.vocabulary import Kind
from poles.homes import PoleHomes, homes_by_state, homes_of_poles, names_where_open


class NetworkAgendaPage(AgendaPage):
    page_description = _("What takes place at every pôle, in one agenda.")

    template = "events/agenda.html"
    home_kinds = frozenset({"portal"})
    subpage_types = ["events.EventIndexPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("agenda of the network")
        verbose_name_plural = _("agendas of the network")

    @cached_property
    def pole_names(self) -> dict[str, str]:
        """Path of each home in the tree → the name of its pôle, "" for the portal's."""
        return names_where_open(self.homes)

    @cached_property
    def homes(self) -> dict[str, tuple[str, str]]:
        return homes_by_state()

    @cached_property
    def known_poles(self) -> list[PoleHomes]:
        return homes_of_poles(self.pole_names)

    def poles(self):
        return self.known_poles

    def home_paths(self):
        return None

    def events(self):
        """Of every site that is open; in Breton, also the French ones that are not translated."""
        closed = [path for path in self.homes if path not in self.pole_names]
        found = EventPage.objects.published().own().exclude(below(closed))
        here = found.filter(locale__language_code=translation.get_language())
        if translation.get_language() == settings.LANGUAGE_CODE:
            return here
        return here.or_untranslated(found.filter(locale__language_code=settings.LANGUAGE_CODE))

    def choices(self, filters: AgendaFilter):
        """Of a pôle, what it has to come; of the network, what anybody may have: its communes would be hundreds."""
        if filters.pole:
            found = Choices.of(self.events().filter(below(filters.pole.paths)))
            return replace(found, poles=self.known_poles)
        language = translation.get_language()
        campaigns = Campaign.objects.current().in_language(language)
        return Choices(
            topics=list(Topic.objects.live().in_language(language).order_by("name")),
            kinds=list(Kind.choices),
            campaigns=[(campaign.slug, campaign.name) for campaign in campaigns],
            communes={},
            has_free=True,
            has_online=True,
            poles=self.known_poles,
        )
