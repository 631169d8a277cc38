"""From an address to a page: as Wagtail finds it, at any depth."""

import pytest
from django.core.cache import cache
from wagtail.models import Page, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from core.identity import SiteIdentity
from core.routing import find_route, warm_site_addresses
from tests.factories import ArticleIndexPageFactory, ArticlePageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def deep_page(north):
    parent = north.home
    for number in range(5):
        parent = StandardPageFactory(parent=parent, slug=f"niveau-{number}")
    return parent


def ask(pole, rf, path):
    request = rf.get("/" + path, headers={"host": pole.site.hostname})
    return find_route(request, path)


@pytest.mark.parametrize(
    "path", ["", "actualites/", "actualites/rss/", "niveau-0/niveau-1/niveau-2/niveau-3/niveau-4/"]
)
def test_a_page_is_the_one_that_wagtails_own_walk_finds(north, deep_page, rf, path):
    components = [part for part in path.split("/") if part]
    walked = north.site.root_page.specific.route(rf.get("/"), components)

    found = ask(north, rf, path)

    assert found.page == walked.page
    assert len(found.args) == len(walked.args)


@pytest.mark.parametrize(
    "path", ["nulle-part/", "actualites/nulle-part/", "actualites/rss/rss/", "niveau-1/", "a/" * 40]
)
def test_what_does_not_exist_is_not_found(north, deep_page, rf, path):
    assert ask(north, rf, path) is None


def test_drafts_and_pages_of_other_sites_are_not_found(north, south, rf):
    draft = ArticlePageFactory(parent=north.index, slug="brouillon", live=False)
    ArticlePageFactory(parent=south.index, slug="du-sud")

    assert ask(north, rf, f"actualites/{draft.slug}/") is None
    assert ask(north, rf, "actualites/du-sud/") is None
    assert ask(north, rf, f"{south.home.slug}/actualites/du-sud/") is None


def test_the_depth_of_a_page_costs_nothing(north, deep_page, rf, django_assert_num_queries):
    request = rf.get("/", headers={"host": north.site.hostname})
    find_route(request, "niveau-0/")  # reads the site, and the content type of the page once a process

    with django_assert_num_queries(2):
        find_route(request, "niveau-0/niveau-1/niveau-2/niveau-3/niveau-4/")


def test_the_pages_above_are_its_breadcrumb(north, rf):
    section = ArticleIndexPageFactory(parent=north.index, slug="dossiers")
    ArticlePageFactory(parent=section, slug="un-article")

    page = ask(north, rf, "actualites/dossiers/un-article/").page

    assert [step.pk for step in page.breadcrumb] == [north.home.pk, north.index.pk, section.pk]


def test_a_section_taken_off_line_is_not_in_the_breadcrumb(north, rf):
    section = ArticleIndexPageFactory(parent=north.index, slug="dossiers")
    ArticlePageFactory(parent=section, slug="un-article")
    section.live = False
    section.save()

    page = ask(north, rf, "actualites/dossiers/un-article/").page

    assert section.pk not in [step.pk for step in page.breadcrumb]


def test_the_restrictions_found_are_those_that_wagtail_finds(north, rf):
    from wagtail.models import PageViewRestriction

    section = ArticleIndexPageFactory(parent=north.index, slug="dossiers")
    ArticlePageFactory(parent=section, slug="un-article")
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="password", password="x")

    page = ask(north, rf, "actualites/dossiers/un-article/").page

    assert list(page.get_view_restrictions()) == [restriction]
    assert list(Page.get_view_restrictions(page)) == [restriction]


def test_an_alias_of_a_private_page_is_as_private(north, rf):
    from wagtail.models import PageViewRestriction

    from articles.models import ArticlePage

    section = ArticleIndexPageFactory(parent=north.index, slug="dossiers")
    private = ArticlePageFactory(parent=section, slug="un-article")
    alias = private.create_alias(parent=north.index, update_slug="copie")
    PageViewRestriction.objects.create(page=section, restriction_type="password", password="x")

    assert alias not in set(ArticlePage.objects.published())
    assert ask(north, rf, "actualites/copie/").page.get_view_restrictions().exists()


def test_the_addresses_of_the_sites_are_those_that_wagtail_computes(north, south, django_assert_num_queries):
    SiteIdentity.objects.filter(site=north.site).update(breton_enabled=True)  # with a home of its own below
    home = north.home.copy_for_translation(north.home.locale.__class__.objects.get(language_code="br"))
    home.save_revision().publish()
    Site.clear_site_root_paths_cache()
    expected = Site.get_site_root_paths()
    cache.clear()

    with django_assert_num_queries(1):
        warm_site_addresses()

    stored = cache.get(SITE_ROOT_PATHS_CACHE_KEY, version=SITE_ROOT_PATHS_CACHE_VERSION)
    assert sorted(stored) == sorted(expected)
    assert [path.site_id for path in stored] == [path.site_id for path in expected]
