"""« Le journal »: what was done in a pôle, on its pages and files, and to its team and site."""

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from core.models import SiteDocument, SiteIdentity, SiteImage
from core.spreadsheets import csv_response
from poles.audit import Action, AuditEntry, record
from poles.team import Team
from poles.views.team import TeamView

PER_PAGE = 50


def journal(team: Team):
    """(at, who, what, about, address) of all that was done there, newest first, as a lazy union of three tables."""
    own = AuditEntry.objects.filter(pole=team.pole)
    queries = [own.values_list("at", "actor_name", "action", "about", Cast("address", CharField()))]
    if team.pole is not None and team.pole.site is not None:
        trees = Q()
        for path in team.pole.homes().values_list("path", flat=True):
            trees |= Q(page__path__startswith=path)
        queries.append(lines(PageLogEntry.objects.filter(trees)))
        for model in (SiteImage, SiteDocument):
            files = model.objects.filter(collection__in=team.pole.collection.get_descendants(inclusive=True))
            keys = files.annotate(key=Cast("pk", CharField())).values("key")
            kind = ContentType.objects.get_for_model(model)
            queries.append(lines(ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys)))
        kind = ContentType.objects.get_for_model(SiteIdentity)
        identity = SiteIdentity.for_site(team.pole.site)
        queries.append(lines(ModelLogEntry.objects.filter(content_type=kind, object_id=str(identity.pk))))
    first, *others = [query.order_by() for query in queries]
    return first.union(*others, all=True).order_by("-at") if others else first.order_by("-at")


def lines(entries):
    return entries.annotate(
        at=F("timestamp"), who=Cast("user__email", CharField()), address=Value(None, output_field=CharField())
    ).values_list("at", "who", "action", "label", "address")


@cache
def label_of(action: str):
    return {**dict(registry.get_choices()), **dict(Action.choices)}.get(action, action)


def readable(line) -> dict:
    at, who, action, about, address = line
    # PostgreSQL writes an address with its mask.
    address = (address or "").partition("/")[0]
    return {
        "at": at,
        "who": who or _("the system"),
        "what": label_of(action),
        "about": about,
        "address": address,
    }


def readable_rows(team: Team):
    """The whole journal as a table, its header first."""
    yield [_("Date"), _("Who"), _("What"), _("About"), _("IP address")]
    for line in map(readable, journal(team)):
        at = localtime(line["at"]).isoformat(timespec="seconds")
        yield [at, line["who"], line["what"], line["about"], line["address"]]


class JournalView(TeamView):
    template_name = "poles/team/journal.html"
    page_title = gettext_lazy("Journal")
    header_icon = "history"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": self.request.path, "label": self.page_title}]

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") == "csv":
            return self.export()
        return super().get(request, *args, **kwargs)

    def export(self):
        record(Action.EXPORTED, pole=self.team.pole, actor=self.request.user, about=_("the journal"))
        return csv_response(f"journal-{self.team.slug}.csv", readable_rows(self.team))

    def get_context_data(self, **kwargs):
        page = Paginator(journal(self.team), PER_PAGE).get_page(self.request.GET.get("p"))
        lines = [readable(line) for line in page]
        return {**super().get_context_data(**kwargs), "team": self.team, "page": page, "lines": lines}
