"""Nobody of one pôle reads or changes what is another's: every view, every verb, every role.

The walk asks each view of the install for the other pôle's things. Whatever comes back must be a refusal where the
view is about them, must never hold a word of their private texts, and must leave every row as it was.
"""

import io
import re
import zipfile
from collections import Counter
from contextlib import contextmanager
from http.cookies import SimpleCookie
from itertools import islice

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.conftest import EDITOR_HOST, editor_client
from tests.factories import UserFactory, jpeg
from tests.isolation.routes import BULK_ACTIONS, CLOSED, NAMELESS, OPEN, OPEN_ROUTES, SKIPPED, arguments, patterns
from tests.isolation.world import SEARCH_WORD

pytestmark = pytest.mark.django_db

# Who asks for whose things. What a writer may do with their own, the publisher may too.
QUESTIONS = [
    ("writer", "theirs"),
    ("publisher", "theirs"),
    ("publisher", "own"),
    ("stranger", "theirs"),
    ("anonymous", "theirs"),
    ("visitor", "theirs"),
]
REFUSALS = {400, 401, 403, 404, 405, 410}
# Where a refusal sends people: the editor's home, its login page, and from a site's own host to the editor's.
REFUSAL_TARGETS = re.compile(rf"^(?:/admin/(?:login/.*)?|http://{EDITOR_HOST}/admin/.*)$")


def client_of(role, own, theirs) -> Client:
    if role == "visitor":
        return Client(SERVER_NAME=theirs.site.hostname)
    if role == "anonymous":
        return Client(SERVER_NAME=EDITOR_HOST)
    if role == "stranger":  # an account that was removed from every pôle
        return editor_client(UserFactory())
    return editor_client(getattr(own.pole, role))


def body(world) -> dict:
    """Fields that many forms know, all about the other pôle."""
    return {
        "title": "Pris", "slug": "pris", "name": "Pris", "code": "br", "language_code": "br",
        "email": "pris@example.org", "hostname": "pris.test", "port": 80, "site_name": "Pris",
        "root_page": world.pole.home.pk, "site": world.site.pk,
        "collection": world.collection.pk, "parent": world.pole.collection.pk, "parent_page": world.pole.index.pk,
        "parent_page_id": world.pole.index.pk, "new_parent_page": world.pole.index.pk, "chooser": world.pole.index.pk,
        "destination_page_id": world.pole.index.pk, "new_title": "Pris", "new_slug": "pris", "copy_subpages": "1",
        "publish_copies": "1", "alias": "1", "recursive": "true", "keep_live": "true", "position": 0,
        "locales": [locale.pk for locale in type(world.draft.locale).objects.exclude(language_code="fr")],
        "locale": "br", "include_subtree": "1", "publish_translations": "1", "value": "Kemeret",
        "action-publish": "1", "action-submit": "1", "comment": "Pris", "restriction_type": "none",
        "old_path": "/contact", "redirect_link": "https://mal.example.org", "redirect_page": world.pole.home.pk,
        "groups": list(world.groups.values_list("pk", flat=True)), "is_superuser": "on", "is_active": "",
        "role": world.groups.first().pk, "user": [person.pk for person in world.people], "tags": "pris",
        "page": [page.pk for page in world.pages], "is_editing": "1", "primary": "#000000", "next": "/admin/pages/",
        "revision_id": world.draft.latest_revision.pk, "confirm": "yes", "action": "publish",
        "proposal": world.proposal.pk, "member": world.member.pk, "agenda": world.pole.agenda.pk,
        "refresh": world.calendar_source.pk, "starts_on": "2027-03-01", "campaign": world.campaign.pk,
    }  # fmt: skip


def queries(world, name, arguments) -> list[str]:
    """What to ask in the address: nothing; then the word beside each canary and every key that such views filter by."""
    if name == "wagtail_bulk_action":
        keys = {
            "page": [page.pk for page in world.pages],
            "involvementtext": [world.involvement_text.pk],
            "siteimage": [world.image.pk],
            "sitedocument": [world.document.pk],
            "user": [person.pk for person in world.people],
            "topic": [world.topic.pk],
            "sector": [world.sector.pk],
            "principle": [world.principle.pk],
            "charter": [world.charter.pk],
            "campaign": [world.campaign.pk],
            "pole": [world.pole.pole.pk],
            "approvedhost": [world.video_host.pk],
            "synonymgroup": [world.synonyms.pk],
            "bestbet": [world.best_bet.pk],
            "pays": [world.pole.pole.pays_id],
        }[arguments["model_name"]]
        return ["&".join(f"id={key}" for key in keys), f"id={keys[0]}", f"id=+{keys[0]}"]
    if name in CLOSED and not name.endswith("chosen_multiple"):
        return [""]
    if name == "wagtailadmin_choose_page_chosen_multiple":
        return [f"id={world.draft.pk}", f"id={world.private.pk}", f"id=+{world.draft.pk}"]
    ids = [*(page.pk for page in world.pages), world.image.pk, world.document.pk, world.topic.pk]
    wanted = [
        f"q={SEARCH_WORD}",
        f"search={SEARCH_WORD}",
        f"title={SEARCH_WORD}",
        f"term={SEARCH_WORD}",
        f"collection_id={world.collection.pk}",
    ]
    wanted += [f"id={key}" for key in ids]
    asked = [f"user={world.people[0].pk}", f"site={world.site.pk}", f"child_of={world.pole.index.pk}"]
    found = ["&".join(wanted)]
    if name.startswith(("wagtailadmin_reports", "wagtailadmin_pages", "wagtailimages", "wagtaildocs")):
        found += [
            "",
            "export=csv",
            "export=xlsx",
            f"q={SEARCH_WORD}",
            "&".join(asked),
            f"collection_id={world.collection.pk}",
        ]
    elif name.startswith("wagtailadmin_api"):
        found = [
            "",
            f"search={SEARCH_WORD}",
            f"child_of={world.pole.index.pk}",
            "fields=*",
            f"id={ids[0]}",
            "for_explorer=1",
        ]
    elif name not in CLOSED:
        found += ["", f"q={SEARCH_WORD}"]
    return found


class Watch:
    """Compares the rows of a pôle with what they were, when a statement wrote in a table that they are read from.

    Most questions write nothing but the time of somebody's session, and a comparison costs more than a question.
    """

    def __init__(self, world):
        self.world, self.read_from = world, set()
        with connection.execute_wrapper(self.note_reads):
            self.before = world.rows()

    def note_reads(self, execute, sql, params, many, context):
        self.read_from |= set(re.findall(r'"(\w+)"', sql))  # columns too, which does no harm
        return execute(sql, params, many, context)

    def note_writes(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "WITH")):
            written = re.match(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"', sql)
            # What we cannot read may be anything.
            self.must_compare |= written is None or written[1] in self.read_from
        return execute(sql, params, many, context)

    @contextmanager
    def writes(self):
        self.must_compare = False
        with connection.execute_wrapper(self.note_writes):
            yield

    def changed(self) -> list[str]:
        if not self.must_compare:
            return []
        return [model for model, rows in self.world.rows().items() if rows != self.before[model]]


def text_of(response) -> str:
    """All that the answer says: headers, body, and what is zipped in it."""
    queued = getattr(response.wsgi_request, "_messages", ())  # shown on the next page, wherever that is
    content = b"".join(response.streaming_content) if response.streaming else response.content
    said = [repr(response.headers), *(str(message) for message in queued), content.decode("utf-8", "replace")]
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        said += [archive.read(member).decode("utf-8", "replace") for member in archive.namelist()]
    return "\n".join(said).lower()


def is_refusal(response) -> bool:
    if response.status_code in (301, 302):
        return bool(REFUSAL_TARGETS.match(response["Location"]))
    return response.status_code in REFUSALS


def address(name, given) -> str:
    return reverse(name, args=given) if isinstance(given, list) else reverse(name, kwargs=given)


def walk(world, every_state=True, every_list=True):
    """(name, address, whether closed) for every view of the install, asked for the things of that pôle.

    With a page in every state, or one draft; with every search, filter and export of each list, or the first.
    """
    for name, route in patterns():
        if name in SKIPPED or (not name and route in NAMELESS):
            continue
        name = name or "picture_file"
        for given in arguments(name, route, world, every_state):
            url = f"/media/{given['path']}" if name == "picture_file" else address(name, given)
            asked = queries(world, name, given)
            for query in asked if every_list else asked[:1]:
                yield name, f"{url}?{query}" if query else url, name in CLOSED and route not in OPEN_ROUTES


def test_every_view_of_the_install_is_known_here():
    """An upgrade, or a new room, that adds a view says here who may use it."""
    met = {name or route for name, route in patterns()} - NAMELESS
    met = {"picture_file" if "original_images" in name else name for name in met}

    assert met - CLOSED - OPEN - SKIPPED == set(), (
        "say whether these views are CLOSED or OPEN, in tests/isolation/routes.py"
    )
    assert (CLOSED | OPEN) - met <= {"public_style_guide"}, "these views are gone"


def in_parts():
    """Every question in parts that end at about the same time, for machines with several processors."""
    for role, asking_for in QUESTIONS:
        for verb in ("get", "post"):
            parts = 6 if (role, verb) == ("publisher", "get") else 2
            for part in range(parts):
                name = f"{role}-{asking_for}-{verb}-{part + 1}-of-{parts}"
                yield pytest.param(role, asking_for, verb, part, parts, id=name)


@pytest.mark.parametrize(("role", "asking_for", "verb", "part", "parts"), in_parts())
def test_nothing_of_another_pole_is_read_or_changed(world, own, role, asking_for, verb, part, parts, record_property):
    """Asking for theirs; and asking for one's own, with the numbers of theirs in every field of the form."""
    client = client_of(role, own, world)
    client.raise_request_exception = False  # a form without its management data is an error of Wagtail's, not a leak
    watch, posted = Watch(world), body(world)
    cookies = client.cookies.output(attrs=[], header="", sep=";")
    tried, found = Counter(), {}

    things = world if asking_for == "theirs" else own
    thoroughly = role == "publisher" and verb == "get"
    asked = walk(things, every_state=thoroughly and asking_for == "theirs", every_list=thoroughly)
    for name, url, closed in islice(asked, part, None, parts):
        if verb == "post" and "export=" in url:
            continue
        with transaction.atomic():
            with watch.writes():
                if verb == "post":
                    files = {"files[]": io.BytesIO(jpeg())} if name.endswith("add_multiple") else {}
                    response = client.post(url, {**posted, **files})
                else:
                    response = client.get(url)
                said = text_of(response)
            changed = watch.changed()
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)  # logging out is among the questions
        tried[name] += 1
        canary = world.canary.lower()
        if canary in said:
            at = said.index(canary)
            found.setdefault((name, "says"), f"{url} …{said[max(0, at - 80) : at + 60]!r}")
        if changed:
            found.setdefault((name, "changed"), f"{', '.join(changed)} at {url}")
        if asking_for == "theirs" and closed and not is_refusal(response):
            answer = f"{response.status_code} {response.headers.get('Location', '')}"
            found.setdefault((name, "answered"), f"{answer} at {url}")

    record_property("isolation", tried.total())
    assert not found, "\n".join(f"{name} {what} {example}" for (name, what), example in found.items())


def test_a_change_of_theirs_is_noticed_and_a_session_is_none(world):
    watch = Watch(world)

    with watch.writes():
        editor_client(UserFactory())
        Page.objects.filter(pk=world.draft.pk).update(title="Pris")
    assert watch.changed() == ["wagtailcore.Page", "people"]

    with watch.writes():
        Session.objects.create(session_key="x", expire_date=timezone.now())
    assert not watch.must_compare
    with watch.writes(), connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET title = 'Pris'")  # without quotes: read as anything
    assert watch.must_compare


def test_the_walk_reaches_what_it_asks_for(world, admin_of_everything):
    """The same questions from somebody who may: else every refusal would only be an address that leads nowhere."""
    admin_of_everything.raise_request_exception = False
    lost, found = Counter(), Counter()
    for name, url, closed in walk(world):
        if closed:
            with transaction.atomic():
                if admin_of_everything.get(url).status_code == 404:
                    lost[name] += 1
                else:
                    found[name] += 1
                transaction.set_rollback(True)
    assert set(lost) - set(found) <= NOT_FOUND_EVEN_BY_THOSE_WHO_MAY, sorted(set(lost) - set(found))


# Pictures at an address of one's own making are not served by this install.
NOT_FOUND_EVEN_BY_THOSE_WHO_MAY = {"wagtailimages:url_generator", "wagtailimages:url_generator_output"}


@pytest.fixture
def admin_of_everything(db) -> Client:
    return editor_client(UserFactory(is_superuser=True))


def test_every_bulk_action_of_the_editor_is_in_the_walk():
    from wagtail.admin.views.bulk_action.registry import bulk_action_registry

    bulk_action_registry._scan_for_bulk_actions()
    registered = {
        (app_label, model_name, action)
        for app_label, models in bulk_action_registry.actions.items()
        for model_name, actions in models.items()
        for action in actions
    }
    assert registered <= set(BULK_ACTIONS)
