"""A site's look: colours that everybody can read, typefaces, a drawing; chosen in the editor and seen before saved."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from core.models import SiteIdentity
from core.theme.colours import contrast
from core.theme.motifs import MOTIFS
from core.theme.palettes import OWN_COLOURS, PALETTES, nearest_passing, own_palette
from core.theme.stylesheet import Theme, motif_file, stylesheet
from core.theme.typefaces import TYPEFACES
from tests.factories import ImageFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db


def identity_url(pole) -> str:
    return reverse("wagtailsettings:edit", args=["core", "siteidentity", pole.site.pk])


def identity_form(pole, **changes) -> dict:
    fields = ("name", "tagline", "palette", "own_primary", "own_accent", "typeface", "motif")
    return {
        **{name: getattr(pole.identity, name) for name in fields},
        "social_links-count": "0",
        **changes,
    }


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_pair_of_every_palette_can_be_told_apart_by_day_and_by_night(palette, mode):
    assert getattr(palette, mode).failures() == []


@pytest.mark.parametrize("primary", ["#000000", "#00696b", "#7a1fa2", "#b3261e", "#0000ff"])
@pytest.mark.parametrize("accent", ["#ffffff", "#000000", "#ffff00", "#808080"])
def test_two_colours_of_ones_own_make_a_readable_site_by_day_and_by_night(primary, accent):
    palette = own_palette(primary, accent)

    assert palette.light.failures() == palette.dark.failures() == []
    assert palette.light.primary == primary and palette.light.accent == accent, "the colours asked for, not others"


@pytest.mark.parametrize("colour", ["#f7c600", "#ffffff", "#00ffff", "#ff69b4", "#9a9a9a"])
def test_the_nearest_colour_that_can_be_read_keeps_its_hue_and_is_no_darker_than_needed(colour):
    found = nearest_passing(colour)

    assert own_palette(found, found).light.failures() == []
    assert contrast(found, "#ffffff") < 6


def test_each_typeface_and_drawing_reaches_the_style_sheet():
    for motif in MOTIFS:
        theme = Theme(motif_name=motif)
        assert finders.find(motif_file(theme)) and f"motifs/{motif}.svg" in stylesheet(theme)
    for name, typeface in TYPEFACES.items():
        assert typeface.display in stylesheet(Theme(typeface_name=name))


def test_a_colour_that_cannot_be_read_is_refused_with_its_contrast_and_the_nearest_that_can(north):
    form = identity_form(north, palette=OWN_COLOURS, own_primary="#F7C600", tagline="Une ligne en cours")
    response = north.publisher_client.post(identity_url(north), form)
    html = response.content.decode()

    assert "contraste est de 1,4, il faut 4,5" in html
    assert 'data-take-colour="#896800" data-for="id_own_primary"' in html
    assert 'value="#F7C600"' in html and "Une ligne en cours" in html, "what was typed is kept"
    assert SiteIdentity.objects.get(site=north.site).palette == north.identity.palette


def test_the_colour_offered_is_accepted_and_shown(north):
    form = identity_form(north, palette=OWN_COLOURS, own_primary="#896800", own_accent="#00A0FF")
    north.publisher_client.post(identity_url(north), form)

    html = north.visitor.get("/").content.decode()
    address = re.search(r'href="(/theme/896800-00a0ff\.[^"]+)"', html)[1]
    assert "--primary: #896800;" in north.visitor.get(address).content.decode()


@pytest.mark.parametrize("written", ["vert", "#12345", "red; }", "#00696b\n"])
def test_what_is_no_colour_is_refused_in_a_sentence(north, written):
    response = north.publisher_client.post(
        identity_url(north), identity_form(north, palette=OWN_COLOURS, own_accent=written)
    )

    if written.strip() == "#00696b":
        assert response.status_code == 302, "spaces around are taken off"
    else:
        assert "Écrivez la couleur avec #" in response.content.decode()


def test_the_preview_shows_the_identity_being_written_and_visitors_do_not_see_it(north):
    url = reverse("wagtailsettings:preview_on_edit", args=["core", "siteidentity", north.site.pk])
    form = identity_form(north, name="Nom à venir", palette="bruyere", motif="hermines")
    assert north.publisher_client.post(url, form).json() == {"is_valid": True, "is_available": True}

    by_day = north.publisher_client.get(f"{url}?mode=light").content.decode()
    by_night = north.publisher_client.get(f"{url}?mode=dark").content.decode()

    assert "Nom à venir" in by_day and "/theme/bruyere.classique.hermines-" in by_day
    assert 'data-appearance="light"' in by_day and 'data-appearance="dark"' in by_night
    assert "Nom à venir" not in north.visitor.get("/").content.decode()


def test_nobody_previews_the_identity_of_another_pole(north, south):
    url = reverse("wagtailsettings:preview_on_edit", args=["core", "siteidentity", south.site.pk])

    for client in (north.writer_client, north.publisher_client):
        assert client.post(url, identity_form(south)).status_code in (302, 403)
        assert "Pôle Sud" not in client.get(url).content.decode()


def test_the_preview_offers_telephone_tablet_and_desktop(north):
    html = north.publisher_client.get(identity_url(north)).content.decode()

    assert re.findall(r'name="preview-size"[^>]*value="(\w+)"', html) == ["mobile", "tablet", "desktop"]


def test_a_logos_sizes_are_made_when_it_is_chosen_not_when_a_visitor_comes(north, django_capture_on_commit_callbacks):
    logo = ImageFactory(collection=north.collection, width=4000, height=300)
    with django_capture_on_commit_callbacks(execute=True):
        north.publisher_client.post(identity_url(north), identity_form(north, logo=logo.pk))
    made = set(logo.renditions.values_list("pk", flat=True))
    assert made

    assert "brand__logo" in north.visitor.get("/").content.decode()
    assert set(logo.renditions.values_list("pk", flat=True)) == made


def test_a_logo_that_holds_the_name_says_it_to_those_who_cannot_see_it(north):
    north.identity.logo = ImageFactory(collection=north.collection)
    north.identity.logo_holds_name = True
    north.identity.save()

    brand = re.search(r'<a class="brand.*?</a>', compact(north.visitor.get("/").content.decode()))[0]

    assert 'alt="Pôle Nord"' in brand and "brand__name" not in brand


def test_a_name_of_120_characters_is_taken_and_one_of_121_is_refused(north):
    assert north.publisher_client.post(identity_url(north), identity_form(north, name="x" * 120)).status_code == 302

    html = north.publisher_client.post(identity_url(north), identity_form(north, name="y" * 121)).content.decode()
    assert "120" in html and "y" * 121 in html


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Pôle ESS Brest", "B"),
        ("Pôle ESS Redon – Bretagne Sud", "RB"),
        ("EcoSolidaires", "ES"),
        ("Adess Trégor-Goëlo", "TG"),
        ("Réseau des pôles ESS de Bretagne", "RB"),
        ("Pôle ESS", "PE"),
        ("la fabrique", "LF"),
        ("— ! —", "•"),
    ],
)
def test_a_drawn_logo_bears_what_tells_a_pole_from_the_others(name, initials):
    assert SiteIdentity(name=name).initials == initials


def test_while_a_palette_is_chosen_the_two_colours_may_be_anything(north):
    form = identity_form(north, palette="ocean", own_primary="", own_accent="vert")

    assert north.publisher_client.post(identity_url(north), form).status_code == 302


def test_a_colour_written_without_its_sign_is_understood(north):
    form = identity_form(north, palette=OWN_COLOURS, own_primary="00696B", own_accent="f2784b")
    north.publisher_client.post(identity_url(north), form)

    assert SiteIdentity.objects.get(site=north.site).theme.key == "00696b-f2784b.classique.vagues"


def test_whether_a_colour_can_be_read_is_said_while_one_writes_it(north, portal_visitor):
    url = reverse("colour_advice")
    field = {"field": "id_own_primary"}

    advice = north.publisher_client.get(url, {"colour": "#f7c600", **field}).content.decode()
    assert "il faut 4,5" in advice and 'data-take-colour="#896800" data-for="id_own_primary"' in advice
    for colour in ("#00696b", "#00", "<script>", ""):
        assert north.publisher_client.get(url, {"colour": colour, **field}).content == b""
    assert portal_visitor.get(url).status_code == 302


def test_the_logo_is_a_picture_of_ones_own_or_of_the_network(north, south):
    foreign = ImageFactory(collection=south.collection)
    html = north.publisher_client.post(identity_url(north), identity_form(north, logo=foreign.pk)).content.decode()

    assert "Choisissez une image de votre site ou du réseau" in html
    assert SiteIdentity.objects.get(site=north.site).logo is None


@pytest.mark.parametrize(
    "change", [{"palette": "fluo"}, {"motif": "fusée"}, {"typeface": "x"}, {"own_primary": "vert"}]
)
def test_a_choice_that_a_later_release_dropped_shows_the_standard_look(north, change):
    SiteIdentity.objects.filter(site=north.site).update(**{"palette": OWN_COLOURS, **change})

    assert "/theme/emeraude.classique.vagues-" in north.visitor.get("/").content.decode()
