"""What a page costs beside its queries: calls of Python functions, which are the same at every run.

A page that gets a tenth dearer fails here; put the new number where the reason for it is good. Counted on the oldest
Python that is supported: newer ones make fewer.
"""

import cProfile
import pstats

import pytest

from tests.factories import ArticlePageFactory, EventPageFactory, ImageFactory, MemberPageFactory, TopicFactory

pytestmark = pytest.mark.django_db

BUDGETS = {"home": 153_000, "listing": 137_000, "article": 130_000, "agenda": 149_000, "event": 84_000,
           "directory": 96_000, "member": 73_000, "feed": 90_000, "search": 146_000, "portal": 178_000}  # fmt: skip


def calls(client, path: str) -> int:
    """Of making the page once more, when whatever a process loads once is loaded."""
    assert client.get(path).status_code == 200
    profile = cProfile.Profile()
    profile.enable()
    client.get(path)
    profile.disable()
    return pstats.Stats(profile).total_calls


def test_no_page_gets_a_tenth_dearer(north, portal_visitor, settings):
    settings.PAGE_CACHE = False
    topics, image = TopicFactory.create_batch(3), ImageFactory()
    article, *_ = ArticlePageFactory.create_batch(15, parent=north.index, topics=topics[:2], listing_image=image)
    event, *_ = EventPageFactory.create_batch(15, parent=north.agenda)
    member, *_ = MemberPageFactory.create_batch(15, parent=north.directory)
    pages = {
        "home": "/",
        "listing": "/actualites/",
        "article": article.relative_url(north.site),
        "agenda": "/agenda/",
        "event": event.relative_url(north.site),
        "directory": "/annuaire/",
        "member": member.relative_url(north.site),
        "feed": "/actualites/rss/",
        "search": "/recherche/?q=article",
    }
    found = {name: calls(north.visitor, path) for name, path in pages.items()}
    found["portal"] = calls(portal_visitor, "/")
    assert {name: count for name, count in found.items() if count > BUDGETS[name] * 1.1} == {}
