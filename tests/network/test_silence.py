"""A suspended site is silent everywhere; an archive is in no list of the network; what expires is gone at once."""

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page

from core.models import SiteDocument
from network.governance import close, resume, suspend
from poles.collections import collection_of
from tests.factories import (
    ArticlePageFactory,
    EventPageFactory,
    ImageFactory,
    MemberPageFactory,
    VideoIndexPageFactory,
    VideoPageFactory,
)

pytestmark = pytest.mark.django_db

CANARY = "Canari"
LINK = re.compile(r'(?:href|src|content)="([^"]+)"')
MAX_VISITS = 250


@pytest.fixture
def published(north):
    """One of everything that a pôle publishes, with the canary in its title."""
    picture = ImageFactory(title=CANARY, collection=collection_of(north.site))
    return [
        ArticlePageFactory(parent=north.index, title=f"{CANARY} article", listing_image=picture),
        EventPageFactory(parent=north.agenda, title=f"{CANARY} événement", commune=CANARY),
        MemberPageFactory(parent=north.directory, title=f"{CANARY} membre", commune=CANARY),
        VideoPageFactory(parent=VideoIndexPageFactory(parent=north.home), title=f"{CANARY} vidéo"),
    ]


def seen_from(client: Client, start: str = "/") -> dict[str, str]:
    """Every address of a host that links lead to from its home, and what it answers."""
    host = client.defaults["SERVER_NAME"]
    queue = [start, f"/recherche/?q={CANARY}", f"/recherche/suggestions/?q={CANARY}", "/sitemap.xml"]
    found: dict[str, str] = {}
    while queue and len(found) < MAX_VISITS:
        address = queue.pop(0)
        if address in found:
            continue
        response = client.get(address, follow=False)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[address] = body.decode(errors="replace")
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for link in LINK.findall(found[address]):
            parts = urlsplit(urljoin(f"http://{host}{address}", link.replace("&amp;", "&")))
            # One page of each list and form is enough; calendars have a next month for ever.
            if (
                parts.hostname == host
                and parts.query.count("&") == 0
                and not parts.path.startswith(("/admin", "/static"))
            ):
                path = f"{parts.path}?{parts.query}" if parts.query else parts.path
                if path not in queue:
                    queue.append(path)
    return found


def places_of_the_canary(client: Client) -> set[str]:
    return {
        address for address, text in seen_from(client).items() if CANARY.lower() in text.lower() and "q=" not in address
    }


def search_finds_it(client: Client) -> bool:
    results = strip_tags(client.get("/recherche/", {"q": CANARY}).content.decode())
    return f"{CANARY} article" in " ".join(results.split())


def test_a_suspended_site_is_in_no_output_of_the_portal_nor_of_another_pole(
    published, north, south, portal_visitor, network_admin
):
    before = places_of_the_canary(portal_visitor)
    addresses = list(seen_from(portal_visitor))
    for output in ("csv", "xlsx", "json", "geojson", "ical", "rss", "atom", "imprimer"):
        assert any(output in address for address in addresses), output
    assert {"/", "/annuaire/", "/agenda/"} <= before and len(before) > 12
    assert search_finds_it(portal_visitor)

    suspend(north.pole, "De retour lundi.", by=network_admin)

    assert places_of_the_canary(portal_visitor) == set() == places_of_the_canary(south.visitor)
    assert not search_finds_it(portal_visitor) and not search_finds_it(south.visitor)

    resume(north.pole, by=network_admin)
    assert places_of_the_canary(portal_visitor) == before


def test_its_files_answer_on_no_host_but_to_those_who_work_in_the_editor(
    published, north, south, portal_visitor, network_admin
):
    picture = published[0].listing_image
    rendition = picture.get_rendition("fill-400x225|format-jpeg")
    document = SiteDocument.objects.create(title=CANARY, file=picture.file, collection=collection_of(north.site))
    addresses = [picture.file.url, rendition.file.url, document.url]

    def statuses(client: Client) -> set[int]:
        return {client.get(address).status_code for address in addresses}

    assert statuses(portal_visitor) == statuses(south.visitor) == {200}
    suspend(north.pole, "", by=network_admin)
    assert statuses(portal_visitor) == statuses(south.visitor) == {404}
    assert statuses(north.writer_client) == {200}


def test_its_people_see_it_whole_in_their_previews(published, north, network_admin):
    suspend(north.pole, "", by=network_admin)

    preview = north.writer_client.get(f"/admin/pages/{north.index.pk}/view_draft/").content.decode()

    assert CANARY in preview


def test_an_archive_stays_on_line_and_in_the_search_and_leaves_the_lists_of_the_network(
    published, north, portal_visitor, network_admin
):
    close(north.pole, "Merci à toutes et tous.", by=network_admin)

    assert places_of_the_canary(portal_visitor) == set()
    assert search_finds_it(portal_visitor)
    assert CANARY in north.visitor.get(published[0].url).content.decode()


def test_what_expires_is_gone_at_its_moment_in_every_form(published, north, portal_visitor):
    Page.objects.filter(pk__in=[page.pk for page in published]).update(expire_at=timezone.now() - timedelta(seconds=1))

    for page, files in zip(published, ((), ("ical/",), ("vcard/",), ()), strict=True):
        for file in ("", *files):
            assert north.visitor.get(f"{page.url}{file}").status_code == 404, file
    assert places_of_the_canary(portal_visitor) == set() == places_of_the_canary(north.visitor)
