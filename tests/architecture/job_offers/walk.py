"""Where a kind of content must be as soon as it is installed. Run by ../test_new_kind.py, with settings of its own."""

import json
import re
import zipfile
from functools import cached_property

import pytest
from bs4 import BeautifulSoup
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data

from core.models import SiteIdentity
from demo.removal import remove_pole
from network.transfer.export import export_pole
from network.transfer.load import import_pole
from tests.architecture.job_offers.models import Application, JobIndexPage, JobOfferPage, JobOfferTopic
from tests.factories import TopicFactory
from tests.isolation.test_matrix import client_of, is_refusal, text_of, walk
from tests.isolation.world import World

pytestmark = pytest.mark.django_db


def index_of(pole) -> JobIndexPage:
    return JobIndexPage.objects.child_of(pole.home).get()


def offer(pole, title, *, live=True, topics=(), **values) -> JobOfferPage:
    page = JobOfferPage(title=title, employer="La Lisière", live=live, **values)
    page.page_topics = [JobOfferTopic(topic=topic) for topic in topics]
    index_of(pole).add_child(instance=page)
    revision = page.save_revision(user=pole.writer)
    if live:
        revision.publish()
    return JobOfferPage.objects.get(pk=page.pk)


def texts(response, selector="main a") -> list[str]:
    assert response.status_code == 200
    return [" ".join(tag.text.split()) for tag in BeautifulSoup(response.content, "html.parser").select(selector)]


def test_the_checks_have_nothing_to_say():
    assert run_checks() == []


def test_a_pole_opens_with_it_and_has_it_in_its_menu(north, network_client):
    assert index_of(north).get_url() == "http://nord.test/emploi/"
    assert "Offres d’emploi" in texts(north.visitor.get("/"), "header nav a")
    assert "Offres d’emploi" in texts(network_client.get(reverse("open_pole")), "label")


def test_a_writer_offers_by_a_button_a_publisher_approves_and_the_journal_knows(north):
    dashboard = BeautifulSoup(north.writer_client.get("/admin/").content, "html.parser")
    button = next(link for link in dashboard.select("a") if "Proposer un emploi" in link.text)
    form = nested_form_data(
        {
            "title": "Menuisière", "slug": "menuisiere", "summary": "", "employer": "Les Copeaux",
            "page_topics": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )  # fmt: skip
    north.writer_client.post(button["href"], {**form, "action-submit": "1"})
    page = JobOfferPage.objects.get(title="Menuisière")
    state = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])

    assert not page.live
    assert "Menuisière" in north.publisher_client.get("/admin/").content.decode()
    north.publisher_client.post(approve)
    assert north.visitor.get("/emploi/menuisiere/").status_code == 200
    journal = reverse("journal", args=[north.pole.pays.slug])
    assert "Menuisière" in north.publisher_client.get(journal).content.decode()


def test_it_is_listed_by_topic_and_in_feeds_found_and_in_the_site_map(north):
    topic = TopicFactory(name="Bois", slug="bois")
    offer(north, "Menuisière", topics=[topic])
    offer(north, "Comptable")

    assert {"Menuisière", "Comptable"} <= set(texts(north.visitor.get("/emploi/")))
    assert "Comptable" not in texts(north.visitor.get("/emploi/?theme=bois"))
    for feed in ("rss", "atom"):
        assert "Menuisière" in north.visitor.get(f"/emploi/{feed}/").content.decode()
    assert "Menuisière" in texts(north.visitor.get("/recherche/?q=Lisière"))
    assert "http://nord.test/emploi/menuisiere/" in north.visitor.get("/sitemap-pages.xml").content.decode()


def test_a_home_may_show_it_and_the_portal_does_with_the_name_of_the_pole(north, south, portal_visitor):
    offer(south, "Cuisinier")
    north.home.body = json.dumps([{"type": "latest_offers", "value": {"title": "", "count": 3}}])
    north.home.save_revision().publish()
    offer(north, "Menuisière")

    assert "Menuisière" in texts(north.visitor.get("/")) and "Cuisinier" not in texts(north.visitor.get("/"))
    on_portal = portal_visitor.get("/").content.decode()
    assert re.search(r"Menuisière.*Pôle Nord", on_portal, re.S) and "Cuisinier" in on_portal
    assert "On recrute dans le réseau" in on_portal


def test_in_breton_it_is_listed_in_french_until_it_is_translated(north):
    SiteIdentity.objects.filter(site=north.site).update(breton_enabled=True)
    offer(north, "Comptable")
    breton = Locale.objects.get(language_code="br")
    for page in (north.home, index_of(north), offer(north, "Menuisière")):
        copy = page.copy_for_translation(breton)
        copy.title = "Troet"
        copy.save_revision().publish()

    listed = texts(north.visitor.get("/br/emploi/"))
    assert "Troet" in listed and "Comptable" in listed and "Menuisière" not in listed


def test_a_list_costs_the_same_however_long_it_is(north):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            north.visitor.get("/emploi/")
        return len(captured)

    offer(north, "Menuisière")
    queries()
    few = queries()
    for number in range(5):
        offer(north, f"Emploi {number}")
    assert queries() <= few


class WorldWithOffers(World):
    """The offers of a pôle that nobody else may read, asked for by every view about pages."""

    @cached_property
    def pages(self):
        private = offer(self.pole, self.secret("offre privée"), slug="offre-privee")
        PageViewRestriction.objects.create(
            page=private, restriction_type=PageViewRestriction.PASSWORD, password=self.secret("mot")
        )
        draft = offer(self.pole, self.secret("offre"), live=False, slug="offre")
        Application.objects.create(offer=draft, name=self.secret("candidature"))
        return [draft, private]


def about_offers(world):
    """The addresses of the walk in which an offer is named."""
    keys = "|".join(str(page.pk) for page in world.pages)
    for name, url, closed in walk(world, every_list=False):
        if re.search(rf"(?:/|=)(?:{keys})(?:/|$|&)", url) or "/emploi/" in url:
            yield name, url, closed


def test_nobody_of_another_pole_reads_or_changes_it(north, south):
    theirs, own = WorldWithOffers(south, canary="Zibeline"), WorldWithOffers(north, canary="Marmotte")
    questions = list(about_offers(theirs))
    before = list(JobOfferPage.objects.order_by("pk").values())

    assert len(questions) > 20
    for role in ("writer", "publisher", "stranger", "visitor"):
        client = client_of(role, own, theirs)
        client.raise_request_exception = False
        for name, url, closed in questions:
            for ask in (client.get, client.post):
                response = ask(url)
                assert "zibeline" not in text_of(response), (role, name, url)
                assert not closed or is_refusal(response), (role, name, url)
    assert list(JobOfferPage.objects.order_by("pk").values()) == before


def test_it_leaves_with_its_pole_and_comes_back(north):
    page = offer(north, "Menuisière", topics=[TopicFactory(name="Bois", slug="bois")])
    Application.objects.create(offer=page, name="Erell")
    seen = texts(north.visitor.get("/emploi/menuisiere/"))
    exported = export_pole(north.pole)
    assert "Erell" in zipfile.ZipFile(exported).read("applications.json").decode()

    remove_pole(north.pole)
    assert not JobOfferPage.objects.exists() and not Application.objects.exists()
    import_pole(exported)

    back = JobOfferPage.objects.get()
    assert texts(north.visitor.get("/emploi/menuisiere/")) == seen
    assert back.topics[0].name == "Bois" and back.applications.get().name == "Erell"


def test_its_periodic_job_is_run_with_the_others(north):
    Application.objects.create(offer=offer(north, "Menuisière"), name="")

    call_command("periodic")
    assert not Application.objects.exists()
