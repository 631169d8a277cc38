"""A pôle's staff give their site its look: choose, see, be told, save."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_look_is_chosen_seen_before_it_is_saved_and_a_colour_too_light_is_mended_in_one_click(
    product, log_in, page: Page
):
    editor = log_in("publication.cornouaille@example.org")
    editor.get_by_role("link", name="Nom, logo et apparence").click()
    editor.get_by_role("tab", name="Apparence").click()
    expect(editor.get_by_label("Couleur principale")).to_be_hidden()

    editor.get_by_role("button", name="Afficher/masquer la prévisualisation").click()
    preview = editor.frame_locator("#w-preview-iframe, iframe").first
    sheet = preview.locator("link[rel=stylesheet]").first
    expect(sheet).to_have_attribute("href", re.compile("bruyere"), timeout=15_000)
    editor.wait_for_timeout(1500)  # Wagtail looks for changes once a second, from then on
    editor.get_by_label("Hortensia").check()
    editor.get_by_label("Phare", exact=True).check()
    expect(sheet).to_have_attribute("href", re.compile(r"/theme/hortensia\.classique\.phare-"), timeout=15_000)

    editor.get_by_role("radio", name="Nos deux couleurs").check()
    editor.get_by_role("textbox", name="Couleur principale").fill("#f7c600")
    editor.get_by_role("textbox", name="Seconde couleur").fill("#0b4a94")
    editor.get_by_role("button", name="Enregistrer").first.click()
    editor.get_by_role("button", name="Aller à la première erreur").click()
    expect(editor.get_by_text("son contraste est de 1,4, il faut 4,5")).to_be_visible()
    editor.get_by_role("button", name="Prendre cette couleur").click()
    expect(editor.get_by_role("textbox", name="Couleur principale")).to_have_value("#896800")
    editor.get_by_role("button", name="Enregistrer").first.click()
    expect(editor.get_by_text("Identité du site mis")).to_be_visible()

    page.goto(product.address("cornouaille"))
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--primary').trim()") == "#896800"
