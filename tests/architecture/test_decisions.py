"""The pages of docs/decisions speak of what is in this repository, and comments cite nothing else."""

import re
from pkgutil import resolve_name

import pytest

from config.env import ROOT
from tests.architecture.test_repository import tracked
from tests.architecture.test_rooms import ROOMS

PAGES = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
CODE_SPAN = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?|(?:\w+/)+")
DOTTED = re.compile(rf"(?:{'|'.join(ROOMS)})(?:\.\w+)+")
CITED = re.compile(r"(?:docs/decisions/|[Ss]ee |[Dd]ecision )(\d{4})")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_each_page_has_its_three_parts_and_names_what_is_here(path):
    text = path.read_text()

    assert text.startswith(f"# {path.name[:4]} – ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    for name in CODE_SPAN.findall(text):
        if DOTTED.fullmatch(name):
            resolve_name(name)
        elif FILE.fullmatch(name):
            places = (ROOT, ROOT / "site" / "static", *(ROOT / room for room in ROOMS))
            assert any((place / name).exists() for place in places), name


def test_the_index_has_a_line_for_each_page():
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()
    titles = [(path.read_text().splitlines()[0].removeprefix("# "), path.name) for path in PAGES]

    assert re.findall(r"^- \[(.+)\]\((.+)\)$", index, re.MULTILINE) == titles


def test_a_decision_that_is_cited_exists_and_nothing_outside_is():
    known = {path.name[:4] for path in PAGES}
    for path in tracked():
        text = path.read_text(errors="ignore")
        if path.parts[-2] in {"decisions", "docs"} or path.suffix == ".py":
            assert set(CITED.findall(text)) <= known, path
        assert not re.search("field" + " notes", text, re.IGNORECASE), path
