"""« Le journal »: what was done in a pôle, on its pages and files, and to its team and site."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from itertools import groupby

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from core.date_fields import DayField
from core.isolation.visibility import own_pages
from core.models import SiteDocument, SiteIdentity, SiteImage
from core.spreadsheets import csv_response
from core.words import fold
from poles.audit import Action, AuditEntry, record
from poles.team import Team
from poles.views.team import TeamView

PER_PAGE = 50
SAVED = "wagtail.edit"  # by hand, or by the form itself
NO_PAGE = Value(None, output_field=IntegerField())


@dataclass(frozen=True)
class Line:
    """One thing that was done; `page` is the key of the page that it was done to, if it was one."""

    at: datetime
    who: str
    action: str
    about: str
    address: str
    page: int | None


def parts(team: Team) -> list[QuerySet]:
    """What was done there, in each of the tables that keep it, with what `journal` reads of each under one name."""
    own = AuditEntry.objects.filter(pole=team.pole).annotate(
        who=F("actor_name"), text=F("about"), host=Cast("address", CharField()), page_key=NO_PAGE
    )
    found = [own]
    if team.pole is not None and team.pole.site is not None:
        trees = Q()
        for path in team.pole.homes().values_list("path", flat=True):
            trees |= Q(page__path__startswith=path)
        found.append(logged(PageLogEntry.objects.filter(trees), F("page_id")))
        for model in (SiteImage, SiteDocument):
            files = model.objects.filter(collection__in=team.pole.collection.get_descendants(inclusive=True))
            keys = files.annotate(key=Cast("pk", CharField())).values("key")
            kind = ContentType.objects.get_for_model(model)
            found.append(logged(ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys)))
        kind = ContentType.objects.get_for_model(SiteIdentity)
        identity = SiteIdentity.for_site(team.pole.site)
        found.append(logged(ModelLogEntry.objects.filter(content_type=kind, object_id=str(identity.pk))))
    return found


def logged(entries: QuerySet, page=NO_PAGE) -> QuerySet:
    return entries.annotate(
        at=F("timestamp"),
        who=Cast("user__email", CharField()),
        text=F("label"),
        host=Value(None, output_field=CharField()),
        page_key=page,
    )


def together(queries: list[QuerySet]) -> QuerySet:
    first, *others = queries
    return first.union(*others, all=True) if others else first


def journal(team: Team, **wanted) -> QuerySet:
    """The values of each `Line`, newest first, as a lazy union; of those that `wanted` (look-ups) chooses."""
    queries = [
        part.filter(**wanted).order_by().values_list("at", "who", "action", "text", "host", "page_key")
        for part in parts(team)
    ]
    return together(queries).order_by("-at")


def actions_of(team: Team) -> list[tuple[str, str]]:
    """What was ever done there, for a choice."""
    found = together([part.order_by().values_list("action").distinct() for part in parts(team)])
    return sorted({(action, str(label_of(action))) for (action,) in found}, key=lambda choice: fold(choice[1]))


@cache
def label_of(action: str):
    return {**dict(registry.get_choices()), **dict(Action.choices)}.get(action, action)


def read(values) -> Line:
    at, who, action, about, address, page = values
    # PostgreSQL writes an address with its mask.
    return Line(at, who or _("the system"), action, about, (address or "").partition("/")[0], page)


def one_of_several(line: Line):
    return (line.who, line.about, line.page) if line.action == SAVED else line


def folded(found: Iterable[Line]) -> list[dict]:
    """Lines for the screen: savings of one page by one person in a row are one line, the latest, with their number."""
    rows = []
    for _key, same in groupby(found, key=one_of_several):
        first, *others = same
        rows.append({"line": first, "what": label_of(first.action), "times": 1 + len(others)})
    return rows


def readable_rows(team: Team):
    """The whole journal as a table, its header first."""
    yield [_("Date"), _("Who"), _("What"), _("About"), _("IP address")]
    for line in map(read, journal(team)):
        at = localtime(line.at).isoformat(timespec="seconds")
        yield [at, line.who, label_of(line.action), line.about, line.address]


class JournalForm(forms.Form):
    """What to show of a journal. A choice that makes no sense is said, and hides nothing."""

    who = forms.CharField(label=pgettext_lazy("journal", "Who"), required=False, max_length=200)
    action = forms.ChoiceField(label=pgettext_lazy("journal", "What"), required=False)
    since = DayField(label=pgettext_lazy("journal", "From"), required=False)
    until = DayField(label=pgettext_lazy("journal", "Until"), required=False)

    def __init__(self, team: Team, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", gettext_lazy("Everything")), *actions_of(team)]

    def wanted(self) -> dict:
        """Look-ups for `journal`."""
        chosen = self.cleaned_data if self.is_valid() else {}
        found = {}
        if chosen.get("who"):
            found["who__icontains"] = chosen["who"]
        if chosen.get("action"):
            found["action"] = chosen["action"]
        if chosen.get("since"):
            found["at__gte"] = make_aware(datetime.combine(chosen["since"], time()))
        if chosen.get("until"):
            found["at__lt"] = make_aware(datetime.combine(chosen["until"] + timedelta(days=1), time()))
        return found


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
        form = JournalForm(self.team, self.request.GET)
        page = Paginator(journal(self.team, **form.wanted()), PER_PAGE).get_page(self.request.GET.get("p"))
        lines = [read(values) for values in page]
        asked = self.request.GET.copy()
        asked.pop("p", None)
        # A page that was deleted has a line, and no form.
        there = own_pages(self.request.user).filter(pk__in={line.page for line in lines if line.page})
        return {
            **super().get_context_data(**kwargs),
            "team": self.team,
            "form": form,
            "page": page,
            "lines": folded(lines),
            "there": set(there.values_list("pk", flat=True)),
            "asked": asked.urlencode(),
        }
