"""All the pôles side by side, for those who look after the network."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from wagtail.models import Page, WorkflowState

from core.identity import SiteState
from core.models import SiteIdentity
from poles.homes import with_home_path
from poles.registry import Pole, PoleStatus


@dataclass(frozen=True)
class PoleRow:
    """A pôle as the list of all shows it: how its site is, when it last published, how many pages wait for a review."""

    pole: Pole
    status: PoleStatus | None
    state: str
    last_published_at: datetime | None
    in_review: int


def pole_rows() -> list[PoleRow]:
    """Every pôle by name, in a number of queries that does not depend on how many there are."""
    poles = list(Pole.objects.select_related("pays", "site__root_page").order_by("name"))
    sites = [pole.site for pole in poles if pole.site]
    states = dict(SiteIdentity.objects.filter(site__in=sites).values_list("site", "state"))
    pages = with_home_path(Page.objects.order_by())
    of_poles = pages.filter(home_path__in=[site.root_page.path for site in sites]).values("home_path")
    statuses = {status.pole_id: status for status in reversed(PoleStatus.objects.begun())}
    published = dict(of_poles.filter(live=True).values_list("home_path", Max("last_published_at")))
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).values_list("object_id", flat=True)
    in_review = dict(of_poles.filter(pk__in=[int(key) for key in waiting]).values_list("home_path", Count("pk")))

    def row(pole: Pole) -> PoleRow:
        path = pole.site.root_page.path if pole.site else ""
        state = states.get(pole.site_id)
        label = str(SiteState(state).label) if state else ""
        return PoleRow(pole, statuses.get(pole.pk), label, published.get(path), in_review.get(path, 0))

    return [row(pole) for pole in poles]
