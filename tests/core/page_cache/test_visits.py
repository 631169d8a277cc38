"""A public page is made once, and answered from then on as it was finished, until something that it shows changes."""

import gzip
import os

import brotli
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import ArticlePageFactory, TopicFactory
from tests.visits import commit, is_kept, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(north):
    ArticlePageFactory.create_batch(24, parent=north.index)
    ArticlePageFactory(parent=north.index, topics=[TopicFactory(slug="mer")])
    commit()
    return north.site.hostname


def test_the_second_visitor_costs_no_query(host, django_assert_num_queries):
    made = visit(host, "/actualites/")
    cache.clear()  # whatever else is kept anywhere
    someone_else = Client(SERVER_NAME=host)
    visit(host, "/")
    with django_assert_num_queries(1):  # which site has this host, asked once by each process
        kept = someone_else.get("/actualites/")
    with django_assert_num_queries(0):
        again = someone_else.get("/actualites/")
    assert (is_kept(made), is_kept(kept), is_kept(again)) == (False, True, True)
    assert made.content == kept.content == again.content
    ours = {"Cache-Status"}
    assert {name: value for name, value in made.items() if name not in ours} == {
        name: value for name, value in again.items() if name not in ours
    }


def test_every_site_and_every_address_has_its_own(north, south, portal):
    commit()
    first = {name: visit(name, "/").content for name in (north.site.hostname, south.site.hostname, portal.hostname)}
    for name, content in first.items():
        again = visit(name, "/")
        assert is_kept(again)
        assert again.content == content
    assert len(set(first.values())) == 3


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5, br;q=0", "gzip"),
        ("br;q=0.0, gzip;q=0", None),
        ("identity", None),
        ("", None),
        ("zstd, ;;=,q", None),
    ],
)
def test_each_browser_gets_the_coding_that_it_reads(host, accepted, coding):
    plain = visit(host, "/").content
    answer = visit(host, "/", headers={"accept-encoding": accepted})
    assert is_kept(answer)
    assert answer.headers.get("Content-Encoding") == coding
    read = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert read(answer.content) == plain
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_a_browser_that_has_the_page_is_told_so(host):
    version = visit(host, "/").headers["ETag"]
    for client in (Client(SERVER_NAME=host), Client(SERVER_NAME=host)):
        answer = client.get("/", headers={"if-none-match": version})
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", version)
    assert visit(host, "/", headers={"if-none-match": 'W/"another"'}).status_code == 200


def test_head_has_the_headers_of_get_and_no_body(host):
    page = visit(host, "/")
    head = Client(SERVER_NAME=host).head("/")
    assert is_kept(head)
    assert head.content == b""
    assert head.headers["Content-Length"] == page.headers["Content-Length"]


def test_parameters_that_a_page_does_not_read_change_nothing(host):
    page = visit(host, "/actualites/un-article-qui-nexiste-pas/")
    assert page.status_code == 404
    first = visit(host, "/actualites/?utm_source=lettre&fbclid=1")
    for query in ("", "?fbclid=2", "?utm_source=x&utm_source=y", "?%00=%00", "?" + "a" * 400):
        again = visit(host, f"/actualites/{query}")
        assert is_kept(again), query
        assert again.content == first.content


def test_parameters_that_it_reads_are_told_apart_in_any_order(host):
    pages = {query: visit(host, f"/actualites/{query}").content for query in ("", "?page=2", "?theme=mer")}
    assert len(set(pages.values())) == 3
    for query, content in pages.items():
        again = visit(host, f"/actualites/{query}")
        assert is_kept(again), query
        assert again.content == content
    other_order = visit(host, "/actualites/?utm_campaign=x&page=2")
    assert is_kept(other_order)
    assert other_order.content == pages["?page=2"]


def test_a_flood_of_addresses_pushes_out_no_page(host, settings, tmp_path):
    settings.PAGE_CACHE_FOLDER = tmp_path
    addresses = ["/", "/actualites/", "/agenda/"]
    for address in addresses:
        visit(host, address)
    client = Client(SERVER_NAME=host)
    for number in range(60):
        client.get(f"/actualites/?page={number}&theme={number}")
        client.get(f"/nulle-part-{number}/")
    for address in addresses:
        assert is_kept(visit(host, address)), address
    files = [path for path in tmp_path.rglob("*") if path.is_file() and "locks" not in path.parts]
    assert len(files) <= 3 + 16 + 60


@pytest.mark.parametrize(
    "query", ["a=" + "x" * 1_000_000, "&".join(f"a{n}=1" for n in range(2000)), "a=%ff%fe&%", "&&=&"]
)
def test_junk_in_the_address_is_answered(host, query):
    assert visit(host, f"/actualites/?{query}").status_code in (200, 400)


def test_a_host_that_nobody_has_is_refused_whatever_is_kept(host):
    visit(host, "/")
    for _ in range(2):
        assert visit("ailleurs.example.org", "/").status_code == 400
    forged = visit(host, "/", headers={"x-forwarded-host": "ailleurs.example.org"})
    assert b"ailleurs.example.org" not in forged.content


def test_a_page_with_a_form_a_private_page_and_the_editor_are_never_kept(north):
    article = ArticlePageFactory(parent=north.index, slug="prive", title="Réservé aux adhérents")
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="sesame")
    commit()
    client = Client(SERVER_NAME=north.site.hostname)
    for _ in range(2):
        asked = client.get("/actualites/prive/")
        assert not is_kept(asked)
    client.post(
        asked.context["action_url"], {"password": "sesame", "return_url": "http://testserver/actualites/prive/"}
    )
    assert "Réservé aux adhérents" in client.get("/actualites/prive/").text
    assert "Réservé aux adhérents" not in visit(north.site.hostname, "/actualites/prive/").text
    north_editor = north.publisher_client
    for _ in range(2):
        assert "Cache-Status" not in north_editor.get("/admin/").headers


def test_a_preview_is_neither_kept_nor_taken_from_what_is_kept(north):
    article = ArticlePageFactory(parent=north.index, slug="un-article", title="En ligne")
    commit()
    path = "/actualites/un-article/"
    assert "En ligne" in visit(north.site.hostname, path).text
    article.title = "Ébauche"
    article.save_revision()
    commit()
    preview = north.publisher_client.get(f"/admin/pages/{article.pk}/view_draft/")
    assert "Ébauche" in preview.text
    after = visit(north.site.hostname, path)
    assert is_kept(after)
    assert "En ligne" in after.text


def test_a_page_that_fails_half_way_is_not_kept(host, monkeypatch):
    from articles.models import ArticleIndexPage

    client = Client(SERVER_NAME=host, raise_request_exception=False)
    with monkeypatch.context() as broken:
        broken.setattr(ArticleIndexPage, "get_context", lambda *_a, **_k: 1 / 0)
        assert client.get("/actualites/").status_code == 500
    assert client.get("/actualites/").status_code == 200


def test_without_the_cache_pages_are_as_before(host, settings):
    settings.PAGE_CACHE = False
    for _ in range(2):
        answer = visit(host, "/")
        assert answer.status_code == 200
        assert "Cache-Status" not in answer.headers


def test_bytes_of_another_release_or_cut_short_are_not_used(host, settings, tmp_path):
    settings.PAGE_CACHE_FOLDER = tmp_path
    page = visit(host, "/").content
    (kept,) = tmp_path.glob("*/site-*/page-*")
    for damage in (b"", b"{}\nnothing", kept.read_bytes()[:-5], kept.read_bytes()[:100], b"\x00" * 50):
        kept.write_bytes(damage)
        assert visit(host, "/").content == page


def test_a_disk_that_takes_no_more_stops_no_page(host, settings, tmp_path):
    folder = tmp_path / "pages"
    folder.write_text("a file where the folder should be")
    settings.PAGE_CACHE_FOLDER = folder
    client = Client(SERVER_NAME=host)
    assert client.get("/").status_code == 200
    assert is_kept(client.get("/"))  # in the memory of this process


def test_what_older_releases_kept_is_dropped_after_a_day(settings, tmp_path):
    settings.PAGE_CACHE_FOLDER = tmp_path
    old, new = tmp_path / "0123456789abcdef", tmp_path / "fedcba9876543210"
    for folder in (old, new):
        (folder / "site-1").mkdir(parents=True)
    os.utime(old, (0, 0))
    call_command("periodic", verbosity=0)
    assert [path.name for path in tmp_path.iterdir()] == [new.name]
