"""What the network does to its pôles from the editor: open, rename, move, suspend, close."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission, Locale

from articles.models import ArticlePage
from network.governance import close, move, rename, resume, suspend
from network.provisioning import Refusal, provision_pole
from poles.audit import Action, AuditEntry
from poles.registry import Pays, Pole, PoleStatus
from tests.factories import ArticlePageFactory
from tests.poles.test_moderation import article_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(portal) -> dict:
    return {
        "pays": Pays.objects.get(slug="brest").pk,
        "name": "Pôle de Brest",
        "hostname": "brest.test",
        "email": "premiere@example.org",
        "palette": "bocage",
        "starters": ["news", "charter"],
    }


def test_opening_shows_first_what_would_be_made_and_makes_nothing(network_client, asked):
    page = network_client.post(reverse("open_pole"), {**asked, "preview": "1"}).content.decode()

    assert "http://brest.test" in page
    assert "Rédaction – Pôle de Brest" in page
    assert 'value="premiere@example.org"' in page
    assert not Pole.objects.filter(pays__slug="brest").exists()
    assert not mail.outbox


def test_opening_makes_the_site_and_invites_the_first_colleague(network_client, asked):
    response = network_client.post(reverse("open_pole"), {**asked, "open": "1"}, follow=True)

    pole = Pole.objects.get(pays__slug="brest")
    page = response.content.decode()
    assert "http://brest.test" in page
    assert "premiere@example.org" in page
    assert Client(SERVER_NAME="brest.test").get("/").status_code == 200
    assert mail.outbox[-1].to == ["premiere@example.org"]
    assert {child.slug for child in pole.site.root_page.get_children()} >= {"actualites", "charte", "mentions-legales"}
    assert not pole.site.root_page.get_children().filter(slug="principes").exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("hostname", "http://brest.test/", "n’est pas un nom d’hôte"),
        ("hostname", "nord.test", "est déjà utilisé"),
        ("name", "Pôle Nord", "est déjà pris"),
        ("email", "pas une adresse", "adresse"),
        ("pays", "", "Champ requis"),
    ],
)
def test_a_wrong_request_says_why_and_keeps_the_rest(network_client, asked, field, value, says):
    page = network_client.post(reverse("open_pole"), {**asked, field: value, "preview": "1"}).content.decode()

    assert says in page
    kept = "brest.test" if field != "hostname" else "Pôle de Brest"
    assert kept in page


def test_only_the_network_sees_these_screens(north, network_client):
    for name, arguments in (
        ("poles", []),
        ("open_pole", []),
        ("pole", ["saint-malo"]),
        ("export_pole", ["saint-malo"]),
    ):
        url = reverse(name, args=arguments)
        assert network_client.get(url).status_code == 200
        assert north.publisher_client.get(url).status_code == 302
    assert reverse("poles") not in north.publisher_client.get("/admin/").content.decode()


def act(client, pole, action, **fields):
    posted = {f"{action}-{field}": value for field, value in fields.items()}
    return client.post(reverse("pole", args=[pole.pays.slug]), {"action": action, **posted}, follow=True)


def test_a_new_name_is_new_everywhere_and_nobody_loses_a_right(network_client, north):
    act(network_client, north.pole, "rename", name="Pôle du Grand Nord")

    pole = Pole.objects.get(pk=north.pole.pk)
    assert pole.writers.name == "Rédaction – Pôle du Grand Nord"
    assert pole.collection.name == "Pôle du Grand Nord"
    assert "Pôle du Grand Nord" in north.visitor.get("/").content.decode()
    assert north.writer_client.get(reverse("wagtailadmin_explore", args=[north.index.pk])).status_code == 200


def test_a_taken_name_is_refused(network_client, north, south):
    page = act(network_client, north.pole, "rename", name="pôle sud").content.decode()

    assert "est déjà pris" in page
    assert 'value="pôle sud"' in page


def test_the_address_of_before_leads_to_the_new_one_page_by_page(network_client, north):
    act(network_client, north.pole, "move", hostname="malo.test")

    moved = Client(SERVER_NAME="nord.test").get("/actualites/?theme=x")
    assert moved.status_code == 301
    assert moved.url == "http://malo.test/actualites/?theme=x"
    assert Client(SERVER_NAME="malo.test").get("/actualites/").status_code == 200


def test_going_back_to_the_first_address_works(north, network_admin):
    move(north.pole, "malo.test", by=network_admin)
    move(north.pole, "nord.test", by=network_admin)

    assert Client(SERVER_NAME="nord.test").get("/").status_code == 200
    assert Client(SERVER_NAME="malo.test").get("/").url == "http://nord.test/"


def test_an_address_that_leads_elsewhere_is_taken(north, south, network_admin):
    move(north.pole, "malo.test", by=network_admin)

    with pytest.raises(Refusal):
        move(south.pole, "nord.test", by=network_admin)


def test_a_suspended_site_says_why_and_its_people_go_on_working(network_client, north):
    act(network_client, north.pole, "suspend", notice="De retour lundi.")

    response = north.visitor.get("/actualites/")
    assert response.status_code == 503
    assert "De retour lundi." in response.content.decode()
    assert response["Retry-After"]
    assert north.visitor.get("/sitemap.xml").status_code == 503
    assert north.writer_client.get("/admin/").status_code == 200

    act(network_client, north.pole, "resume")
    assert north.visitor.get("/actualites/").status_code == 200


def test_a_suspension_of_one_site_leaves_the_others_open(north, south, network_admin):
    suspend(north.pole, "", by=network_admin)

    assert south.visitor.get("/").status_code == 200


def test_a_closed_pole_is_an_archive_that_nobody_of_it_changes(network_client, north):
    act(network_client, north.pole, "close", notice="Merci à toutes et tous.")

    page = north.visitor.get("/").content.decode()
    assert "archive" in page
    assert "Merci à toutes et tous." in page
    assert Pole.objects.get(pk=north.pole.pk).status.status == PoleStatus.Status.CLOSED
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", north.index.pk])
    north.publisher_client.post(url, {**article_form("Après la fin"), "action-publish": "1"})
    assert not ArticlePage.objects.filter(title="Après la fin").exists()


def rights_of(pole) -> list:
    models = (GroupPagePermission, GroupCollectionPermission, GroupSitePermission)
    groups = [pole.writers, pole.publishers]
    return [
        sorted(str(row) for row in model.objects.filter(group__in=groups).values_list(*key, "group", "permission"))
        for model, key in zip(models, (["page"], ["collection"], ["site"]), strict=True)
    ]


def test_a_closed_pole_may_be_opened_again_with_its_people_in_every_language(north, network_admin):
    north.home.copy_for_translation(Locale.objects.get(language_code="br"))
    before = rights_of(north.pole)
    close(north.pole, "", by=network_admin)
    assert rights_of(north.pole) == [[], [], []]
    resume(north.pole, by=network_admin)

    assert rights_of(north.pole) == before
    article = ArticlePageFactory(parent=north.index)
    assert article.permissions_for_user(north.publisher).can_publish()
    assert "archive" not in north.visitor.get("/").content.decode()


def test_provisioning_again_does_not_open_what_was_closed(north, network_admin):
    close(north.pole, "", by=network_admin)

    provision_pole(pays="saint-malo", name="Pôle Nord", hostname="nord.test")

    assert not ArticlePageFactory(parent=north.index).permissions_for_user(north.publisher).can_edit()


def test_what_is_being_written_on_the_home_page_is_not_published_by_a_new_name(north, network_admin):
    home = north.home
    home.seo_title = "En cours d’écriture"
    home.save_revision()

    rename(north.pole, "Autre nom", by=network_admin)

    assert "Autre nom" in north.visitor.get("/").content.decode()
    assert "En cours d’écriture" not in north.visitor.get("/").content.decode()
    draft = type(home).objects.get(pk=home.pk).get_latest_revision_as_object()
    assert (draft.title, draft.seo_title) == ("Autre nom", "En cours d’écriture")


def test_a_new_pole_does_not_take_the_address_that_leads_to_another(north, network_client, network_admin, asked):
    move(north.pole, "malo.test", by=network_admin)

    page = network_client.post(reverse("open_pole"), {**asked, "hostname": "nord.test", "preview": "1"})

    assert "mène encore à un autre site" in page.content.decode()


@pytest.mark.parametrize("hostname", ["brest.test..", "xn--", "b" * 70 + ".test"])
def test_a_strange_address_is_refused_and_is_no_error(network_client, asked, hostname):
    response = network_client.post(reverse("open_pole"), {**asked, "hostname": hostname, "preview": "1"})

    assert response.status_code == 200


def test_all_of_it_is_in_the_journal(north, network_admin):
    rename(north.pole, "Autre nom", by=network_admin)
    suspend(north.pole, "Pause", by=network_admin)

    assert set(AuditEntry.objects.filter(pole=north.pole).values_list("action", flat=True)) == {
        Action.RENAMED,
        Action.SUSPENDED,
    }
