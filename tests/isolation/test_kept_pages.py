"""What the page cache keeps is what everybody may read: nothing private, no token, no page of the editor."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from core.page_cache.copies import Copy
from tests.isolation.world import World
from tests.visits import commit

pytestmark = pytest.mark.django_db

KNOWN = [
    *("/", "/br/", "/actualites/", "/videos/", "/agenda/", "/annuaire/", "/recherche/?q=hermine", "/sitemap.xml"),
    *("/sitemap-pages.xml", "/sitemap-videos.xml", "/actualites/rss/", "/agenda/ical/", "/robots.txt", "/nulle-part/"),
]
LINK = re.compile(r'(?:href="|<loc>http://[^/]+)(/[^"#<]*)')


def walk(client: Client, most: int = 250) -> None:
    """Ask for every address of the site that can be found."""
    known, waiting = set(KNOWN), list(KNOWN)
    while waiting and most:
        address, most = waiting.pop(0), most - 1
        answer = client.get(address)
        if answer.streaming or ("text" not in answer.get("Content-Type", "") and "xml" not in answer["Content-Type"]):
            continue
        for link in LINK.findall(answer.text):
            link = unquote(link.replace("&amp;", "&"))
            if link not in known and not link.startswith(("/admin/", "/static/", "/media/")):
                known.add(link)
                waiting.append(link)


def test_nothing_that_is_kept_is_of_one_person_or_of_another_host(north, south, portal, settings, tmp_path):
    settings.PAGE_CACHE_FOLDER = tmp_path
    world = World(north, "CANARI")
    commit()
    passed = Client(SERVER_NAME=north.site.hostname)  # somebody who has the password of the private page
    form = passed.get(world.private.relative_url(north.site))
    passed.post(
        form.context["action_url"],
        {"password": world.private.get_view_restrictions()[0].password, "return_url": world.private.full_url},
    )
    editor = north.publisher_client
    for page in world.pages:
        editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    for client in (editor, passed, *(Client(SERVER_NAME=site.hostname) for site in (north.site, south.site, portal))):
        walk(client)

    copies = [Copy.from_bytes(path.read_bytes()) for path in tmp_path.glob("*/site-*/*") if path.is_file()]
    assert len(copies) > 60
    for copy in copies:
        text = copy.identity.decode(errors="replace") if copy.bodies else ""
        assert "csrfmiddlewaretoken" not in text, copy.key
        assert "Set-Cookie" not in copy.headers, copy.key
        assert "/admin/" not in copy.key
        assert "CANARI" not in text, copy.key
    own = {of.hostname: f"/site-{of.pk}/" for of in (north.site, south.site, portal)}
    for path in tmp_path.glob("*/site-*/*"):
        if path.is_file():
            host = Copy.from_bytes(path.read_bytes()).key.split("/")[2]
            assert own[host] in str(path)
