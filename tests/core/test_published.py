"""The one meaning of "published"."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from core.querysets import pages
from tests.factories import ArticleIndexPageFactory, ArticlePageFactory

pytestmark = pytest.mark.django_db


def test_a_page_is_published_when_live_public_and_not_expired(north):
    section = ArticleIndexPageFactory(parent=north.index)
    shown = ArticlePageFactory(parent=section)
    ArticlePageFactory(parent=section, live=False)
    ArticlePageFactory(parent=section, expire_at=timezone.now() - timedelta(minutes=1))
    later = ArticlePageFactory(parent=section, expire_at=timezone.now() + timedelta(days=1))

    assert set(ArticlePage.objects.published()) == {shown, later}


def test_a_restriction_hides_everything_below_it_and_nothing_beside(north, south):
    section = ArticleIndexPageFactory(parent=north.index)
    inside = ArticlePageFactory(parent=section)
    beside = ArticlePageFactory(parent=north.index)
    PageViewRestriction.objects.create(page=section, restriction_type="password", password="x")

    published = set(ArticlePage.objects.published())

    assert inside not in published and beside in published
    assert section.page_ptr not in set(pages().published())


def test_under_a_home_no_page_of_another_site_is_found(north, south):
    ArticlePageFactory(parent=south.index)
    article = ArticlePageFactory(parent=north.index)

    assert list(ArticlePage.objects.under(north.home)) == [article]
