"""Importing: the file, its columns, what it would do, and then only doing it."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.heavy_work import one_at_a_time
from core.spreadsheets import csv_response
from members.columns import BY_KEY
from members.importing.imports import UNDONE_FOR, MemberImport
from members.importing.limits import MAX_BYTES, MAX_ROWS, UnreadableFile, unmarked
from members.importing.mapping import IGNORED, choices, is_known
from members.importing.plan import doubled, ignored
from members.importing.reading import read_table
from members.views.manage import DirectoryView

MAX_SHOWN = 200
SAMPLES = 3


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, XLSX, ODS or XLS, with a line of headers; 10 MB and 5,000 lines at most."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.ods,.xls"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise UnreadableFile(_("This file is larger than %(most)s MB.") % {"most": MAX_BYTES // 1024 // 1024})
        with one_at_a_time("reading a file"):
            self.table = read_table(file.read())
        if not self.table.rows:
            raise UnreadableFile(_("This file has a header and nothing below it."))
        return file


class UploadView(DirectoryView):
    template_name = "members/manage/upload.html"
    page_title = gettext_lazy("Import")
    tab = "import"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", FileForm())
        return {
            **super().get_context_data(**kwargs),
            "imports": MemberImport.objects.of(self.directory).shown()[:10],
            "most": MAX_ROWS,
        }

    def post(self, request, *args, **kwargs):
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        found = MemberImport.begin(self.directory, request.user, form.cleaned_data["file"].name, form.table)
        return redirect("directory_import", self.directory.pk, found.pk)


class MemberImportView(DirectoryView):
    """One import: its columns to correct, its errors, what it would change; its progress; its undoing."""

    template_name = "members/manage/import.html"
    page_title = gettext_lazy("Import")
    tab = "import"

    def dispatch(self, request, *args, **kwargs):
        self.number = kwargs["number"]
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def member_import(self) -> MemberImport:
        found = MemberImport.objects.of(self.directory).filter(pk=self.number).first()
        if found is None:
            raise Http404
        return found

    def get_page_subtitle(self):
        return self.member_import.filename

    def columns(self) -> list[dict]:
        found = self.member_import
        return [
            {
                "number": at,
                "header": name,
                "samples": [unmarked(cells[at]) for _number, cells in found.rows[:50] if cells[at].strip()][:SAMPLES],
                "key": key,
            }
            for at, (name, key) in enumerate(zip(found.header, found.mapping, strict=True))
        ]

    def get_context_data(self, **kwargs):
        found = self.member_import
        context = {
            **super().get_context_data(**kwargs),
            "import": found,
            "undo_until": found.done_at and found.done_at + UNDONE_FOR,
        }
        if found.can_run:
            plan = found.plan()
            context |= {
                "columns": self.columns(),
                "choices": choices(),
                "plan": plan,
                "problems": plan.problems[:MAX_SHOWN],
                "new": plan.new[:MAX_SHOWN],
                "changed": [
                    (line, [(BY_KEY[key].label, before, after) for key, (before, after) in line.changes.items()])
                    for line in plan.changed[:MAX_SHOWN]
                ],
                "ignored": ignored(found.header, found.mapping),
                "doubled": [dict(choices())[key] for key in doubled(found.mapping)],
                "most_shown": MAX_SHOWN,
                # An error that is of no line is one of the columns.
                "can_leave_out": all(problem.line for problem in plan.problems),
            }
        return context

    def post(self, request, *args, **kwargs):
        found, action = self.member_import, request.POST.get("action", "")
        if action == "map" and found.can_run:
            mapping = [request.POST.get(f"column-{at}", IGNORED) for at in range(len(found.header))]
            found.mapping = [key if is_known(key) else IGNORED for key in mapping]
            found.save(update_fields=["mapping"])
            return redirect(f"{request.path}#preview")
        elif action == "run" and found.can_run:
            if doubled(found.mapping) or found.plan().problems:
                messages.error(request, _("Nothing was imported: there are errors to correct first."))
            else:
                found.start()
                found.refresh_from_db()
                if found.state == MemberImport.State.FAILED:
                    messages.error(request, _("Nothing was imported: the directory has changed meanwhile."))
                elif found.state == MemberImport.State.DONE:
                    messages.success(request, _("Imported: the profiles are on line."))
        elif action == "leave_out" and found.can_run:
            found.leave_out_faulty_lines()
            return redirect(f"{request.path}#preview")
        elif action == "take_back" and found.can_run:
            found.take_back()
            return redirect(f"{request.path}#preview")
        elif action == "undo":
            if not found.can_be_undone:
                messages.error(request, _("This import can no longer be undone."))
            elif kept := found.undo(request.user):
                names = ", ".join(kept[:10])
                messages.warning(request, _("Undone, but for what was changed since: %(names)s.") % {"names": names})
            else:
                messages.success(request, _("Undone: the directory is as it was before."))
        elif action == "forget" and found.can_run:
            found.forget()
            return redirect("directory_upload", self.directory.pk)
        return redirect("directory_import", self.directory.pk, found.pk)


class ErrorsView(MemberImportView):
    """Every error of an import as a file, to correct the other one with."""

    def get(self, request, *args, **kwargs):
        if not self.member_import.can_run:
            raise Http404
        rows = [[_("line"), _("column"), _("cell"), _("what is wrong")]]
        rows += [
            [problem.line, problem.column, problem.cell, problem.message]
            for problem in self.member_import.plan().problems
        ]
        return csv_response("erreurs.csv", rows)


class LeftOutView(MemberImportView):
    """The lines that were left out of an import, as they were, with what is wrong: to correct and to send again."""

    def get(self, request, *args, **kwargs):
        found = self.member_import
        if not found.left_out:
            raise Http404
        rows = [[*found.header, _("what is wrong")]]
        rows += [[*map(unmarked, cells), error] for _number, cells, error in found.left_out]
        return csv_response("a-corriger.csv", rows)
