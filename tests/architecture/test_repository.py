"""What the repository promises: nothing of this machine, no other host, pinned packages."""

import re
import subprocess
import tomllib
from importlib.metadata import distributions

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from config.env import ROOT

pytestmark = pytest.mark.database_independent("reads the files of the repository")

TEXTS = {".py", ".html", ".css", ".js", ".svg", ".toml", ".txt", ".md", ".yml", ""}


def tracked() -> list:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [
        ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).suffix in TEXTS and (ROOT / name).is_file()
    ]


def test_no_file_names_a_package_index_or_a_folder_of_this_machine():
    index = re.compile(r"--(?:extra-)?index-url|--find-links|pypi" + r"\.org|pythonhosted")
    for path in tracked():
        text = path.read_text(errors="ignore")
        assert str(ROOT) + "/" not in text, path
        assert path.name == "test_repository.py" or not index.search(text), path


def test_every_requirement_is_pinned_with_its_hashes():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
        requirements = [line for line in lines if line and not line.lstrip().startswith("#")]
        assert requirements
        for line in requirements:
            assert "==" in line and "--hash=sha256:" in line, line[:80]


def floor() -> str:
    """The oldest Python that we promise."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")


@pytest.mark.parametrize("python", [floor(), "3.14.0"])
def test_what_is_pinned_installs_on_every_python_that_we_promise(python):
    """As far as this machine can tell: what is installed here says which Pythons it runs on and what it needs there."""
    pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements-dev.txt").read_text(), re.MULTILINE))
    installed = {canonicalize_name(found.metadata["Name"]): found for found in distributions()}
    there = {"python_version": ".".join(python.split(".")[:2]), "python_full_version": python, "extra": ""}

    assert len(pinned & installed.keys()) > 50
    for name in pinned & installed.keys():
        assert SpecifierSet(installed[name].metadata["Requires-Python"] or "").contains(python), name
        for needed in map(Requirement, installed[name].requires or []):
            if needed.marker is None or needed.marker.evaluate(there):
                assert canonicalize_name(needed.name) in pinned, f"{name} needs {needed} on Python {python}"


def test_the_readme_has_the_two_commands_of_a_newcomer():
    readme = (ROOT / "README.md").read_text()

    assert "make demo" in readme and "make test" in readme


def test_no_template_is_empty():
    for path in tracked():
        assert path.suffix != ".html" or path.read_text().strip(), path
