"""When an event takes place: its first date, its rule, and the dates that differ; every occurrence of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.recurrence.rule import MAX_OCCURRENCES, Rule
from events.rules import LAST_DAY
from events.zone import DAY, is_skipped, midnight, moment, today, wall

AHEAD = timedelta(days=730)  # how far a rule without end is followed
SMALL_HOURS = time(6)  # an evening that ends before this hour ends on the next day
MAX_DURATION = timedelta(days=366)

ADDED, SKIPPED, CANCELLED, MOVED, FULL, NOTED = "added", "skipped", "cancelled", "moved", "full", "noted"


@dataclass(frozen=True)
class Change:
    """A date that differs. `day` is the one of the rule, or the one added; the rest says what is different."""

    kind: str
    day: date
    to_day: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    note: str = ""


@dataclass(frozen=True)
class ScheduledTime:
    """One time that it takes place, by the wall clock; `original` is when its rule had it begin (RECURRENCE-ID)."""

    original: datetime
    begin: datetime
    finish: datetime
    is_all_day: bool = False
    is_cancelled: bool = False
    is_moved: bool = False
    is_full: bool = False
    is_added: bool = False
    note: str = ""

    @property
    def key(self) -> str:
        """What tells it from the others of its event, in addresses too."""
        return f"{self.original:%Y%m%dT%H%M%S}"

    @property
    def start(self) -> datetime:
        return moment(self.begin)

    @property
    def end(self) -> datetime:
        """Exclusive. Never before the start: on the night when the clocks go forward nothing may be left of it."""
        return max(moment(self.finish), self.start)

    @property
    def first_day(self) -> date:
        return wall(self.start).date()

    @property
    def last_day(self) -> date:
        """The last day that it touches; an evening that ends in the small hours does not touch the next."""
        return max((wall(self.end) - timedelta(hours=SMALL_HOURS.hour)).date(), self.first_day)


def last_day_of(occurrences: Iterable[ScheduledTime]) -> date | None:
    """The last day that any of them touches; None where there is none."""
    return max((planned.last_day for planned in occurrences), default=None)


@dataclass(frozen=True)
class Schedule:
    """Without `starts_at` it lasts all day; without an end it has none that is known."""

    starts_on: date
    starts_at: time | None = None
    ends_on: date | None = None
    ends_at: time | None = None
    rule: Rule | None = None
    changes: tuple[Change, ...] = field(default_factory=tuple)

    @property
    def is_all_day(self) -> bool:
        return self.starts_at is None

    @property
    def begin(self) -> datetime:
        return datetime.combine(self.starts_on, self.starts_at or time.min)

    @property
    def finish(self) -> datetime:
        return self.finish_of(self.begin, self.ends_on, self.ends_at)

    def finish_of(self, begin: datetime, ends_on: date | None, ends_at: time | None) -> datetime:
        """The end, exclusive, by the wall clock."""
        if self.is_all_day:
            return midnight(ends_on or begin.date()) + DAY
        if ends_at is None:
            return datetime.combine(ends_on, begin.time()) if ends_on else begin
        finish = datetime.combine(ends_on or begin.date(), ends_at)
        if ends_on is None and finish < begin and ends_at <= SMALL_HOURS:
            finish += DAY
        return finish

    @property
    def length(self) -> timedelta:
        return self.finish - self.begin

    def check(self) -> None:
        """Raise `ValidationError`, by field, where it makes no sense to people."""
        errors: dict[str, str | ValidationError] = {}
        if self.is_all_day and self.ends_at:
            errors["starts_at"] = _("It ends at an hour: at which does it begin? Leave both empty if it lasts all day.")
        elif self.finish < self.begin or (self.ends_on and self.ends_on < self.starts_on):
            name = "ends_on" if self.ends_on else "ends_at"
            errors[name] = _("It would end before it begins. If it ends after midnight, give the day on which it ends.")
        elif self.length > MAX_DURATION:
            errors["ends_on"] = _("An event lasts a year at most.")
        if not errors and self.rule:
            try:
                self.check_rule(self.rule)
            except ValidationError as error:
                errors["recurrence"] = error
        if not errors:
            try:
                self.check_changes()
            except ValidationError as error:
                errors["changes"] = error
        if errors:
            raise ValidationError(errors)

    def check_rule(self, rule: Rule) -> None:
        if rule.until and rule.until < self.starts_on:
            raise ValidationError(_("The last date is before the first."))
        first = rule.first_from(self.begin)
        if first is None:
            raise ValidationError(_("This rule never comes true: no date fits it."))
        starts = list(rule.starts(self.begin, self.horizon()))
        count = len(starts)
        if starts and starts[-1].date() > LAST_DAY:
            raise ValidationError(_("Its last date would be after %(year)s.") % {"year": LAST_DAY.year})
        if count > MAX_OCCURRENCES:
            raise ValidationError(
                _("These are more than %(most)s dates: end it earlier, or make it less frequent.")
                % {"most": MAX_OCCURRENCES}
            )

    def check_changes(self) -> None:
        """Each date that is said to differ is one of the rule's; hours have no place in what lasts all day."""
        days = self.days_of_rule()
        for change in self.changes:
            if self.is_all_day and (change.starts_at or change.ends_at):
                raise ValidationError(_("This event lasts all day: leave the hours of its other dates empty."))
            if change.kind == MOVED and change.to_day is None and change.starts_at is None:
                raise ValidationError(_("Say to which day or hour the date of %(day)s moves.") % {
                    "day": change.day.strftime("%d/%m/%Y")
                })  # fmt: skip
            if change.kind == NOTED and not (change.note or change.ends_at):
                raise ValidationError(_("Say what is special on %(day)s: a note, or the hour at which it ends.") % {
                    "day": change.day.strftime("%d/%m/%Y")
                })  # fmt: skip
            if change.kind != ADDED and change.day not in days:
                raise ValidationError(
                    _("The event does not take place on %(day)s: nothing to cancel or move there.")
                    % {"day": change.day.strftime("%d/%m/%Y")}
                )
        occurrences = self.occurrences()
        if not occurrences:
            raise ValidationError(_("No date is left: each one is left out."))
        for occurrence in occurrences:
            if occurrence.finish < occurrence.begin:
                raise ValidationError(
                    _("On %(day)s it would end before it begins.") % {"day": occurrence.begin.strftime("%d/%m/%Y")}
                )

    def days_of_rule(self) -> set[date]:
        """The days on which it begins by its rule and its added dates, changes apart."""
        return {begin.date() for begin, _is_added in self.originals(self.horizon())}

    def aligned(self) -> "Schedule":
        """The same with its first date moved onto its rule: “the 2nd Tuesday, from September 1st” begins on the 8th."""
        first = self.rule.first_from(self.begin) if self.rule else None
        if first is None or first == self.begin:
            return self
        shift = first.date() - self.starts_on
        ends_on = self.ends_on + shift if self.ends_on else None
        return replace(self, starts_on=first.date(), ends_on=ends_on)

    def horizon(self) -> date:
        """How far its dates are written down: all of them; of a rule without end, the two years to come."""
        if self.rule is None or not self.rule.is_endless:
            return date.max
        later = max(today(), self.starts_on)
        return later + AHEAD if later.year < 9990 else date.max

    def begin_of(self, added: Change) -> datetime:
        """When a date that was added begins: at the event's hour, unless it says another."""
        return datetime.combine(added.day, added.starts_at or self.starts_at or time.min)

    def originals(self, horizon: date) -> list[tuple[datetime, bool]]:
        """When it begins before anything is changed, and whether that date was added to the rule's."""
        found = dict.fromkeys(self.rule.starts(self.begin, horizon) if self.rule else [self.begin], False)
        for change in self.changes:
            if change.kind == ADDED:
                found.setdefault(self.begin_of(change), True)
        return sorted(found.items())

    def occurrences(self, horizon: date | None = None) -> list[ScheduledTime]:
        """Each occurrence that begins up to that day, in order; those that were skipped are not there."""
        skipped = {change.day for change in self.changes if change.kind == SKIPPED}
        changed = {change.day: change for change in self.changes if change.kind in (CANCELLED, MOVED, FULL, NOTED)}
        added = {self.begin_of(change): change for change in self.changes if change.kind == ADDED}
        found = []
        for original, is_added in self.originals(horizon or self.horizon()):
            if original.date() in skipped and not is_added:
                continue
            begin, finish, note = original, original + self.length, ""
            if (extra := added.get(original)) is not None:
                note = extra.note
                if extra.ends_at:
                    finish = self.finish_of(begin, None, extra.ends_at)
            change = changed.get(original.date())
            is_moved = False
            if change is not None and change.kind == MOVED:
                is_moved = True
                begin = datetime.combine(change.to_day or begin.date(), change.starts_at or begin.time())
                finish = begin + self.length
            if change is not None and change.kind in (MOVED, NOTED) and change.ends_at:
                finish = self.finish_of(begin, None, change.ends_at)
            found.append(
                ScheduledTime(
                    original=original,
                    begin=begin,
                    finish=finish,
                    is_all_day=self.is_all_day,
                    is_cancelled=change is not None and change.kind == CANCELLED,
                    is_moved=is_moved,
                    is_full=change is not None and change.kind == FULL,
                    is_added=is_added,
                    note=change.note if change is not None else note,
                )
            )
        return sorted(found, key=lambda occurrence: (occurrence.start, occurrence.original))

    def skipped_hours(self, occurrences: Iterable[ScheduledTime]) -> list[ScheduledTime]:
        """Those that begin at an hour that no clock shows: the night they go forward."""
        return [planned for planned in occurrences if not planned.is_all_day and is_skipped(planned.begin)]
