"""An import from the file to its undoing."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tasks import task
from wagtail.models import Page

from core.slugs import taken_slugs
from core.transfer.mapping import Mapping
from members.cells import known_sectors
from members.changing import add_member, is_under_review, publish_values
from members.importing.mapping import recognise, to_remember
from members.importing.plan import MemberPlan, make_plan
from members.importing.reading import Table
from members.page import MemberPage
from members.profile import read_row, row_of

UNDONE_FOR = timedelta(days=7)
WAITING_FOR = 900  # seconds: a worker may have something else to do first
SILENT_FOR = 180  # seconds: after that long without progress, an import was stopped


class ImportQuerySet(models.QuerySet):
    def of(self, directory: Page):
        return self.filter(directory_id=directory.pk)

    def shown(self):
        return self.exclude(state=MemberImport.State.FORGOTTEN)

    def outdated(self):
        """Those whose lines nobody needs any more."""
        limit = timezone.now() - UNDONE_FOR
        return self.filter(Q(done_at__lt=limit) | Q(done_at=None, created_at__lt=limit)).exclude(rows=[], left_out=[])


class MemberImport(models.Model):
    class State(models.TextChoices):
        READ = "read", _("read, to confirm")
        RUNNING = "running", _("in progress")
        DONE = "done", _("imported")
        FAILED = "failed", _("refused")
        UNDONE = "undone", _("undone")
        FORGOTTEN = "forgotten", _("forgotten")

    directory = models.ForeignKey("members.MemberIndexPage", on_delete=models.CASCADE, related_name="imports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(pgettext_lazy("date", "sent"), default=timezone.now)
    done_at = models.DateTimeField(_("imported"), null=True)
    filename = models.CharField(_("file"), max_length=255)
    header = models.JSONField(default=list)
    rows = models.JSONField(default=list)  # [number in the file, cells]
    left_out = models.JSONField(default=list)  # [number in the file, cells, what is wrong], on purpose
    remarks = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READ)
    counts = models.JSONField(default=dict)  # new, changed, unchanged
    # [key of the profile, what it said before by column or None, what it says]
    changes = models.JSONField(default=list)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of members")
        verbose_name_plural = _("imports of members")
        ordering = ["-created_at"]

    def __str__(self):
        return self.filename

    @classmethod
    def begin(cls, directory: Page, user, filename: str, table: Table) -> "MemberImport":
        """Keep what was read of a file; the columns are those of last time, else recognised by name."""
        remembered: dict[str, str] = {}
        for earlier in cls.objects.of(directory).order_by("created_at"):
            remembered |= to_remember(earlier.header, earlier.mapping)
        return cls.objects.create(
            directory_id=directory.pk,
            user=user,
            filename=filename[-255:],
            header=table.header,
            rows=table.rows,
            remarks=table.remarks,
            mapping=recognise(table.header, remembered),
        )

    def plan(self) -> MemberPlan:
        return make_plan(self.directory, self.header, [(number, cells) for number, cells in self.rows], self.mapping)

    @property
    def progress_key(self) -> str:
        return f"member-import-{self.pk}"

    @property
    def progress(self) -> int | None:
        """How many lines are written, or None where nothing has been heard of it for a while."""
        return cache.get(self.progress_key)

    @property
    def was_stopped(self) -> bool:
        """The process died in the middle: nothing was written, one may start again."""
        return self.state == self.State.RUNNING and self.progress is None

    @property
    def can_run(self) -> bool:
        return bool(self.rows or self.left_out) and (
            self.state in (self.State.READ, self.State.FAILED) or self.was_stopped
        )

    def leave_out_faulty_lines(self) -> None:
        """Set the lines with an error apart, so that the others can be imported; they are kept as a file to correct."""
        errors: dict[int, list[str]] = {}
        for problem in self.plan().problems:
            errors.setdefault(problem.line, []).append(f"{problem.column} : {problem.message}")
        self.left_out += [[number, cells, " ".join(errors[number])] for number, cells in self.rows if number in errors]
        self.rows = [[number, cells] for number, cells in self.rows if number not in errors]
        self.save(update_fields=["rows", "left_out"])

    def take_back(self) -> None:
        """Every line of the file again, in its order."""
        self.rows = sorted([*self.rows, *([number, cells] for number, cells, _error in self.left_out)])
        self.left_out = []
        self.save(update_fields=["rows", "left_out"])

    def forget(self) -> None:
        """Drop the lines; what was said of the columns stays, for the next file of that shape."""
        self.state, self.rows, self.left_out = self.State.FORGOTTEN, [], []
        self.save(update_fields=["state", "rows", "left_out"])

    @property
    def can_be_undone(self) -> bool:
        return self.state == self.State.DONE and bool(self.changes) and timezone.now() < self.done_at + UNDONE_FOR

    def start(self) -> None:
        """Run it: at once, or by the worker where there is one. A second click, or a second person, starts nothing."""
        startable = [self.State.READ, self.State.FAILED, *([self.State.RUNNING] if self.was_stopped else [])]
        mine = MemberImport.objects.filter(pk=self.pk, state__in=startable)
        if mine.update(state=self.State.RUNNING):
            cache.set(self.progress_key, 0, WAITING_FOR)
            transaction.on_commit(lambda: run_import.enqueue(self.pk))

    def run(self) -> None:
        """Write every line, or none: one transaction, whatever kills the process."""
        try:
            with transaction.atomic():
                mine = MemberImport.objects.select_for_update().get(pk=self.pk)
                if mine.state != self.State.RUNNING:
                    return  # another process did it meanwhile
                plan = mine.plan()
                if plan.problems:
                    mine.state = self.State.FAILED
                else:
                    mine.write(plan)
                mine.save()
        except Exception:
            MemberImport.objects.filter(pk=self.pk).update(state=self.State.FAILED)
            raise
        finally:
            cache.delete(self.progress_key)

    def write(self, plan: MemberPlan) -> None:
        self.counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": len(plan.unchanged)}
        taken, changes = taken_slugs(self.directory), []
        todo = [*plan.new, *plan.changed]
        for at, line in enumerate(todo):
            before = None
            if line.member is None:
                line.member = add_member(self.directory, line.values, taken, self.user, line.reference)
                after = row_of(line.member)
            else:
                before = {key: said for key, (said, _says) in line.changes.items()}
                after = {key: says for key, (_said, says) in line.changes.items()}
                publish_values(line.member, {key: line.values[key] for key in line.changes}, self.user)
            changes.append([line.member.pk, before, after])
            if at % 20 == 0:
                cache.set(self.progress_key, at, SILENT_FOR)
        self.changes, self.state, self.done_at = changes, self.State.DONE, timezone.now()

    @transaction.atomic
    def undo(self, user) -> list[str]:
        """Take the new profiles away and give the others what they said before; return the names of those left alone.

        A profile that somebody changed since is left as it is.
        """
        mine = MemberImport.objects.select_for_update().get(pk=self.pk)
        if not mine.can_be_undone:
            return []
        kept, sectors = [], known_sectors()
        here = MemberPage.objects.in_directory(mine.directory).with_sectors()
        found = here.in_bulk([pk for pk, _before, _after in mine.changes])
        for pk, before, after in mine.changes:
            member = found.get(pk)
            if member is None:
                continue
            says = row_of(member)
            is_touched = any(says[key] != text for key, text in after.items())
            # A new profile has no revision until somebody works on it.
            is_touched = is_touched or (before is None and member.latest_revision_id is not None)
            if is_touched or is_under_review(member):
                kept.append(member.title)
            elif before is None:
                member.delete(user=user)
            else:
                values, _errors = read_row(before, sectors)
                publish_values(member, values, user)
        mine.state, mine.changes = self.State.UNDONE, []
        mine.save()
        return kept


def remapped(mapping: Mapping, values: dict) -> dict:
    """An import that comes from another install: its changes name profiles by the keys that these have here."""
    changes = [(mapping.get(Page, pk), before, after) for pk, before, after in values["changes"]]
    return {**values, "changes": [list(change) for change in changes if change[0] is not None]}


@task()
def run_import(pk: int) -> None:
    MemberImport.objects.get(pk=pk).run()


def forget_old_imports() -> None:
    """The lines of files hold what people did not choose to publish: they go after a week."""
    MemberImport.objects.outdated().update(rows=[], left_out=[], changes=[])
