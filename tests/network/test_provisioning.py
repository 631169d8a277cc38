"""Opening a pôle: one call makes everything, a second one changes nothing, a wrong one says why."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Collection, GroupPagePermission, GroupSitePermission, Page, Site, WorkflowPage
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from core.models import SiteIdentity
from home.models import LegalPage
from network.provisioning import Refusal, provision_pole, provision_portal
from poles.registry import Pays, Pole, PoleStatus

pytestmark = pytest.mark.django_db

BREST = {"pays": "brest", "name": "Pôle de Brest", "hostname": "brest.test"}


def counts():
    models = (
        Page,
        Site,
        Pole,
        PoleStatus,
        Collection,
        Group,
        SiteIdentity,
        GroupPagePermission,
        WorkflowPage,
    )
    return {model.__name__: model.objects.count() for model in models}


def test_a_new_pole_has_its_site_at_once():
    provision_pole(**BREST)

    response = Client(SERVER_NAME="brest.test").get("/")

    assert response.status_code == 200
    assert "Pôle de Brest" in response.content.decode()


def test_a_new_pole_has_pages_legal_pages_and_its_own_identity():
    report = provision_pole(**BREST, palette="bocage")
    home = report.site.root_page

    children = {page.slug for page in home.get_children()}
    assert {"actualites", "le-pole", "principes", "charte", "plan-du-site"} <= children
    assert {page.legal_kind for page in LegalPage.objects.child_of(home)} == set(LegalPage.Kind.values)
    assert SiteIdentity.for_site(report.site).palette == "bocage"


def test_a_second_call_changes_nothing():
    provision_pole(**BREST)
    before = counts()

    report = provision_pole(**BREST)

    assert report.lines == []
    assert counts() == before


def test_a_second_call_repairs_what_is_missing_and_overwrites_nothing():
    report = provision_pole(**BREST)
    identity = SiteIdentity.for_site(report.site)
    identity.tagline = "Écrit par le pôle"
    identity.save()
    GroupPagePermission.objects.filter(page=report.site.root_page).delete()

    provision_pole(**BREST)

    assert GroupPagePermission.objects.filter(page=report.site.root_page).exists()
    assert SiteIdentity.objects.get(site=report.site).tagline == "Écrit par le pôle"


def test_a_dry_run_lists_everything_and_keeps_nothing(capsys):
    before = counts()

    call_command("create_pole", *[f"--{key}={value}" for key, value in BREST.items()], "--dry-run")

    output = capsys.readouterr().out
    assert "Pôle de Brest" in output and "http://brest.test" in output
    assert counts() == before
    assert Client(SERVER_NAME="brest.test").get("/").status_code == 400


def test_the_first_status_is_active_from_today_and_a_study_stays_in_the_history():
    pays = Pays.objects.get(slug="brest")
    studied = Pole.objects.create(pays=pays, name="Étude")
    PoleStatus.objects.create(pole=studied, status="prefiguration", since="2020-01-01")

    pole = provision_pole(**BREST).pole

    assert pole == studied
    assert [line.status for line in pole.statuses.order_by("since")] == ["prefiguration", "active"]
    assert pole.name == "Pôle de Brest"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"hostname": "nord.test"}, "nord.test"),
        ({"hostname": "http://brest.test"}, "http://brest.test"),
        ({"hostname": "brest"}, "brest"),
        ({"hostname": "-brest.test"}, "-brest.test"),
        ({"hostname": "a" * 300 + ".test"}, "test"),
        ({"pays": "paris"}, "paris"),
        ({"pays": "vannes"}, "Pôle Sud"),
        ({"name": "   "}, "nom"),
        ({"name": "pôle nord"}, "pôle nord"),
        ({"name": "Réseau"}, "Réseau"),
        ({"name": "x" * 121}, "120"),
        ({"palette": "fluo"}, "fluo"),
        ({"email": "pas une adresse"}, "pas une adresse"),
    ],
)
def test_a_wrong_request_is_refused_with_its_reason_and_makes_nothing(wrong, reason):
    before = counts()

    with pytest.raises(Refusal) as refusal:
        provision_pole(**{**BREST, **wrong})

    assert reason in " ".join(refusal.value.messages)
    assert counts() == before


def test_another_name_for_an_open_pole_makes_no_second_groups():
    provision_pole(**BREST)
    before = counts()

    provision_pole(**{**BREST, "name": "Pôle du Ponant"})

    assert counts() == before


def test_a_pole_that_was_closed_stays_closed():
    pole = provision_pole(**BREST).pole
    pole.statuses.update(status="closed")

    provision_pole(**BREST)

    assert [line.status for line in pole.statuses.all()] == ["closed"]


def test_a_visit_before_the_commit_does_not_hide_the_addresses_of_the_new_site(
    portal_visitor, django_capture_on_commit_callbacks, monkeypatch
):
    from network import provisioning

    make_starter_pages = provisioning.make_starter_pages

    def with_a_visit_meanwhile(*arguments, **options):
        cache.set(SITE_ROOT_PATHS_CACHE_KEY, [], version=SITE_ROOT_PATHS_CACHE_VERSION)
        make_starter_pages(*arguments, **options)

    monkeypatch.setattr(provisioning, "make_starter_pages", with_a_visit_meanwhile)
    with django_capture_on_commit_callbacks(execute=True):
        provision_pole(**BREST)

    html = Client(SERVER_NAME="brest.test").get("/").content.decode()
    assert 'href="/actualites/"' in html and "None" not in html


def test_the_portal_is_the_editors_host():
    with pytest.raises(Refusal, match=r"reseau\.test"):
        provision_portal(hostname="ailleurs.test")


def test_every_reason_is_given_at_once():
    with pytest.raises(CommandError) as error:
        call_command("create_pole", "--pays=paris", "--name= ", "--hostname=nord.test")

    assert len(str(error.value).splitlines()) == 3


def test_wagtails_own_groups_which_see_every_site_are_gone():
    assert not Group.objects.filter(name__in=("Editors", "Moderators")).exists()


def test_a_pole_may_edit_its_own_identity_and_no_other(north, south):
    edit = "/admin/settings/core/siteidentity/{}/".format

    assert north.publisher_client.get(edit(north.site.pk)).status_code == 200
    assert north.publisher_client.get(edit(south.site.pk)).status_code == 302
    assert north.writer_client.get(edit(north.site.pk)).status_code == 302
    assert not GroupSitePermission.objects.filter(group__in=north.publisher.groups.all(), site=south.site).exists()
