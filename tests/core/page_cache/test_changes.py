"""Whatever changes what visitors see makes new the pages that show it, on every site that shows it."""

import re
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Site

from commons.models import Signature
from core.models import ApprovedHost, SiteDocument, SiteImage
from core.page_cache.changes import changed
from core.page_cache.generations import NETWORK, PORTAL, SEARCH, generations, of_site
from core.page_cache.rules import is_ours
from core.page_changes import rules
from home.menu import show
from search.models import BestBet, SynonymGroup
from tests.factories import (
    ArticlePageFactory,
    EventPageFactory,
    MemberPageFactory,
    PrincipleFactory,
    TopicFactory,
    VideoPageFactory,
    jpeg,
)
from tests.isolation.world import World
from tests.kinds import kinds, page_of_kind
from tests.visits import commit, is_kept, visit

pytestmark = pytest.mark.django_db


def numbers(*sites: Site) -> dict[str, str]:
    scopes = [NETWORK, PORTAL, SEARCH, *(of_site(site.pk) for site in sites)]
    return dict(zip(scopes, generations().read(scopes), strict=True))


@pytest.fixture
def moved(north, south):
    """The scopes that a block of changes moved."""

    def after(change) -> set[str]:
        commit()
        before = numbers(north.site, south.site)
        change()
        commit()
        return {scope for scope, number in numbers(north.site, south.site).items() if before[scope] != number} - {
            SEARCH
        }

    commit()
    return after


# Every model


OURS = [model for model in apps.get_models(include_auto_created=True) if is_ours(model)]
OTHERS_SHOWN = [Site, Locale, Redirect, PageViewRestriction]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_says_what_its_rows_change(model):
    owner = model._meta.auto_created or model  # of a table between two
    assert rules().is_told(owner), (
        f"{model._meta.label}: say what saving one changes: Shown or NotShown, by the hook page_cache_rules of its room"
    )


def test_saving_and_deleting_a_row_of_any_model_moves_the_numbers_of_its_site(world_of_north, moved, north, south):
    of_others = of_site(south.site.pk)
    wrong = {}
    for model in filter(rules().is_shown, OURS + OTHERS_SHOWN):
        row = a_row(model, north)
        if row is None:
            wrong[model._meta.label] = "make one in the world of this test"
            continue
        with transaction.atomic():
            saved = moved(row.save)
            transaction.set_rollback(True)
        deleted = saved
        with suppress(ProtectedError), transaction.atomic():  # a word in use cannot be deleted
            deleted = moved(row.delete)
            transaction.set_rollback(True)
        portals = isinstance(row, Page) and not row.path.startswith(north.home.path)
        mine = {PORTAL} if portals else {PORTAL, of_site(north.site.pk)}
        for done, scopes in (("saved", saved), ("deleted", deleted)):
            if NETWORK not in scopes and (not mine <= scopes or of_others in scopes):
                wrong[model._meta.label, done] = scopes
    assert not wrong


@pytest.fixture
def world_of_north(north):
    world = World(north, "CANARI")
    SynonymGroup.objects.create(words="donnerie\nressourcerie")
    BestBet.objects.create(words="joindre", address="contact")
    ApprovedHost.objects.create(hostname="tube.example.org", name="Tube")
    VideoPageFactory(parent=north.video_index, topics=[TopicFactory()])
    event = EventPageFactory(parent=north.agenda, topics=[TopicFactory()])
    event.organisers.create(site=north.site)
    event.save()
    Signature.objects.create(pole=north.pole, charter=world.charter, signed_on=date(2026, 1, 15))
    article, other = ArticlePageFactory.create_batch(2, parent=north.index, topics=[TopicFactory()])
    article.related_articles.create(article=other)
    article.save()
    return world


def a_row(model, north):
    """One of that pôle where a pôle may have one."""
    rows = model._default_manager.all()
    if issubclass(model, Page):
        return rows.descendant_of(north.home, inclusive=True).first() or rows.first()
    if model is Redirect:
        rows.get_or_create(old_path="/ancien", site=north.site)
    if model is PageViewRestriction:
        rows.get_or_create(page=north.index, restriction_type="login")
    names = {field.name for field in model._meta.fields}
    return (rows.filter(site=north.site) if "site" in names else rows).order_by("-pk").first()


# What each change shows

AROUND = [
    *("/", "/actualites/", "/videos/", "/agenda/", "/annuaire/", "/plan-du-site/"),
    *("/actualites/rss/", "/agenda/ical/", "/sitemap-pages.xml"),
]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_page_published_in_the_editor_is_what_the_next_visitor_reads(north, portal, south, kind):
    page = page_of_kind(north, kind)
    commit()
    addresses = [
        (north.site.hostname, address)
        for address in (
            "/",
            "/actualites/",
            "/videos/",
            "/agenda/",
            "/annuaire/",
            "/plan-du-site/",
            "/actualites/rss/",
            "/agenda/ical/",
            "/sitemap-pages.xml",
            page.relative_url(north.site),
        )
    ] + [(portal.hostname, address) for address in ("/", "/agenda/", "/annuaire/")]
    others = [(south.site.hostname, "/"), (south.site.hostname, "/actualites/")]
    for host, address in addresses + others:
        visit(host, address)
    page = page.specific
    page.title = "Un titre que personne n’avait"
    page.save_revision(user=north.publisher)
    commit()
    assert is_kept(visit(*others[0]))  # a draft changes nothing
    assert is_kept(visit(*addresses[0]))

    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert north.publisher_client.post(f"{bulk}?id={page.pk}&next=/admin/").status_code == 302
    commit()

    for host, address in addresses:
        assert_fresh(host, address)
    assert "Un titre que personne n’avait" in visit(*addresses[-4]).text
    assert all(is_kept(visit(host, address)) for host, address in others), "what another pôle publishes changes nothing"


def assert_fresh(host: str, address: str) -> None:
    from django.conf import settings

    answered = visit(host, address)
    settings.PAGE_CACHE, kept = False, settings.PAGE_CACHE
    try:
        fresh = visit(host, address)
    finally:
        settings.PAGE_CACHE = kept
    assert answered.status_code == fresh.status_code, address
    assert without_times(answered.text) == without_times(fresh.text), address


WHEN_IT_WAS_MADE = re.compile(r'DTSTAMP\S+|<(lastBuildDate|updated)>[^<]+|name="form_key" value="[^"]+"')


def without_times(text: str) -> str:
    return WHEN_IT_WAS_MADE.sub("", text)


@pytest.fixture
def article(north):
    article = ArticlePageFactory(parent=north.index, slug="un-article", title="Un article")
    article.save_revision().publish()
    commit()
    return article


PATH = "/actualites/un-article/"


def unpublish(article, north):
    article.unpublish()


def delete(article, north):
    north.publisher_client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))


def restrict(article, north):
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="x")


def restrict_the_section(article, north):
    PageViewRestriction.objects.create(page=north.index, restriction_type="password", password="x")


def let_expire(article, north):
    article.expire_at = timezone.now() - timedelta(minutes=1)
    article.save_revision().publish()


def rename_its_address(article, north):
    article.slug = "ailleurs"
    article.save_revision().publish()


def move_it(article, north):
    article.move(north.home, pos="last-child")


def suspend_the_site(article, north):
    from core.identity import SiteState
    from network.governance import set_state

    set_state(north.pole, SiteState.SUSPENDED)


@pytest.mark.parametrize(
    "withdraw",
    [unpublish, delete, restrict, restrict_the_section, let_expire, rename_its_address, move_it, suspend_the_site],
)
def test_what_is_withdrawn_is_read_by_nobody_any_more(north, portal, article, withdraw):
    for host in (north.site.hostname, portal.hostname):
        visit(host, "/")
    assert "Un article" in visit(north.site.hostname, PATH).text
    withdraw(article, north)
    commit()
    answer = visit(north.site.hostname, PATH)
    assert answer.status_code in (301, 302, 404, 503) or b"password" in answer.content
    assert "Un article" not in answer.text
    assert_fresh(north.site.hostname, "/")
    assert_fresh(portal.hostname, "/")


def identity(north):
    found = north.identity
    found.name = "Un autre nom"
    found.save()


def entry_of_the_menu(north):
    show(north.index, False, north.publisher)


def principle(north):
    PrincipleFactory(title="Un principe neuf")


def topic(north):
    TopicFactory(name="Un thème neuf")


def former_address(north):
    Redirect.add_redirect("/ancien/", redirect_to="/actualites/", site=north.site)


def picture(north):
    image = SiteImage.objects.latest("pk")
    image.title = "Un autre texte"
    image.save()


@pytest.mark.parametrize("change", [identity, entry_of_the_menu, principle, topic, former_address, picture])
def test_what_is_around_a_page_is_new_too(world_of_north, north, change):
    commit()
    addresses = ("/", "/actualites/", "/principes/", "/ancien/", "/nulle-part/")
    for address in addresses:
        visit(north.site.hostname, address)
    change(north)
    commit()
    for address in addresses:
        assert_fresh(north.site.hostname, address)


def test_a_page_that_mentions_one_of_another_site_follows_it(north, south):
    member = MemberPageFactory(parent=south.directory, title="Le premier nom")
    event = EventPageFactory(parent=north.agenda, slug="fete")
    event.organisers.create(member=member)
    event.save_revision().publish()
    commit()
    assert "Le premier nom" in visit(north.site.hostname, "/agenda/fete/").text
    member.title = "Le second nom"
    member.save_revision().publish()
    commit()
    assert "Le second nom" in visit(north.site.hostname, "/agenda/fete/").text


def test_results_of_a_search_follow_the_index(north):
    assert "Tintinnabule" not in visit(north.site.hostname, "/recherche/?q=tintinnabule").text
    ArticlePageFactory(parent=north.index, title="Tintinnabule")
    commit()
    found = visit(north.site.hostname, "/recherche/?q=tintinnabule")
    assert "1 résultat" in found.text
    assert_fresh(north.site.hostname, "/recherche/?q=tintinnabule")


# Transactions


def test_while_a_change_is_not_committed_nothing_is_kept_nor_taken(north, article):
    host = north.site.hostname
    visit(host, PATH)
    article.title = "Pas encore"
    article.save()
    assert not is_kept(visit(host, PATH))
    assert not is_kept(visit(host, PATH))
    commit()
    visit(host, PATH)
    assert is_kept(visit(host, PATH))


def test_what_is_undone_with_its_transaction_leaves_no_mark(north, article):
    host = north.site.hostname
    visit(host, "/")
    with transaction.atomic():
        article.title = "Jamais"
        article.save()
        transaction.set_rollback(True)
    visit(host, "/")
    assert is_kept(visit(host, "/"))


def test_a_copy_made_while_something_changed_is_not_used(north, article, monkeypatch):
    """A visitor asks, somebody publishes meanwhile, the page that the visitor gets is the last of the old ones."""
    host = north.site.hostname
    from articles.models import ArticlePage

    whole = ArticlePage.get_context

    def slow(self, request, *args, **kwargs):
        context = whole(self, request, *args, **kwargs)
        if self.title == "Un article":
            Page.objects.filter(pk=self.pk).update(title="Entretemps")
            changed({of_site(north.site.pk)})
            commit()
        return context

    monkeypatch.setattr(ArticlePage, "get_context", slow)
    assert "Un article" in visit(host, PATH).text
    assert "Entretemps" in visit(host, PATH).text
    assert is_kept(visit(host, PATH))


def test_a_picture_that_is_added_changes_nothing_yet(north, moved):
    def add():
        SiteImage.objects.create(title="Neuve", file=ContentFile(jpeg(), name="x.jpg"))
        SiteDocument.objects.create(title="Neuf", file=ContentFile(b"x", name="x.txt"))

    assert moved(add) == set()


def test_ten_publications_in_a_row_are_ten_moves_whatever_the_clock(north, article, monkeypatch):
    host = north.site.hostname
    client = Client(SERVER_NAME=host)
    for number in range(10):
        article.title = f"Titre {number}"
        article.save_revision().publish()
        commit()
        assert f"Titre {number}" in client.get(PATH).text
