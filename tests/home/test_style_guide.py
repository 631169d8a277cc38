"""The style guide: for the people of the editor, in any theme; not a page of the sites."""

import pytest
from django.urls import reverse

from core.theme.motifs import MOTIFS
from core.theme.palettes import PALETTES
from tests.factories import CharterFactory, PrincipleFactory

pytestmark = pytest.mark.django_db


def test_who_writes_for_a_pole_reads_it_and_finds_it_in_the_menu(north):
    response = north.writer_client.get(reverse("style_guide"))

    assert response.status_code == 200
    assert "Charte graphique" in response.content.decode()
    assert reverse("style_guide") in north.writer_client.get("/admin/").content.decode()


def test_visitors_are_asked_to_log_in_and_the_sites_do_not_have_it(portal_visitor, north):
    assert portal_visitor.get(reverse("style_guide")).url.startswith("/admin/login/")
    assert north.visitor.get("/charte-graphique/").status_code == 404


def test_it_shows_any_theme_by_day_or_by_night_and_the_sites_own_for_what_it_does_not_know(north):
    def page(query):
        return north.writer_client.get(f"{reverse('style_guide')}?{query}").content.decode()

    for palette in PALETTES:
        for motif in MOTIFS:
            assert f"/theme/{palette}.moderne.{motif}-" in page(f"palette={palette}&typeface=moderne&motif={motif}")
    assert 'data-appearance="dark"' in page("appearance=dark")
    assert "/theme/00696b-f2784b.classique.vagues-" in page("palette=00696b-f2784b")
    assert "/theme/emeraude.classique.vagues-" in page("palette=%00&typeface=x&motif=<b>&appearance=nuit")


def test_it_holds_every_block_of_a_story_from_its_own_template(north):
    PrincipleFactory()
    CharterFactory()
    html = north.writer_client.get(reverse("style_guide")).content.decode()
    html = html.split("<main", 1)[1].split("</main>")[0]

    marks = [
        "anchored", "picture--", "gallery__list", "quote__author", "callout--", "steps__title", "key-figure__value",
        "<details", "timeline__date", "<table", "documents", "links", "button", "contact-box", "principle-box",
        "commitments-short", "form-errors", "pagination", "breadcrumb", "share", "empty", "notice", "hero", "cta",
        "sections", "sources", "siblings", "filters", "results", "network-map", "callout--warning",
    ]  # fmt: skip
    assert [mark for mark in marks if mark not in html] == []
