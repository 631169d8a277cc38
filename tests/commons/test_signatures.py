"""The pôles commit to the network's charter: they sign a version, everybody sees it, and they may withdraw."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from commons.models import Signature
from core.identity import SiteState
from core.models import SiteIdentity
from poles.audit import Action, AuditEntry
from poles.registry import PoleStatus
from tests.factories import CharterFactory, DocumentFactory
from tests.visits import commit

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def charter(db):
    return CharterFactory(version="2", in_force_from=TODAY - timedelta(days=30))


def screen(pole) -> str:
    return reverse("charter_signature", args=[pole.pole.pays.slug])


def sign(pole, charter, client=None, **answers):
    given = {"charter": charter.pk, "signed_on": f"{TODAY:%d/%m/%Y}", "document": "", **answers}
    return (client or pole.publisher_client).post(screen(pole), given)


def test_the_version_in_force_is_signed_from_the_dashboard_in_three_clicks(north, portal_visitor, charter):
    dashboard = north.publisher_client.get("/admin/").content.decode()
    assert screen(north) in dashboard and "attend la signature" in dashboard
    form = north.publisher_client.get(screen(north))
    assert form.context["form"].initial["signed_on"] == TODAY

    assert sign(north, charter).status_code == 302
    commit()

    assert "attend la signature" not in north.publisher_client.get("/admin/").content.decode()
    own = north.visitor.get("/charte/").content.decode()
    assert f"{north.pole.name} a signé cette version" in own
    shown = portal_visitor.get("/charte/").content.decode()
    assert "1 pôle l’a signée" in shown and north.site.root_url in shown
    assert AuditEntry.objects.filter(pole=north.pole, action=Action.SIGNED).exists()


def test_only_who_publishes_the_site_signs_for_it(north, south, charter):
    for client in (north.writer_client, south.publisher_client):
        assert client.get(screen(north)).status_code in (302, 403)
        assert sign(north, charter, client).status_code in (302, 403)
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"signed_on": f"{TODAY + timedelta(days=1):%d/%m/%Y}"}, "encore venu"),
        ({"signed_on": "hier"}, ""),
        ({"signed_on": ""}, ""),
        ({"document": "999999"}, ""),
    ],
)
def test_what_is_wrong_is_told_beside_the_form(north, charter, answers, said):
    response = sign(north, charter, **answers)

    assert response.status_code == 422 and said in response.content.decode()
    assert not Signature.objects.exists()


def test_a_version_is_signed_once_and_only_while_it_is_in_force(north, charter):
    sign(north, charter)
    assert "déjà signée" in sign(north, charter).content.decode()

    to_come = CharterFactory(version="3", in_force_from=TODAY + timedelta(days=30))
    assert "entrée en vigueur entre-temps" in sign(north, to_come).content.decode()
    assert Signature.objects.count() == 1


def test_a_closed_pole_signs_nothing_and_is_no_longer_named(north, south, network_client, portal_visitor, charter):
    sign(south, charter)
    SiteIdentity.objects.filter(site=south.site).update(state=SiteState.ARCHIVED)
    north.pole.statuses.update(status=PoleStatus.Status.CLOSED)

    assert "est fermé" in sign(north, charter, network_client).content.decode()
    assert south.pole.name not in portal_visitor.get("/charte/").content.decode()


def test_another_poles_paper_cannot_be_attached(north, south, charter):
    theirs = DocumentFactory(collection=south.collection)
    own = DocumentFactory(collection=north.collection, title="Le compte rendu")

    assert sign(north, charter, document=theirs.pk).status_code == 422
    sign(north, charter, document=own.pk)
    commit()

    assert "Le compte rendu" in north.visitor.get("/charte/").content.decode()


def test_a_signature_is_withdrawn_with_a_reason_and_can_be_given_again(north, portal_visitor, charter):
    sign(north, charter)
    client = north.publisher_client

    assert client.post(screen(north), {"action": "withdraw", "reason": ""}).status_code == 422
    client.post(screen(north), {"action": "withdraw", "reason": "L’assemblée en rediscute."})
    commit()

    assert "a signé cette version" not in north.visitor.get("/charte/").content.decode()
    assert "L’assemblée en rediscute." in client.get(screen(north)).content.decode()
    assert AuditEntry.objects.filter(action=Action.WITHDREW, about__contains="rediscute").exists()
    assert client.post(screen(north), {"action": "withdraw", "reason": "Encore"}).status_code == 302
    assert sign(north, charter).status_code == 302
    assert Signature.objects.standing().count() == 1


def test_a_signed_version_is_not_deleted(north, network_client, charter):
    sign(north, charter)
    commit()

    response = network_client.post(reverse("wagtailsnippets_commons_charter:delete", args=[charter.pk]))

    assert response.status_code == 409 and north.pole.name in response.content.decode()


def test_a_version_to_come_is_announced_from_its_day_on_and_can_be_read(north, charter):
    next_one = CharterFactory(
        version="3", in_force_from=TODAY + timedelta(days=60), announced_from=TODAY + timedelta(days=1)
    )
    assert "entre en vigueur" not in north.visitor.get("/charte/").content.decode()
    assert north.visitor.get("/charte/version/3/").status_code == 404

    next_one.announced_from = TODAY
    next_one.save()
    commit()

    assert "La version 3 entre en vigueur" in north.visitor.get("/charte/").content.decode()
    assert "pas encore en vigueur" in north.visitor.get("/charte/version/3/").content.decode()


def test_what_a_version_changes_is_shown_word_by_word(north, charter):
    CharterFactory(
        version="1",
        in_force_from=date(2015, 1, 1),
        commitments=commitments(("Accueillir", "Chacun est reçu sans condition."), ("Tenir salon", "Une fois l’an.")),
    )
    charter.commitments = commitments(("Accueillir", "Chacun est reçu et orienté."), ("Compter", "Chaque année."))
    charter.save()
    commit()

    page = BeautifulSoup(north.visitor.get("/charte/version/2/changements/").content, "html.parser")

    reworded, new, gone = page.select(".charter-changes section")
    assert (reworded.find("del").text, reworded.find("ins").text) == ("sans condition.", "et orienté.")
    assert "Nouvel engagement" in new.text and "Engagement qui n’y est plus" in gone.text
    assert "/charte/version/2/changements/" in north.visitor.get("/charte/").content.decode()
    assert north.visitor.get("/charte/version/1/changements/").status_code == 404


def commitments(*written):
    return [{"type": "commitment", "value": {"title": title, "text": f"<p>{text}</p>"}} for title, text in written]
