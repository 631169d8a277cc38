from dataclasses import fields, replace

from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.translation import gettext as _

from core.page_forms import PositionForm
from core.slugs import free_slug, taken_slugs
from events.places import PLACE, known_places
from events.recurrence.rule import Rule
from events.rules import check_days
from events.schedule import ADDED, Change, Schedule
from events.vocabulary import Registration

MAX_CHANGES = 60
CHANGE_FIELDS = tuple(field.name for field in fields(Change))


class EventPageForm(PositionForm):
    """What an event must say to be published. A draft may lack things, but nothing in it may be wrong."""

    schedule: Schedule | None = None  # when it takes place by its own fields, once these are right

    def clean(self):
        cleaned = super().clean()
        for check in (lambda: check_days(cleaned), self.check_schedule, self.check_registration, self.check_position):
            try:
                check()
            except ValidationError as error:
                self.add_error(None, error)
        self.complete_place()
        return cleaned

    def clean_slug(self):
        """“General assembly” comes every year: its address is made another one by itself."""
        slug = self.cleaned_data["slug"]
        is_new = slug != self.instance.slug or not self.instance.pk
        if not (slug and is_new and self.parent_page):
            return slug
        return free_slug(slug, taken_slugs(self.parent_page, but=self.instance))

    def is_valid(self):
        """Its own fields first: the dates that differ are then read against them, once."""
        is_valid = super().is_valid()
        if self.schedule is not None:
            self.check_changes(self.schedule)
            self.schedule = None
        return is_valid and not self.errors and not self.formsets["changes"].total_error_count()

    def check_changes(self, schedule: Schedule) -> None:
        """Say, at each date that differs, what is wrong with it; and of all together, whether any date is left."""
        rows = self.rows()
        if len(rows) > MAX_CHANGES:  # their number is refused: no need to read each
            return
        added = tuple(change for _form, change in rows if change.kind == ADDED)
        for form, change in rows:
            others = added if change.kind != ADDED else ()
            try:
                check_days({"day": change.day, "to_day": change.to_day})
                replace(schedule, changes=(*others, change)).check()
            except ValidationError as error:
                form.add_error("day", error.messages)
        if not any(form.errors for form, _change in rows):
            try:
                replace(schedule, changes=tuple(change for _form, change in rows)).check()
            except ValidationError as error:
                self.add_error("starts_on", error.messages)

    def rows(self) -> list[tuple[Form, Change]]:
        """The dates that differ, as far as they can be read; those that cannot say so in their own form."""
        found = []
        for form in self.formsets["changes"].forms if "changes" in self.formsets else []:
            values = getattr(form, "cleaned_data", {})
            if form.is_valid() and values.get("day") and not values.get("DELETE"):
                found.append((form, Change(**{name: values[name] for name in CHANGE_FIELDS})))
        return found

    def check_schedule(self) -> None:
        """The dates make sense together; a first date that is not on its rule moves onto it."""
        needed = ("starts_on", "starts_at", "ends_on", "ends_at", "recurrence")
        if set(needed) & set(self.errors) or not self.cleaned_data.get("starts_on"):
            return
        text = self.cleaned_data["recurrence"]
        values = [self.cleaned_data[name] for name in needed[:4]]
        schedule = Schedule(*values, Rule.parse(text, values[1]) if text else None).aligned()
        schedule.check()
        self.schedule = schedule
        self.cleaned_data |= {"starts_on": schedule.starts_on, "ends_on": schedule.ends_on}

    def check_registration(self) -> None:
        cleaned = self.cleaned_data
        ways = [cleaned.get(f"registration_{way}") for way in ("url", "email", "phone")]
        if cleaned.get("registration") == Registration.NEEDED and not any(ways) and not self.is_deferred_validation:
            raise ValidationError({"registration": _("Say how to register: a link, an e-mail address or a telephone.")})

    def complete_place(self) -> None:
        """A place that was used before is known by its name: its address need not be typed again."""
        name = self.cleaned_data.get("place_name")
        if not name or self.parent_page is None or any(self.cleaned_data.get(field) for field in PLACE):
            return
        events = type(self.instance).objects.descendant_of(self.parent_page)
        place = next((place for place in known_places(events) if place.name == name), None)
        if place is not None:
            self.cleaned_data |= {field: getattr(place, field) for field in PLACE}
