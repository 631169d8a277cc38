"""« Calendrier »: what goes on line and off by itself, week by week, and what has not changed for too long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Revision

from core.isolation.visibility import pages_with_permission
from core.pages import BasePage
from core.screens import breadcrumb

MAX_ENTRIES = 200  # of each kind: more than a year of what people schedule by hand
UNCHANGED_FOR = timedelta(days=548)  # eighteen months
PER_PAGE = 30


@dataclass(frozen=True)
class Entry:
    """One page that changes by itself. `goes_live` is False where it goes off line."""

    at: datetime
    page: int
    title: str
    goes_live: bool


def entries(user) -> list[Entry]:
    """What is to come, soonest first."""
    now, own = timezone.now(), pages_with_permission(user, "change")
    keys = own.annotate(key=Cast("pk", CharField())).values("key")
    scheduled = Revision.page_revisions.filter(approved_go_live_at__gte=now, object_id__in=keys)
    ending = own.filter(live=True, expire_at__gte=now).order_by("expire_at")
    found = [
        Entry(revision.approved_go_live_at, int(revision.object_id), revision.object_str, True)
        for revision in scheduled.order_by("approved_go_live_at")[:MAX_ENTRIES]
    ]
    found += [Entry(page.expire_at, page.pk, page.title, False) for page in ending[:MAX_ENTRIES]]
    return sorted(found, key=lambda entry: entry.at)


def weeks(found: list[Entry]) -> Iterator[tuple[date, list[Entry]]]:
    """The entries of each week that has some, by its Monday."""

    def monday(entry: Entry) -> date:
        day = timezone.localdate(entry.at)
        return day - timedelta(days=day.weekday())

    for first_day, of_the_week in groupby(found, key=monday):
        yield first_day, list(of_the_week)


def unchanged(user) -> QuerySet:
    """The pages on line that nobody changed for eighteen months, of the kinds that should not age; oldest first."""
    kinds = [model for model in apps.get_models() if issubclass(model, BasePage) and model.goes_stale]
    types = ContentType.objects.get_for_models(*kinds).values()
    own = pages_with_permission(user, "change").filter(live=True, alias_of=None, content_type__in=types)
    old = own.filter(last_published_at__lt=timezone.now() - UNCHANGED_FOR)
    return old.order_by("last_published_at", "pk")


class CalendarView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "core/calendar.html"
    page_title = gettext_lazy("Calendar, and pages to look at again")
    header_icon = "calendar"

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("editorial_calendar"), _("Calendar, and pages to look at again")))

    def get_context_data(self, **kwargs):
        page = Paginator(unchanged(self.request.user), PER_PAGE).get_page(self.request.GET.get("p"))
        return {**super().get_context_data(**kwargs), "weeks": list(weeks(entries(self.request.user))), "page": page}
