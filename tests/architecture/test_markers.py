"""What is asked on one database alone (`database_independent`) may not depend on any."""

from types import SimpleNamespace
from unittest import TestCase

import pytest
from django.test import TestCase as DjangoTestCase

pytestmark = pytest.mark.database_independent("reads the marks of the tests")


def misuses(items) -> list[str]:
    """One line a test that bears the mark without a reason, or that may use a database.

    Those without `django_db` cannot: pytest-django refuses every query of theirs.
    """
    found = []
    for item in items:
        mark = item.get_closest_marker("database_independent")
        if mark is None:
            continue
        if len(mark.args) != 1 or not str(mark.args[0]).strip() or mark.kwargs:
            found.append(f"{item.nodeid}: no reason")
        asks = item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames
        if asks or issubclass(item.cls or object, TestCase):
            found.append(f"{item.nodeid}: uses the database")
    return found


def test_what_is_said_to_be_independent_of_the_database_is(request):
    assert misuses(request.session.items) == []


@pytest.mark.parametrize(
    ("marks", "fixtures", "kind", "found"),
    [
        ({}, ["django_db_setup"], None, []),
        ({"database_independent": ["in memory"]}, ["tmp_path"], None, []),
        ({"database_independent": []}, [], None, ["it: no reason"]),
        ({"database_independent": [" "]}, [], None, ["it: no reason"]),
        ({"database_independent": ["in memory"], "django_db": []}, [], None, ["it: uses the database"]),
        ({"database_independent": ["in memory"]}, ["db", "django_db_setup"], None, ["it: uses the database"]),
        ({"database_independent": ["in memory"]}, [], DjangoTestCase, ["it: uses the database"]),
    ],
)
def test_a_wrong_use_of_the_mark_is_found(marks, fixtures, kind, found):
    made = {name: SimpleNamespace(args=tuple(args), kwargs={}) for name, args in marks.items()}
    item = SimpleNamespace(nodeid="it", get_closest_marker=made.get, fixturenames=fixtures, cls=kind)

    assert misuses([item]) == found
