"""Rows that are written without a signal tell the page cache themselves: watched in every test of the suite."""

from functools import cache, wraps
from inspect import currentframe, getsource
from pathlib import Path
from types import CodeType

from django.apps import apps
from django.db.models import QuerySet

from core.page_changes import rules

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = (str(ROOT / "tests"), str(ROOT / "demo"), str(ROOT / ".venv"))
# Modules and functions that need not, and why.
TOLD_OTHERWISE = {
    "trash.pages": "The page is moved next: every page is new.",
    "members.duplicates": "One of the two goes off line: every page is new.",
    "members.changing": "Of revisions.",
    "poles.team": "Owners and locks are not shown.",
    "events.views.imports": "The calendar is deleted next.",
    "events.importing:refresh": "When it was asked, and what went wrong, are the staff's.",
    "events.importing:refresh_due": "When it was asked is the staff's.",
    "network.transfer.load": "The site is opened in the same transaction: every page is new.",
}


def watch() -> None:
    """Make `update()` and its like fail where the function that calls them does not call `changed()`."""
    for name in ("update", "bulk_create", "bulk_update"):
        setattr(QuerySet, name, watched(getattr(QuerySet, name)))


def watched(method):
    @wraps(method)
    def told(self, *args, **kwargs):
        frame = currentframe().f_back
        by_deletion = False
        while "/django/db/models/" in frame.f_code.co_filename or frame.f_code is told.__code__:
            by_deletion = by_deletion or frame.f_code.co_filename.endswith("deletion.py")  # which has signals
            frame = frame.f_back  # a manager, or another of the three
        if not by_deletion and self.model in shown_models():
            says = tells(frame.f_code, frame.f_globals.get("__name__", ""))
            assert says, f"{frame.f_code.co_name}: visitors see {self.model.__name__}; call changed() after writing"
        return method(self, *args, **kwargs)

    return told


@cache
def shown_models() -> frozenset:
    return frozenset(filter(rules().is_shown, apps.get_models()))


@cache
def tells(code: CodeType, module: str) -> bool:
    file = code.co_filename
    if not file.startswith(str(ROOT)) or file.startswith(ELSEWHERE) or "/migrations/" in file:
        return True
    return module in TOLD_OTHERWISE or f"{module}:{code.co_name}" in TOLD_OTHERWISE or "changed(" in getsource(code)
