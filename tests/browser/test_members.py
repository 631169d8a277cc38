"""The directory as people use it: a file imported, an organisation found, its profile kept right, the map on demand."""

import re
from base64 import b64decode

import pytest
from playwright.sync_api import Page, expect

from config.env import ROOT
from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser
SAMPLE = ROOT / "demo/imports/adherents-fautes.csv"
TILE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
TILES = "https://tuiles.example.net/**"


def corrected(content: str) -> str:
    """The faulty sample once its owner has corrected it by what the screen said."""
    for wrong, right in (
        ("31/02/2021", "28/02/2021"),
        (";SARL;", ";SCIC;"),
        ("3,53E+13", ""),
        ("-1,2;48,35;pas d'adresse", "48,35;-1,2;heure@example.org"),
        ("393000;6815000", "48,405;-1,42"),
        (";Licornes;", ";Culture et patrimoine;"),
        ("=CMD|' /C calc'!A0", "La Ferme du Gué"),
        ("\r\n;Association;", "\r\nSans nom connu;Association;"),
    ):
        assert wrong in content
        content = content.replace(wrong, right)
    lines = content.split("\r\n")
    del lines[8]  # the same organisation a second time
    return "\r\n".join(lines)


def unfold_criteria(page: Page) -> None:
    page.locator("summary", has_text="Critères").click()


def choose(page: Page, label: str, beginning: str) -> None:
    """The option of a facet that begins so; its count follows."""
    select = page.get_by_label(label, exact=True)
    select.select_option(select.locator("option", has_text=beginning).get_attribute("value"))


def test_a_faulty_file_is_corrected_imported_and_found_on_the_map_and_in_the_list(product, log_in, page: Page):
    editor = log_in("publication.cornouaille@example.org")
    editor.get_by_role("link", name="L’annuaire").first.click()
    editor.get_by_role("link", name="Importer", exact=True).click()
    editor.get_by_label("Fichier").set_input_files(SAMPLE)
    editor.get_by_role("button", name="Lire le fichier").click()

    expect(editor.get_by_text("Laissées de côté : Activité principale, Couleur du dossier.")).to_be_visible()
    editor.get_by_label("Activité principale").select_option("Secteurs")
    editor.get_by_role("button", name="Relire avec ces colonnes").click()
    errors = editor.get_by_role("table", name="Erreurs").get_by_role("row")
    expect(errors).to_have_count(11)  # and the header
    expect(errors.filter(has_text="31/02/2021")).to_contain_text("4")
    expect(editor.get_by_role("button", name="Importer", exact=True)).to_have_count(0)

    content = corrected(SAMPLE.read_bytes().decode("cp1252")).encode("cp1252")
    editor.get_by_role("button", name="Oublier ce fichier").click()
    editor.get_by_label("Fichier").set_input_files({"name": "corrigé.csv", "mimeType": "text/csv", "buffer": content})
    editor.get_by_role("button", name="Lire le fichier").click()
    editor.get_by_label("Activité principale").select_option("Secteurs")
    editor.get_by_role("button", name="Relire avec ces colonnes").click()
    editor.get_by_role("button", name="Importer", exact=True).click()
    expect(editor.get_by_text("8 nouvelles fiches")).to_be_visible()

    page.goto(product.address("cornouaille", "/annuaire/"))
    unfold_criteria(page)
    choose(page, "Secteur", "Habitat et bâtiment")
    expect(page.locator("[data-directory-status]")).to_contain_text("Habitat et bâtiment")
    choose(page, "Commune", "Fougères (1)")
    expect(page.get_by_role("link", name="Le Rabot du Couesnon", exact=True)).to_be_visible()
    expect(page.locator("[data-directory-status]")).to_contain_text("Fougères")
    assert "commune=foug" in page.url and "secteur=" in page.url
    page.route(TILES, lambda route: route.fulfill(body=TILE, content_type="image/png"))
    page.get_by_role("button", name="Afficher la carte").click()
    page.get_by_role("button", name="Le Rabot du Couesnon").click()
    expect(page.locator(".leaflet-popup").get_by_role("link", name="Le Rabot du Couesnon")).to_be_visible()

    editor.get_by_role("button", name="Annuler cet import").click()
    expect(editor.get_by_text("l’annuaire est tel qu’il était avant")).to_be_visible()
    page.goto(product.address("cornouaille", "/annuaire/?q=Rabot"))
    expect(page.get_by_text("Aucune organisation ne correspond")).to_be_visible()


def test_no_tile_is_asked_for_before_the_visitor_opens_the_map_whose_host_is_named(product, page: Page):
    asked = []
    page.route(
        TILES, lambda route: (asked.append(route.request.url), route.fulfill(body=TILE, content_type="image/png"))
    )
    page.goto(product.address("fougeres", "/annuaire/"), wait_until="networkidle")
    expect(page.locator("[data-map]")).to_contain_text("tuiles.example.net")
    assert asked == []

    page.get_by_role("button", name="Afficher la carte").click()
    expect(page.locator(".map-point").first).to_be_visible()
    expect(page.locator("[data-map] [role=status]")).to_contain_text("organisations sur la carte")
    page.wait_for_load_state("networkidle")

    assert asked
    # axe takes the tiles, which the map clips, for a cover over the texts around it.
    page.evaluate("document.querySelectorAll('.leaflet-tile').forEach((tile) => tile.remove())")
    assert violations(page) == []
    assert page.context.cookies() == []


def test_the_map_follows_the_choice_and_works_with_the_keyboard_alone(product, page: Page):
    page.route(TILES, lambda route: route.fulfill(body=TILE, content_type="image/png"))
    page.goto(product.address("fougeres", "/annuaire/"))
    page.get_by_role("button", name="Afficher la carte").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-point").first).to_be_visible()
    status = page.locator("[data-map] [role=status]")
    before = status.inner_text()

    page.locator("summary", has_text="Critères").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Famille", exact=True).focus()
    page.keyboard.type("Fondation")
    page.keyboard.press("Tab")
    expect(page.locator("[data-directory-status]")).to_contain_text("1 organisation")
    expect(status).not_to_have_text(before)

    point = page.get_by_role("button", name="Fondation du Pays de Granit")
    point.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup").get_by_role("link", name="Fondation du Pays de Granit")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    point.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Fondation du Pays de Granit")).to_be_visible()


def test_going_back_undoes_the_last_choice(product, page: Page):
    page.goto(product.address("fougeres", "/annuaire/"))
    everything = page.locator("[data-directory-status]").inner_text()
    unfold_criteria(page)
    page.get_by_label("Commune").select_option(index=1)
    expect(page.locator("[data-directory-status]")).not_to_have_text(everything)
    expect(page.locator("summary", has_text="Critères (1)")).to_be_visible()
    expect(page.get_by_label("Commune")).to_be_visible()  # the criteria stay unfolded

    page.go_back()

    expect(page.locator("[data-directory-status]")).to_have_text(everything)
    expect(page.get_by_label("Commune")).to_have_value("")


def test_without_a_script_the_directory_sorts_out_all_the_same(product, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(product.address("fougeres", "/annuaire/"))
    expect(page.locator("[data-map]")).to_be_hidden()

    unfold_criteria(page)
    page.get_by_label("Secteur").select_option(index=2)
    page.get_by_label("Ordre").select_option("commune")
    page.get_by_role("button", name="Filtrer").click()

    assert "secteur=" in page.url and "tri=commune" in page.url
    expect(page.locator(".profile").first).to_be_visible()
    page.get_by_role("link", name="Tout afficher").click()
    expect(page.locator(".profile")).to_have_count(12)
    context.close()


CHECK_LINK = """
from members.models import MemberPage
from members.verification import VerificationRequest
from django.urls import reverse
MemberPage.objects.filter(slug="haies-vives-35").update(email="haies@example.org")
member = MemberPage.objects.get(slug="haies-vives-35")
print("@", reverse("verify_member", args=[VerificationRequest.objects.create(member=member, email=member.email).token]))
"""


@pytest.mark.parametrize("with_script", [True, False])
def test_an_organisation_corrects_its_profile_by_its_link_and_the_pole_accepts(
    product, log_in, browser, browser_context_args, with_script
):
    found = product.manage("shell", "-c", CHECK_LINK)
    link = next(line.split()[1] for line in found.splitlines() if line.startswith("@"))
    phone = "02 61 91 77 01" if with_script else "02 61 91 77 02"
    context = browser.new_context(**browser_context_args, java_script_enabled=with_script)
    page = context.new_page()
    page.goto(product.address("fougeres", link))
    if with_script:
        assert violations(page) == []
    page.get_by_label("Téléphone").fill("demander")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("n’est pas un numéro de téléphone")
    page.get_by_label("Téléphone").fill(phone)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    page.goto(product.address("fougeres", link))
    expect(page.get_by_role("heading", level=1)).to_contain_text("n’est plus valable")
    assert context.cookies() == []

    editor = log_in("publication.fougeres@example.org")
    editor.get_by_role("link", name=re.compile("correction")).first.click()
    editor.get_by_role("button", name="Accepter (Haies vives 35)").click()
    expect(editor.get_by_text("Haies vives 35 : les corrections sont en ligne")).to_be_visible()

    page.goto(product.address("fougeres", "/annuaire/haies-vives-35/"))
    expect(page.get_by_role("link", name=phone)).to_be_visible()
    expect(page.get_by_text("Fiche vérifiée le")).to_be_visible()
    context.close()


def test_two_profiles_of_one_organisation_are_made_one(product, log_in, page: Page):
    editor = log_in("publication.fougeres@example.org")
    editor.get_by_role("link", name="L’annuaire").first.click()
    editor.get_by_role("link", name="Doublons").click()
    editor.get_by_role("link", name=re.compile("^Comparer")).first.click()
    editor.get_by_role("button", name="Réunir les deux en une seule fiche").click()

    expect(editor.get_by_text("Aucun doublon")).to_be_visible()
