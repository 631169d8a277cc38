"""The portal sees the whole network; a pôle's site shows itself alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from poles.registry import Pays, Pole, PoleStatus
from portal.overview import network_map
from tests.factories import ArticlePageFactory, CharterFactory, PrincipleFactory

pytestmark = pytest.mark.django_db


def test_the_portal_lists_every_pays_with_its_status_and_the_link_to_its_pole(portal_visitor):
    html = portal_visitor.get("/").content.decode()

    for pays in Pays.objects.all():
        assert pays.name.replace("’", "’") in html
    assert 'href="http://nord.test"' in html and 'href="http://sud.test"' in html


def test_a_pole_being_studied_is_shown_as_such_without_a_link(portal_visitor):
    pole = Pole.objects.create(pays=Pays.objects.get(slug="auray"), name="Pôle à venir")
    PoleStatus.objects.create(pole=pole, status="prefiguration", since="2024-01-01")

    markers = {marker.pays.slug: marker for marker in network_map().markers}

    assert markers["auray"].status == "prefiguration"
    assert markers["auray"].url == ""


def test_a_status_counts_from_its_day_on(north):
    today = timezone.localdate()
    north.pole.statuses.update(since=today - timedelta(days=400))
    closing = PoleStatus.objects.create(pole=north.pole, status="closed", since=today + timedelta(days=1))
    assert network_map().active_count == 2

    closing.since = today
    closing.save()
    assert network_map().active_count == 1


def test_the_news_of_all_poles_carry_the_name_of_their_pole(portal_visitor, north, south):
    ArticlePageFactory(parent=north.index, title="La marée monte")
    ArticlePageFactory(parent=south.index, title="Le golfe s’anime")

    html = portal_visitor.get("/").content.decode()

    assert "La marée monte" in html and "Le golfe s’anime" in html
    assert '<p class="card__kicker">Pôle Nord</p>' in html
    assert "http://nord.test/actualites/" in html


def test_the_articles_of_a_site_that_is_gone_leave_the_portal(portal_visitor, north):
    ArticlePageFactory(parent=north.index, title="Orphelin")
    north.site.delete()

    html = portal_visitor.get("/").content.decode()

    assert "Orphelin" not in html and 'href="None"' not in html


def test_an_article_of_a_pole_is_on_no_other_poles_site(north, south):
    article = ArticlePageFactory(parent=north.index, title="Canari du nord")

    for path in (
        "/",
        "/actualites/",
        "/actualites/rss/",
        "/recherche/?q=canari",
        "/sitemap.xml",
        "/plan-du-site/",
    ):
        assert "Canari du nord" not in south.visitor.get(path, follow=True).content.decode(), path
    assert south.visitor.get(article.url.replace("http://nord.test", "")).status_code == 404
    assert south.visitor.get(f"/lien/{article.pk}/").status_code == 404


def test_a_principle_changed_by_the_network_is_new_on_every_site_at_the_next_visit(portal_visitor, north, south):
    principle = PrincipleFactory(title="Ancien intitulé")
    visitors = [portal_visitor, north.visitor, south.visitor]
    assert all("Ancien intitulé" in visitor.get("/principes/").content.decode() for visitor in visitors)

    principle.title = "Nouvel intitulé"
    principle.save_revision().publish()

    for visitor in visitors:
        html = visitor.get("/principes/").content.decode()
        assert "Nouvel intitulé" in html and "Ancien intitulé" not in html


def test_the_portal_shows_the_charter_in_force(portal_visitor):
    CharterFactory(version="7")

    assert "Version 7" in portal_visitor.get("/").content.decode()


def test_a_pole_opened_while_the_server_runs_answers_at_once(north):
    from network.provisioning import provision_pole

    visitor = Client(SERVER_NAME="lorient.test")
    assert visitor.get("/").status_code == 400

    provision_pole(pays="lorient", name="Pôle de Lorient", hostname="lorient.test")

    assert visitor.get("/").status_code == 200
