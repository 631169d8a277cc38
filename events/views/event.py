"""What the form of an event asks while one fills it in, and what one does with an event."""

from dataclasses import replace
from itertools import zip_longest

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import formset_factory
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.date_fields import DayField, HourField
from core.fetcher import FetchError
from core.geo import Position
from core.isolation.guard import PLAIN_NUMBER
from core.lookups import provider
from core.querysets import HOME_LENGTH
from core.screens import breadcrumb
from core.tiles import Tiles
from events.changing import duplicate
from events.date_clashes import around
from events.forms import CHANGE_FIELDS, MAX_CHANGES
from events.importing import take_over
from events.models import EventIndexPage, EventPage
from events.occurrences import Occurrence
from events.places import known_places
from events.recurrence.fields import RecurrenceFormField
from events.recurrence.rule import Rule
from events.recurrence.words import in_words
from events.rules import check_days
from events.schedule import Change, Schedule
from events.views.manage import AgendaView
from events.vocabulary import DateChange

SHOWN = 12
WATCHED = 4  # clashes are looked for on the first dates alone


class WhenForm(forms.Form):
    """The part of an event's form that says when and where."""

    starts_on = DayField()
    starts_at = HourField(required=False)
    ends_on = DayField(required=False)
    ends_at = HourField(required=False)
    recurrence = RecurrenceFormField(required=False)
    latitude = forms.DecimalField(required=False, min_value=-90, max_value=90)
    longitude = forms.DecimalField(required=False, min_value=-180, max_value=180)
    commune = forms.CharField(required=False, max_length=80)

    def clean(self):
        cleaned = super().clean()
        check_days(cleaned)
        return cleaned


class ChangeForm(forms.Form):
    kind = forms.ChoiceField(choices=DateChange.choices)
    day = DayField()
    to_day = DayField(required=False)
    starts_at = HourField(required=False)
    ends_at = HourField(required=False)
    note = forms.CharField(required=False, max_length=200)
    DELETE = forms.BooleanField(required=False)

    def clean(self):
        cleaned = super().clean()
        check_days(cleaned)
        return cleaned


ChangeFormSet = formset_factory(ChangeForm, extra=0, max_num=MAX_CHANGES, absolute_max=200)


def agenda_asked_for(request) -> EventIndexPage:
    """The agenda whose key is in the request, if this person writes in it."""
    key = (request.POST or request.GET).get("parent", "")
    found = AgendaView.indexes_of(request.user).filter(pk=key).first() if PLAIN_NUMBER.fullmatch(key) else None
    if found is None:
        raise PermissionDenied
    return found


@require_POST
def preview(request):
    """The next dates of what is in the form, with what else there is on the first of them; nothing is kept."""
    agenda = agenda_asked_for(request)
    form, changes = WhenForm(request.POST), ChangeFormSet(request.POST, prefix="changes")
    context = {"problems": []}
    if not form.is_valid():
        context["problems"] = [message for messages_of in form.errors.values() for message in messages_of]
        return render(request, "events/manage/_preview.html", context)
    values = form.cleaned_data
    known = [
        Change(**{name: row.cleaned_data[name] for name in CHANGE_FIELDS})
        for row in (changes.forms if changes.management_form.is_valid() else [])
        if row.is_valid() and row.cleaned_data.get("day") and not row.cleaned_data.get("DELETE")
    ]
    rule = Rule.parse(values["recurrence"], values["starts_at"]) if values["recurrence"] else None
    written = Schedule(
        values["starts_on"], values["starts_at"], values["ends_on"], values["ends_at"], rule, tuple(known)
    )
    schedule = written.aligned()
    try:
        schedule.check()
    except ValidationError as error:
        context["problems"] = error.messages
        schedule = replace(schedule, changes=())  # the dates that there are, to choose among
        try:
            schedule.check()
        except ValidationError:
            return render(request, "events/manage/_preview.html", context)
    planned = schedule.occurrences()
    home_path = agenda.path[:HOME_LENGTH]
    dates = [Occurrence.of(EventPage(path=home_path), time) for time in planned]
    coming = [date for date in dates if not date.is_over] or dates
    key = request.POST.get("page", "")
    position = None
    if values["latitude"] is not None and values["longitude"] is not None:
        position = Position(float(values["latitude"]), float(values["longitude"]))
    but = int(key) if PLAIN_NUMBER.fullmatch(key) else None
    known_around = [
        around(date.first_day, position=position, commune=values["commune"], home_path=home_path, but=but)
        for date in coming[:WATCHED]
    ]
    context |= {
        "dates": list(zip_longest(coming[:SHOWN], known_around)),
        "count": len(dates),
        "more": max(0, len(coming) - SHOWN),
        "rule": in_words(rule) if rule else "",
        "is_endless": rule is not None and rule.is_endless,
        "moved_to": schedule.starts_on if schedule.starts_on != written.starts_on else None,
        "skipped": schedule.skipped_hours(planned)[:3],
    }
    return render(request, "events/manage/_preview.html", context)


@require_GET
def places(request):
    """The places of before, to choose one again, and whose ground the map of the form has."""
    found, tiles = known_places(EventPage.objects.descendant_of(agenda_asked_for(request))), Tiles.from_settings()
    return JsonResponse(
        {
            "places": [
                {
                    "name": place.name,
                    "street": place.street,
                    "postcode": place.postcode,
                    "commune": place.commune,
                    "latitude": "" if place.latitude is None else str(place.latitude),
                    "longitude": "" if place.longitude is None else str(place.longitude),
                }
                for place in found
            ],
            "tiles": {"url": tiles.url, "attribution": tiles.attribution} if tiles else None,
        }
    )


@require_GET
def position(request):
    """Where an address is, by the provider that the install has, or why that is not known."""
    addresses = provider(settings.ADDRESS_LOOKUP)
    commune = request.GET.get("commune", "")[:80]
    if addresses is None:
        return JsonResponse({"problem": _("This install knows no address service: click on the map.")})
    if not commune:
        return JsonResponse({"problem": _("Give at least the commune.")})
    try:
        place = addresses.place(request.GET.get("street", "")[:200], request.GET.get("postcode", "")[:5], commune)
    except FetchError:
        return JsonResponse({"problem": _("The address service does not answer: give the position by hand.")})
    if place is None:
        return JsonResponse({"problem": _("The address service does not know this address.")})
    return JsonResponse({"latitude": str(place.latitude), "longitude": str(place.longitude)})


class EventView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one event, for those who may edit it."""

    header_icon = "calendar"

    def dispatch(self, request, *args, **kwargs):
        self.event = EventPage.objects.filter(pk=kwargs["page"]).first()
        if self.event is None:
            raise Http404
        if not self.may(self.event.permissions_for_user(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self, permissions) -> bool:
        return permissions.can_edit()

    def get_page_subtitle(self):
        return self.event.get_admin_display_title()

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.event.pk])
        return breadcrumb((edit, self.event.get_admin_display_title()))

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "event": self.event}


class DatesForm(forms.Form):
    starts_on = DayField(label=gettext_lazy("New day"))
    starts_at = HourField(label=gettext_lazy("Begins at"), required=False)
    ends_at = HourField(label=gettext_lazy("Ends at"), required=False)
    keeps_rule = forms.BooleanField(label=gettext_lazy("Repeat it in the same way"), required=False)

    def __init__(self, *args, event: EventPage, **kwargs):
        self.event = event
        initial = {"starts_at": event.starts_at, "ends_at": event.ends_at}
        super().__init__(*args, initial=initial, **kwargs)
        if not event.recurrence:
            del self.fields["keeps_rule"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            check_days(cleaned)
            event = self.event
            ends_on = cleaned["starts_on"] + (event.ends_on - event.starts_on) if event.ends_on else None
            rule = event.rule if cleaned.get("keeps_rule") else None
            if rule and rule.until and rule.until < cleaned["starts_on"]:
                raise ValidationError({"keeps_rule": _("Its repetition ends before the new day: repeat it anew.")})
            try:
                self.schedule = Schedule(
                    cleaned["starts_on"], cleaned["starts_at"], ends_on, cleaned["ends_at"], rule
                ).aligned()
                self.schedule.check()
            except ValidationError as error:
                raise ValidationError(error.messages) from None
        return cleaned


class DuplicateView(EventView):
    """The same event at another date: a draft with everything but what was particular to the first."""

    template_name = "events/manage/duplicate.html"
    page_title = gettext_lazy("Duplicate with other dates")

    @cached_property
    def agenda(self):
        return self.event.get_parent().specific

    def may(self, permissions):
        return permissions.can_edit() and self.agenda.permissions_for_user(self.request.user).can_add_subpage()

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", DatesForm(event=self.event))
        return super().get_context_data(**kwargs)

    def post(self, request, *args, **kwargs):
        form = DatesForm(request.POST, event=self.event)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        copy = duplicate(self.event, form.schedule, request.user)
        messages.success(request, _("Here is the copy: a draft, until you publish it."))
        return redirect("wagtailadmin_pages:edit", copy.pk)


class TakeOverView(EventView):
    """From following another calendar to being edited here."""

    template_name = "events/manage/take_over.html"
    page_title = gettext_lazy("Take this event over")

    def may(self, permissions):
        # It is locked for everybody: whoever may publish it may end that.
        return permissions.can_publish()

    def post(self, request, *args, **kwargs):
        take_over(self.event)
        messages.success(request, _("“%(title)s” is yours now: edit it as any event.") % {"title": self.event.title})
        return redirect("wagtailadmin_pages:edit", self.event.pk)
