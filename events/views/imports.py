"""Calendars of others: a file taken in once, an address that is followed; seen before anything is written."""

from django import forms
from django.contrib import messages
from django.core.validators import URLValidator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commons.models import Topic
from core.heavy_work import one_at_a_time
from core.isolation.guard import PLAIN_NUMBER
from events.ical.lines import text_of
from events.ical.reading import MAX_BYTES, ReadCalendar, UnreadableCalendar, read_calendar
from events.importing import (
    CHANGED,
    MAX_AT_ONCE,
    NEW,
    CalendarImport,
    calendar_at,
    carry_out,
    plan,
    refresh,
    report_of,
)
from events.models import CalendarSource
from events.views.manage import AgendaView

MAX_SHOWN = 200
MAX_SOURCES = 30


class CalendarForm(forms.Form):
    """A file, or an address."""

    file = forms.FileField(
        label=gettext_lazy("A file (.ics)"),
        required=False,
        help_text=gettext_lazy("5 MB at most. Its events are copied once."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )
    url = forms.CharField(
        label=gettext_lazy("or the address of a calendar"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("It is asked again several times a day, and its changes are followed."),
        widget=forms.URLInput(attrs={"placeholder": "https://… .ics"}),
    )

    def clean_url(self):
        url = self.cleaned_data["url"].strip()
        if url.lower().startswith(("webcal://", "webcals://")):
            url = "https://" + url.partition("://")[2]
        if url:
            URLValidator(schemes=["http", "https"])(url)
        return url

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise UnreadableCalendar(_("This calendar is larger than %(most)s MB.") % {"most": MAX_BYTES // 1024**2})
        return file

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if bool(cleaned.get("file")) == bool(cleaned.get("url")):
            raise forms.ValidationError(_("Choose a file, or give an address."))
        try:
            self.content = cleaned["file"].read() if cleaned.get("file") else calendar_at(cleaned["url"])
            with one_at_a_time("reading a file"):
                self.calendar = read_calendar(self.content)
        except UnreadableCalendar as error:
            raise forms.ValidationError({"file" if cleaned.get("file") else "url": error.messages}) from None
        if not self.calendar.events and not self.calendar.refused:
            raise forms.ValidationError(_("This calendar holds no event."))
        return cleaned


class CalendarsView(AgendaView):
    template_name = "events/manage/calendars.html"
    page_title = gettext_lazy("Calendars of others")
    tab = "calendars"
    needs_publish = True

    @cached_property
    def sources(self):
        return CalendarSource.objects.of(self.agenda)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", CalendarForm())
        return {**super().get_context_data(**kwargs), "sources": self.sources}

    def source(self, name: str) -> CalendarSource:
        key = self.request.POST.get(name, "")
        found = self.sources.filter(pk=key).first() if PLAIN_NUMBER.fullmatch(key) else None
        if found is None:
            raise Http404
        return found

    def post(self, request, *args, **kwargs):
        if "refresh" in request.POST:
            return self.ask_again(self.source("refresh"))
        if "forget" in request.POST:
            return self.forget(self.source("forget"))
        form = CalendarForm(request.POST, request.FILES)
        if form.is_valid() and form.cleaned_data["url"]:
            if self.sources.filter(url=form.cleaned_data["url"]).exists():
                form.add_error("url", _("This calendar is followed already."))
            elif self.sources.count() >= MAX_SOURCES:
                form.add_error("url", _("%(most)s calendars are followed: that is the most.") % {"most": MAX_SOURCES})
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        url, file = form.cleaned_data["url"], form.cleaned_data["file"]
        found = CalendarImport.objects.create(
            agenda=self.agenda,
            user=request.user,
            name=(form.calendar.name or (file.name if file else url.split("/")[2]))[:120],
            url=url,
            content=text_of(form.content),
        )
        return redirect("agenda_import", self.agenda.pk, found.pk)

    def ask_again(self, source: CalendarSource):
        done = refresh(source)
        if source.problem:
            messages.error(self.request, f"{source.title} : {source.problem}")
        else:
            messages.success(
                self.request,
                _("%(name)s: %(new)s new, %(changed)s changed.")
                % {"name": source.title, "new": done[NEW], "changed": done[CHANGED]},
            )
        return self.back("agenda_calendars")

    def forget(self, source: CalendarSource):
        """Its events stay, and are edited here from now on."""
        source.events.update(is_followed=False, vanished_on=None)
        source.delete()
        messages.success(self.request, _("%(name)s is no longer followed; its events are yours.") % {"name": source})
        return self.back("agenda_calendars")


class CalendarImportView(AgendaView):
    """What is in the calendar, what would be done with it, and the button that does it."""

    template_name = "events/manage/import.html"
    page_title = gettext_lazy("Calendars of others")
    tab = "calendars"
    needs_publish = True

    @cached_property
    def waiting(self) -> CalendarImport:
        found = CalendarImport.objects.filter(agenda=self.agenda, pk=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_subtitle(self):
        return self.waiting.name

    def topics(self):
        return Topic.objects.live().filter(locale=self.agenda.locale).order_by("name")

    def get_context_data(self, **kwargs):
        calendar = self.waiting.read()
        found = plan(self.agenda, calendar, CalendarSource(agenda=self.agenda) if self.waiting.url else None)
        chosen = {category: self.request.POST.get(f"topic-{number}", "")
                  for number, category in enumerate(calendar.categories)}  # fmt: skip
        return {
            **super().get_context_data(**kwargs),
            "waiting": self.waiting,
            "plan": found,
            "lines": found.lines[:MAX_SHOWN],
            "refused": calendar.refused[:MAX_SHOWN],
            "remarks": calendar.warnings,
            "not_shown": max(len(found.lines) - MAX_SHOWN, 0) + max(len(calendar.refused) - MAX_SHOWN, 0),
            "categories": [(number, category, chosen[category]) for number, category in enumerate(calendar.categories)],
            "topics": self.topics(),
            "most": MAX_AT_ONCE,
        }

    def followed(self, topics: dict[str, str], calendar: ReadCalendar) -> CalendarSource:
        """The calendar from now on; it has just answered."""
        waiting, now = self.waiting, timezone.now()
        values = {
            "title": self.request.POST.get("title", "").strip()[:120] or waiting.name,
            "topics": topics, "asked_at": now, "answered_at": now, "report": report_of(calendar),
        }  # fmt: skip
        return CalendarSource.objects.get_or_create(agenda=self.agenda, url=waiting.url, defaults=values)[0]

    def post(self, request, *args, **kwargs):
        waiting = self.waiting
        if "forget" in request.POST:
            waiting.delete()
            messages.success(request, _("Forgotten: nothing was written."))
            return self.back("agenda_calendars")
        calendar = waiting.read()
        known = set(self.topics().values_list("slug", flat=True))
        topics = {
            category: slug
            for number, category in enumerate(calendar.categories)
            if (slug := request.POST.get(f"topic-{number}", "")) in known
        }
        with transaction.atomic():
            # A second click waits here, then finds nothing to do.
            if CalendarImport.objects.select_for_update().filter(pk=waiting.pk).first() is None:
                return self.back("manage_agenda")
            if waiting.url and CalendarSource.objects.of(self.agenda).count() >= MAX_SOURCES:
                return self.back("agenda_calendars")
            source = self.followed(topics, calendar) if waiting.url else None
            found = plan(self.agenda, calendar, source)
            if found.is_too_long:
                transaction.set_rollback(True)
            else:
                is_published = source is not None or request.POST.get("publish") == "1"
                done = carry_out(self.agenda, found, request.user, topics=topics, source=source, publish=is_published)
                waiting.delete()
        if found.is_too_long:
            return self.render_to_response(self.get_context_data(), status=422)
        new = ngettext("%(count)s event was added.", "%(count)s events were added.", done[NEW]) % {"count": done[NEW]}
        changed = ngettext("%(count)s was changed.", "%(count)s were changed.", done[CHANGED])
        messages.success(request, f"{new} {changed % {'count': done[CHANGED]}}" if done[CHANGED] else new)
        return self.back("manage_agenda")
