"""docs/upgrading.md is true: every name of a package that we use without its authors' promise is there, and exists.

A name that is only in the document, or only in the code, fails here; so does one that a new version took away.
"""

import ast
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.checks import run_checks
from django.template import engines
from django.template.loader_tags import BlockNode, ExtendsNode
from django.urls import get_resolver, reverse

from config.env import ROOT
from tests.architecture.test_rooms import ROOMS, sources
from tests.isolation.routes import patterns

PACKAGES = Path(find_spec("django").origin).parent.parent
CODE_SPAN = re.compile(r"`([^`]+)`")

# Private by their look alone: public in Python's or Django's reference, or made by us on objects of others.
PUBLIC = {"_meta", "_default_manager", "_db", "_make", "_fields"}
OUR_OWN = {"_chosen_videos", "_remote_videos"}


@dataclass(frozen=True)
class Row:
    section: str
    names: tuple[str, ...]
    where: tuple[str, ...]
    tests: tuple[str, ...]

    def __str__(self):
        return self.names[0]


@cache
def rows() -> list[Row]:
    found, section = [], ""
    for line in (ROOT / "docs" / "upgrading.md").read_text().splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line.startswith("| `"):
            names, where, _why, tests = (tuple(CODE_SPAN.findall(cell)) for cell in line.strip("|").split(" | "))
            found.append(Row(section, names, where, tests))
    return found


def names_of(section: str) -> set[str]:
    return {name for row in rows() if row.section == section for name in row.names}


def last_parts() -> set[str]:
    """`_search` of `modelsearch.backends.base.BaseSearchBackend._search`."""
    listed = names_of("Names in Python") | names_of("Attributes that a module sets or reads")
    return {re.split(r"[.:]", name)[-1] for name in listed}


def code() -> list[Path]:
    """Our sources, the tests too."""
    folders = [ROOT / "site" / "config", ROOT / "tests"]
    return [path for room in ROOMS for path in sources(room)] + [
        path for folder in folders for path in folder.rglob("*.py") if path != Path(__file__)
    ]


def templates() -> list[Path]:
    folders = [ROOT / "site" / "templates", *(ROOT / room / "templates" for room in ROOMS)]
    return [path for folder in folders for path in folder.rglob("*.*")]


@cache
def views() -> set[str]:
    return {name for name, _route in patterns() if name}


# The table is true


@pytest.mark.parametrize("row", rows(), ids=str)
def test_each_row_names_files_that_use_it_and_tests_that_watch_it(row):
    texts = {where: (ROOT / where).read_text() for where in row.where}
    assert row.where and row.tests
    for test in row.tests:
        path, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text(), test
    if row.section == "Templates":
        used = set(texts) | {name for text in texts.values() for name in re.findall(r'{% \w+ "([^"]+)"', text)}
        lost = [name for name in row.names if not any(path.endswith(name) for path in used)]
    else:
        every_text = "\n".join(texts.values())
        lost = [name for name in row.names if not is_in(every_text, name, row.section)]
    assert not lost, f"not in {', '.join(row.where)}: say where it is used, or take it out of docs/upgrading.md"


def is_in(text: str, name: str, section: str) -> bool:
    """Whether a file that uses this name says it, whole or by its last part."""
    last = re.split(r"[.:/]", name)[-1]
    if section == "Names of views":  # guard.RULES makes some of several parts
        return last.removesuffix("_results").removeprefix("wagtailadmin_") in text
    if section == "Columns, permissions and words of the database":
        return last in text
    if section == "Files of packages":
        return name.rsplit("/", 1)[-1] in text
    # `from … import AddTagsBulkAction as TagImages`, or a module of which a part is used
    parts = name.replace(":", ".").split(".")
    return any(re.search(rf"(?<![\w-]){re.escape(part)}(?![\w-])", text) for part in parts[-2:])


def test_no_name_is_listed_twice():
    listed = [(row.section, name) for row in rows() for name in row.names]

    assert len(listed) == len(set(listed))


# What is listed exists


def test_every_name_imports():
    for name in names_of("Names in Python"):
        resolve_name(name)


def test_every_attribute_is_in_the_text_of_its_module():
    for name in names_of("Attributes that a module sets or reads"):
        module, _, attribute = name.partition(":")
        text = Path(find_spec(module).origin).read_text()  # those of the other database do not import
        assert re.search(rf"(?<!\w){attribute}(?!\w)", text), name


@pytest.mark.django_db
def test_every_column_and_permission_exists():
    for name in names_of("Columns, permissions and words of the database"):
        app_label, *rest = name.split(".")
        if len(rest) == 2:
            apps.get_model(app_label, rest[0])._meta.get_field(rest[1])
        else:
            assert Permission.objects.filter(content_type__app_label=app_label, codename=rest[0]).exists(), name


def test_every_view_has_an_address():
    assert names_of("Names of views") - views() == set()


def test_every_template_is_in_its_package():
    for name in names_of("Templates"):
        assert theirs(name), name


def test_every_name_of_the_editor_is_in_what_wagtail_sends_to_browsers():
    folders = [PACKAGES / "wagtail" / "admin" / part for part in ("static", "templates")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in {".js", ".css", ".html"}]
    sent = "\n".join(path.read_text(errors="ignore") for path in files if "vendor" not in path.parts)
    for name in names_of("The editor in the browser"):
        assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", sent), name


def test_every_file_of_a_package_is_there():
    for name in names_of("Files of packages"):
        assert (PACKAGES / name).exists(), name


# What our code uses is listed


def test_every_import_with_a_private_part_is_listed():
    for path in code():
        for node in ast.walk(ast.parse(path.read_text())):
            modules = []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            for module in modules:
                first, *parts = module.split(".")
                if first not in {*ROOMS, "tests"} and any(part == "internal" or is_private(part) for part in parts):
                    assert module in names_of("Names in Python"), f"{path}: add {module} to docs/upgrading.md"


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and len(name) > 1


def test_every_private_attribute_of_a_package_is_listed():
    """`page._cached_parent_obj`, `getattr(request, "_messages")`, `super()._search(…)`; `self._site` is ours."""
    for path in code():
        tree = ast.parse(path.read_text())
        ours = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        for node in ast.walk(tree):
            name = ""
            if isinstance(node, ast.Attribute):
                is_own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"} and node.attr in ours
                name = "" if is_own else node.attr
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"getattr", "hasattr", "setattr"}:
                name = node.args[1].value if isinstance(node.args[1], ast.Constant) else ""
            if is_private(name) and name not in PUBLIC | OUR_OWN:
                assert name in last_parts(), f"{path}:{node.lineno}: add {name} to docs/upgrading.md"


def test_every_private_method_that_a_package_calls_is_listed():
    """A method with an underscore that nothing of its own file calls overrides somebody's."""
    for path in code():
        tree = ast.parse(path.read_text())
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for owner in ast.walk(tree):
            for method in owner.body if isinstance(owner, ast.ClassDef) else []:
                if isinstance(method, ast.FunctionDef) and is_private(method.name) and method.name not in used:
                    assert method.name in last_parts(), f"{path}: add {method.name} to docs/upgrading.md"


THEIR_VIEWS = re.compile(r"(?:wagtail\w*(?::\w+)*|(?:account|mfa|usersessions)_\w+)")


def test_every_name_of_a_view_of_theirs_is_listed():
    listed = names_of("Names of views")
    for path in [path for path in code() if "tests" not in path.parts]:
        for node in ast.walk(ast.parse(path.read_text())):
            name = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if THEIR_VIEWS.fullmatch(name) and name in views():
                assert name in listed, f"{path}: add {name} to docs/upgrading.md"
    for path in templates():
        for name in re.findall(r"{% url ['\"]([\w:]+)['\"]", path.read_text()):
            if THEIR_VIEWS.fullmatch(name):
                assert name in listed, f"{path}: add {name} to docs/upgrading.md"


def test_every_template_of_theirs_that_ours_take_from_is_listed():
    listed = names_of("Templates")
    folder = ROOT / "site" / "templates"
    for path in templates():
        taken = set(re.findall(r'{% (?:extends|include) "([^"]+)"', path.read_text()))
        if folder in path.parents:
            taken.add(str(path.relative_to(folder)))
        # Names without a folder (base.html, 404.html) are any project's own.
        assert {name for name in taken if "/" in name and theirs(name)} <= listed, path


def test_every_hook_into_the_editors_pages_is_listed():
    wanted = re.compile(r"(?<![\w-])(?:--w-[\w-]+|w-[a-z]+-[\w:-]+|w-[a-z]+:\w+|data-(?:inline-panel|edit-form)[\w-]*)")
    for path in (ROOT / "site" / "static" / "editor").iterdir():
        used = {name for name in wanted.findall(path.read_text()) if path.suffix in {".js", ".css"}}
        assert used - names_of("The editor in the browser") == set(), path


def test_every_right_that_a_package_defines_is_listed():
    from poles.roles import ROLES

    given = {
        right
        for role in ROLES.values()
        for right in (*role.on_pages, *role.in_collection, *role.on_site, *role.everywhere)
        if right.split(".")[0] not in ROOMS
    }
    assert given <= names_of("Columns, permissions and words of the database")


# What they do is what we rely on, where no other test would tell


@cache
def origins(name: str) -> list[Path]:
    """The templates at that path, in the order in which they are looked for: ours, then the packages'."""
    loaders = engines["django"].engine.template_loaders
    found = [Path(origin.name) for loader in loaders for origin in loader.get_template_sources(name)]
    return [path for path in found if path.exists()]


def theirs(name: str) -> Path | None:
    """The template of a package at that path."""
    return next((path for path in origins(name) if PACKAGES in path.parents), None)


def above(path: Path) -> Path | None:
    """The template that this one extends; where it extends its own name, the next of that name."""
    name = re.search(r'{% extends ["\']([^"\']+)["\']', path.read_text())
    found = origins(name[1]) if name else []
    return next(iter(found[found.index(path) + 1 :] if path in found else found), None)


def blocks_of(path: Path | None) -> set[str]:
    """The blocks that a template has, its own and those of the ones that it extends."""
    return set(re.findall(r"{%-? block (\w+)", path.read_text())) | blocks_of(above(path)) if path else set()


def test_we_fill_no_block_that_the_template_above_lacks():
    """A block that is gone is left out without a word: the network's name, a whole screen."""
    in_the_editor = 0
    for path in templates():
        if path.suffix == ".html" and (extended := above(path)):
            nodes = engines["django"].from_string(path.read_text()).template.nodelist
            (extends,) = nodes.get_nodes_by_type(ExtendsNode)
            filled = {node.name for node in extends.nodelist if isinstance(node, BlockNode)}
            assert filled <= blocks_of(extended), path
            in_the_editor += PACKAGES in extended.parents
    assert in_the_editor > 20


def test_every_rule_of_the_guard_is_about_a_view_that_exists():
    from core.isolation.guard import GUARDED_PACKAGES, RULES

    assert set(RULES) - views() == set()
    assert {name for name in views() if name.startswith(GUARDED_PACKAGES)} <= set(RULES)
    assert set(RULES) <= names_of("Names of views"), "add it to docs/upgrading.md"


def test_what_stays_open_without_a_second_factor_exists():
    from core.second_factor import ALSO_OPEN, ALWAYS_OPEN

    assert set(ALSO_OPEN) - views() == set()
    for beginning in ALWAYS_OPEN:
        assert any(name.startswith(beginning) for name in views()), beginning


def test_every_chooser_says_its_choice_by_the_one_method_that_we_replace():
    from wagtail.admin.widgets import BaseChooser

    from core.isolation.masks import masked_value_data

    get_resolver().url_patterns  # noqa: B018  the choosers of snippets are made with the addresses of the editor
    below = [BaseChooser]
    for chooser in below:
        below += chooser.__subclasses__()
    assert len(below) > 5
    for chooser in below:
        assert chooser.get_value_data is masked_value_data, chooser


def test_the_lists_of_pages_are_ours():
    from wagtail.admin.viewsets.pages import page_viewset_registry
    from wagtail.models import Page

    from articles.models import ArticlePage
    from core.isolation.listings import OwnPageViewSet

    get_resolver().url_patterns  # noqa: B018  viewsets are registered with the addresses of the editor
    for model in (Page, ArticlePage):
        assert isinstance(page_viewset_registry.get_by_type(model), OwnPageViewSet)


def test_a_chooser_of_videos_offers_the_pages_that_are_one():
    from core.blocks.video import VideoPageChooserBlock
    from videos.models import VideoPage

    assert VideoPageChooserBlock().widget.target_models == [VideoPage]


def test_the_address_of_a_visitor_is_the_one_that_the_trusted_proxy_added(rf, settings):
    from allauth.core.internal.httpkit import get_client_ip

    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert get_client_ip(request) == "192.0.2.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert get_client_ip(request) == "198.51.100.7"


def test_our_addresses_of_accounts_bear_the_names_of_allauth():
    from allauth.account import urls as theirs

    from accounts import urls as ours

    known = {pattern.name: pattern for pattern in theirs.urlpatterns}
    for pattern in ours.urlpatterns:
        if name := getattr(pattern, "name", None):
            assert pattern.callback is known[name].callback, name
            assert pattern.pattern.converters.keys() == known[name].pattern.converters.keys(), name
            expected = getattr(known[name].pattern.regex, "groupindex", {})
            assert dict(pattern.pattern.regex.groupindex) == dict(expected), name


def test_the_addresses_that_we_take_over_are_written_as_wagtail_writes_them():
    from wagtail.documents import urls as documents
    from wagtail.urls import urlpatterns as pages

    theirs = {pattern.name: str(pattern.pattern) for pattern in [*documents.urlpatterns, *pages]}
    ours = {}
    for name, route in patterns():
        ours.setdefault(name, route)  # the first that matches is the one that answers
    for name, before in (
        ("wagtaildocs_serve", "^documents/"),
        ("wagtailcore_authenticate_with_password", ""),
        ("wagtail_serve", "^"),
    ):
        assert ours[name] == before + theirs[name].removeprefix("^"), name


def test_the_address_of_a_new_page_ends_with_the_key_of_the_page_above():
    assert reverse("wagtailadmin_pages:add", args=["events", "eventpage", 7]).endswith("/7/")


@pytest.mark.django_db
def test_a_page_that_knows_its_parent_does_not_ask_for_it():
    from wagtail.models import Page

    above, page = Page(path="00010001", depth=2), Page(path="000100010001", depth=3)
    page._cached_parent_obj = above

    assert page.get_parent() is above


@pytest.mark.django_db
def test_a_synchronised_locale_is_an_error_of_the_checks():
    from wagtail.models import Locale
    from wagtail_localize.models import LocaleSynchronization

    french, breton = (Locale.objects.get(language_code=code) for code in ("fr", "br"))
    before = [problem.id for problem in run_checks(databases=["default"])]
    LocaleSynchronization.objects.create(locale=breton, sync_from=french)
    after = [problem.id for problem in run_checks(databases=["default"])]

    assert "core.E001" not in before
    assert "core.E001" in after
