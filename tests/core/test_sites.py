"""One host, one site: hosts nobody opened are refused, and the editor lives on the network's host alone."""

import pytest
from django.test import Client
from wagtail.models import Site

from tests.factories import ArticlePageFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["evil.test", "nord.test.evil.test", "127.0.0.1", "nord.test@evil.test", "a" * 300])
def test_a_host_that_no_site_has_is_refused_on_every_path(north, host):
    for path in ("/", "/admin/", "/robots.txt", "/sitemap.xml", "/favicon.ico"):
        response = Client(SERVER_NAME=host).get(path, headers={"host": host})
        assert response.status_code == 400, path
        assert "evil" not in response.content.decode()


def test_each_host_shows_its_own_site(north, south):
    assert "Pôle Nord" in north.visitor.get("/").content.decode()
    assert "Pôle Nord" not in south.visitor.get("/").content.decode()


def test_the_editor_of_a_poles_host_is_the_networks(north):
    response = north.visitor.get("/admin/pages/?p=2")

    assert response.url == "http://reseau.test/admin/pages/?p=2"


def test_a_renamed_site_answers_under_its_new_name_at_once(north):
    Site.objects.filter(pk=north.site.pk).update(hostname="grand-nord.test")

    assert Client(SERVER_NAME="grand-nord.test").get("/").status_code == 200
    assert Client(SERVER_NAME="nord.test").get("/").status_code == 400


def test_an_unknown_path_is_a_404_in_the_sites_identity_with_search(north):
    response = north.visitor.get("/nulle-part/")
    html = response.content.decode()

    assert response.status_code == 404
    assert "Pôle Nord" in html and 'action="/recherche/"' in html and "Actualités" in html


@pytest.mark.parametrize(
    "path",
    [
        "/br/%00/",
        "/br/a%0bb/",
        "/theme/99999999999999999999-x.css",
        "/theme/inconnue.classique.vagues-0123456789ab.css",
        "/theme/00696b-f2784b.classique.inconnu-0123456789ab.css",
        "/lien/99999999999999999999/",
        "/media/images/" + "a" * 400,
        "/%00",
        "/%ff",
        "/a%00b/",
        "/" + "a/" * 500,
        "/actualites/%F0%28%8C%28/",
        "/../etc",
    ],
)
def test_no_path_is_an_error(north, path):
    assert north.visitor.get(path).status_code in (301, 302, 404)


def test_the_error_page_asks_nothing_of_the_database(django_assert_num_queries, rf):
    from core.views import server_error

    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))

    assert response.status_code == 500 and "problème" in response.content.decode()


def test_robots_name_the_sites_own_sitemap(north):
    assert "Sitemap: http://nord.test/sitemap.xml" in north.visitor.get("/robots.txt").content.decode()


def test_security_txt_names_the_contact_and_a_date_less_than_a_year_away(north, settings):
    settings.PAGE_CACHE = False  # another setting is another release: nothing made with the former is kept
    assert north.visitor.get("/.well-known/security.txt").status_code == 404

    settings.SECURITY_CONTACT = "mailto:securite@example.org"
    text = north.visitor.get("/.well-known/security.txt").content.decode()

    assert "Contact: mailto:securite@example.org" in text and "Expires: " in text


def test_each_site_has_an_icon_in_its_own_colours(north, south):
    icons = [pole.visitor.get("/favicon.ico").content for pole in (north, south)]

    assert icons[0].startswith(b"\x00\x00\x01\x00") and icons[0] != icons[1]
    assert b">N<" in north.visitor.get("/favicon.svg").content


def test_each_site_has_its_style_sheet_at_an_address_that_changes_with_it(north, south):
    def sheet(pole):
        html = compact(pole.visitor.get("/").content.decode())
        address = html.split('rel="stylesheet" href="')[1].split('"')[0]
        return address, pole.visitor.get(address)

    address, response = sheet(south)
    assert "#43590f" in response.content.decode()
    assert "immutable" in response["Cache-Control"]

    south.identity.palette = "hortensia"
    south.identity.save()
    new_address, response = sheet(south)
    assert new_address != address
    assert "#4039a8" in response.content.decode()

    of_older_code = f"{address[:-16]}{'0' * 12}.css"
    assert "no-store" in south.visitor.get(of_older_code)["Cache-Control"]


def test_the_sitemap_lists_the_published_pages_of_the_site_alone(north, south):
    article = ArticlePageFactory(parent=north.index)
    hidden = ArticlePageFactory(parent=north.index, noindex=True)
    foreign = ArticlePageFactory(parent=south.index)

    index = north.visitor.get("/sitemap.xml").content.decode()
    assert "http://nord.test/sitemap-pages.xml" in index
    xml = north.visitor.get("/sitemap-pages.xml").content.decode()

    assert article.full_url in xml
    assert hidden.full_url not in xml and foreign.full_url not in xml
