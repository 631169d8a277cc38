"""The rooms and their floors: a room imports, refers to and names only what stands below it."""

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from importlinter.cli import lint_imports

from config.env import ROOT

pytestmark = pytest.mark.database_independent("reads the sources and the models, not their rows")

CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
FLOORS = [[room.strip() for room in floor.split("|")] for floor in reversed(CONTRACT["layers"])]
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}
ROOMS = sorted(FLOOR_OF)


def sources(room: str) -> list[Path]:
    return [path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]


def may_know(room: str, other: str) -> bool:
    return other == room or FLOOR_OF[other] < FLOOR_OF[room]


def installed_rooms() -> list[str]:
    """The rooms in the order of INSTALLED_APPS: the one list of them."""
    return [name for name in settings.INSTALLED_APPS if (ROOT / name / "apps.py").is_file()]


def test_every_list_of_rooms_is_that_of_the_installed_applications():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    imports = project["importlinter"]
    lists = {
        "folders": [path.parent.name for path in ROOT.glob("*/apps.py")],
        "floors": ROOMS,
        "packages of import-linter": imports["root_packages"],
        "nothing imports the tests": imports["contracts"][1]["source_modules"],
        "first-party packages of ruff": set(project["ruff"]["lint"]["isort"]["known-first-party"])
        - {"config", "tests"},
    }

    for name, rooms in lists.items():
        assert sorted(rooms) == sorted(installed_rooms()), name


def test_the_applications_are_installed_from_the_ground_up():
    floors = [FLOOR_OF[room] for room in installed_rooms()]

    assert floors == sorted(floors)


def test_the_import_contracts_hold(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert lint_imports(config_filename="pyproject.toml") == 0


@pytest.mark.parametrize("room", ROOMS)
def test_no_relation_leads_to_a_floor_above(room):
    for model in apps.get_app_config(room).get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or target._meta.app_label not in FLOOR_OF:
                continue
            assert may_know(room, target._meta.app_label), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("room", ROOMS)
def test_no_class_of_a_floor_above_is_named_in_a_string(room):
    for path in sources(room):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(".") == 1:
                label, name = node.value.split(".")
                if label in FLOOR_OF and name[:1].isupper():
                    assert may_know(room, label), f"{path}: {node.value}"


def test_site_is_never_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_no_module_is_called_utils_or_helpers():
    for path in ROOT.glob("*/**/*.py"):
        if path.relative_to(ROOT).parts[0] in ROOMS:
            assert path.stem not in {"utils", "helpers", "common", "misc", "manager"}, path


def test_each_room_has_one_migration_until_a_release_is_tagged():
    for room in ROOMS:
        assert len(list((ROOT / room / "migrations").glob("0*.py"))) <= 1, room
