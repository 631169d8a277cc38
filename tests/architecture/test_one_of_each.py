"""One way to do a thing, one name for a thing, and nothing hung on somebody else's object."""

import ast
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from config.env import ROOT
from tests.architecture.test_rooms import ROOMS, sources

pytestmark = pytest.mark.database_independent("reads the sources")

# Django and Wagtail read these off a request; the rest is `SiteContext`'s.
MAY_SET_ON_A_REQUEST = {
    ("core/site_context.py", "site_context"),
    ("core/isolation/guard.py", "GET"),  # the same, without what this person may not ask for
    ("core/page_cache/middleware.py", "GET"),  # the same, which notes what is asked of it
    ("core/routing.py", "_wagtail_route_for_request"),
    ("network/transfer/export.py", "is_dummy"),
}
SENDS_MAIL = {"EmailMessage", "EmailMultiAlternatives", "send_mail", "mail_admins", "mail_managers"}
NAMED_BY_DJANGO = {"Command"}


def nodes(kind: type) -> Iterator[tuple[str, ast.AST]]:
    """(path, node) for each node of that kind in the rooms."""
    for room in ROOMS:
        for path in sources(room):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, kind):
                    yield path.relative_to(ROOT).as_posix(), node


def test_what_a_request_knows_is_one_object():
    set_on_requests = {
        (path, target.attr)
        for path, node in nodes(ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and ast.unparse(target.value) in ("request", "self.request")
    }

    assert set_on_requests == MAY_SET_ON_A_REQUEST


def test_mails_have_one_way_out():
    senders = {
        path
        for path, node in nodes(ast.ImportFrom)
        if node.module == "django.core.mail" and SENDS_MAIL & {name.name for name in node.names}
    }

    # The second delivers what the first sends, from a task.
    assert senders == {"core/mail.py", "accounts/mail.py"}


def test_no_two_classes_have_one_name():
    """Those of a module; the choices of a model are nested in it."""
    places = defaultdict(set)
    for path, module in nodes(ast.Module):
        for node in module.body:
            if isinstance(node, ast.ClassDef) and node.name not in NAMED_BY_DJANGO:
                places[node.name].add(path)

    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def own_screens() -> list[type]:
    """Every view of ours in the editor that is none of Wagtail's generic ones, which know their way."""

    def below(view: type) -> Iterator[type]:
        for found in view.__subclasses__():
            yield found
            yield from below(found)

    assert get_resolver().url_patterns  # whose views are imported by now
    views = {view for view in below(WagtailAdminTemplateMixin) if view.__module__.partition(".")[0] in ROOMS}
    return sorted((view for view in views if hasattr(view, "template_name") and view.template_name), key=str)


@pytest.mark.parametrize("view", own_screens(), ids=lambda view: view.__name__)
def test_a_screen_of_ours_says_where_one_is(view):
    """Without it the head of the screen says that one is at home."""
    assert view.get_breadcrumbs_items is not WagtailAdminTemplateMixin.get_breadcrumbs_items
