"""Seams: rooms say what they bring, in hooks that are documented and checked; nobody above lists kinds of content."""

import ast
import re

import pytest
from django.apps import apps
from django.core.checks import run_checks
from wagtail import hooks
from wagtail.models import Page

from commons.shared import SharedContent
from config.env import ROOT
from core.seams import SEAMS, PeriodicJob, brought
from tests.architecture.test_rooms import ROOMS, sources

KINDS = {"articles", "videos", "events", "members"}
# An organiser of an event is chosen among the members: a page chooser names its target.
MAY_NAME = {("events", "members"), ("demo", "*")}


def hooks_registered():
    """(file, name) of each hook that a room registers."""
    for room in ROOMS:
        for path in sources(room):
            for node in ast.walk(ast.parse(path.read_text())):
                is_call = isinstance(node, ast.Call) and ast.unparse(node.func) == "hooks.register"
                if is_call and isinstance(node.args[0], ast.Constant):
                    yield path, node.args[0].value


def test_every_seam_is_documented():
    text = (ROOT / "docs" / "seams.md").read_text()

    assert [seam for seam in SEAMS if f"| `{seam}` |" not in text] == []


def test_every_hook_that_rooms_register_is_a_documented_seam_or_wagtails():
    wagtails = {"register", "construct", "insert", "before", "after"}

    for path, name in hooks_registered():
        assert name in SEAMS or name.partition("_")[0] in wagtails, f"{path}: document {name} in docs/seams.md"


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"demo"}))
def test_no_room_names_a_kind_of_content_of_another(room):
    for path in sources(room):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                kind = node.module.partition(".")[0]
                is_foreign = kind in KINDS and kind != room
                assert not is_foreign or (room, kind) in MAY_NAME, f"{path}:{node.lineno}: {node.module}"


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"demo"}))
def test_no_room_shows_a_template_of_a_kind_of_another(room):
    templates = re.compile(rf"""["']({"|".join(KINDS)})/[\w/]+\.\w+["']""")
    for path in [*sources(room), *(ROOT / room / "templates").rglob("*.*")]:
        assert {kind for kind in templates.findall(path.read_text()) if kind != room} == set(), path


def test_what_a_room_fails_to_bring_is_told_with_its_name():
    def broken():
        raise KeyError("nothing there")

    broken.__module__ = "articles.wagtail_hooks"
    with hooks.register_temporarily("starter_pages", broken):
        messages = [problem.msg for problem in run_checks() if problem.id == "core.E002"]

    assert len(messages) == 1 and messages[0].startswith("articles: its hook “starter_pages” fails")


def test_two_rooms_that_bring_the_same_are_told():
    twin = brought("home_blocks")[0]
    with hooks.register_temporarily("home_blocks", lambda: [twin]):
        problems = [problem for problem in run_checks() if problem.id == "core.E003"]

    assert [twin.name in problem.msg for problem in problems] == [True]


def test_a_periodic_job_has_a_name_of_its_own_and_a_limit():
    jobs = brought("periodic_jobs")

    assert len(jobs) == len({job.name for job in jobs})
    assert all(isinstance(job, PeriodicJob) and job.time_limit.total_seconds() > 0 for job in jobs)


def models_that_a_pole_may_own():
    """Every model of ours but pages and the rows that are written with them, and what the network shares."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            is_part = any(type(field).__name__ == "ParentalKey" for field in model._meta.get_fields())
            is_page = issubclass(model, Page)
            if not is_page and (not is_part or model._meta.app_label == "poles"):
                yield model


def test_every_model_that_a_pole_owns_leaves_with_it_or_says_why_not():
    covered = {model for part in brought("transfer_parts") for model in part.models}
    # People keep their account; their roles go in team.csv.
    account = {apps.get_model("accounts.User")}

    assert [model for model in models_that_a_pole_may_own() if model not in covered | account] == []


def test_network_admins_may_write_every_snippet_that_is_shared():
    shared = {model for model in apps.get_models() if issubclass(model, SharedContent)}

    assert shared <= set(brought("network_permissions"))
