"""A writer's everyday, as somebody does it who has only the screens."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import errors_of, sign_in
from tests.commons.test_pasting import WORD

pytestmark = pytest.mark.browser

PASTE = """html => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "sans forme");
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
}"""
KINDS = "[...document.querySelector('#body-root').rootBlock.children].map(({ type }) => type)"


@pytest.fixture
def editor(log_in) -> Page:
    """A publisher's browser, whose console must stay silent."""
    page = log_in("publication.fougeres@example.org")
    errors = errors_of(page)
    yield page
    assert errors == []


@pytest.fixture
def photograph(tmp_path) -> Path:
    """As a telephone takes it."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    path = tmp_path / "IMG_2041.heic"
    Image.new("RGB", (1200, 900), "teal").save(path, "HEIF")
    return path


def add_text(editor: Page) -> None:
    editor.get_by_role("button", name="Insérer un bloc").first.click()
    editor.get_by_role("option", name="Texte", exact=True).click()
    editor.locator("#body-root .public-DraftEditor-content").click()


def test_a_text_of_word_a_table_and_a_photo_are_scheduled_for_tomorrow(product, editor, photograph):
    editor.get_by_role("link", name="Écrire un article").click()
    editor.get_by_placeholder("Titre de la page").fill("Les comptes de l’année")
    editor.get_by_role("button", name="Choisir une image").first.click()
    dialog = editor.get_by_role("dialog")
    dialog.get_by_role("tab", name="Transférer").click()
    dialog.get_by_label("Fichier").set_input_files(photograph)
    expect(dialog.get_by_label("Titre")).to_have_value(photograph.stem)
    dialog.get_by_role("button", name="Transférer").click()
    expect(dialog.locator(".error-message")).to_contain_text("Décrivez")
    assert dialog.get_by_label("Fichier").evaluate("field => field.files.length") == 1, "the file is not lost"
    dialog.get_by_label("Description").fill("La salle pleine")
    dialog.get_by_role("button", name="Transférer").click()
    expect(dialog).to_be_hidden()

    add_text(editor)
    editor.evaluate(PASTE, WORD.replace('<img src="file:///C:/image001.png" alt="La salle pleine">', ""))
    expect(editor.get_by_role("status").get_by_text("6 blocs ont été collés.")).to_be_visible()
    assert editor.evaluate(KINDS) == ["heading", "paragraph", "heading", "paragraph", "heading", "table"]

    editor.get_by_role("button", name="Afficher/masquer le statut").click()
    editor.get_by_role("button", name="Programmer").click()
    tomorrow = timezone.localtime() + timedelta(days=1)
    editor.get_by_label("Date/heure de publication").fill(f"{tomorrow:%Y-%m-%d}T09:00")
    editor.get_by_role("button", name="Enregistrer la programmation").click()
    editor.locator("footer [name=action-publish]").click()
    expect(editor.get_by_text(re.compile("programmée|planifiée")).first).to_be_visible()


def test_a_paste_cuts_the_paragraph_where_the_cursor_is_and_is_undone(product, editor):
    editor.get_by_role("link", name="Écrire un article").click()
    add_text(editor)
    editor.keyboard.type("Avant après")
    for _ in range(6):
        editor.keyboard.press("ArrowLeft")

    editor.evaluate(PASTE, "<h2>Au milieu</h2><p>Un mot</p>")
    expect(editor.get_by_role("status").get_by_text("2 blocs ont été collés.")).to_be_visible()

    assert editor.evaluate(KINDS) == ["paragraph", "heading", "paragraph", "paragraph"]
    editor.get_by_role("button", name="Annuler le collage").click()
    assert editor.evaluate(KINDS) == ["paragraph"]
    expect(editor.locator("#body-root .public-DraftEditor-content")).to_have_text("Avant après")


def test_a_home_that_nothing_configured_loses_no_block_when_one_is_added(product, log_in):
    editor = log_in("publication.cornouaille@example.org")
    editor.get_by_role("link", name="Toutes les pages").click()
    editor.goto(f"{editor.url.rstrip('/')}/edit/")
    before = editor.evaluate(KINDS)
    assert len(before) > 2

    editor.locator("#body-root").get_by_role("button", name="Insérer un bloc").last.click()
    editor.get_by_role("option", name="Contenu libre").click()

    editor.wait_for_function(f"{KINDS}.length > {len(before)}")
    assert editor.evaluate(KINDS) == [*before, "story"]


def test_a_session_that_ends_while_one_writes_loses_nothing(product, log_in):
    editor = log_in("redaction.fougeres@example.org")
    editor.get_by_role("link", name="Écrire un article").click()
    editor.get_by_placeholder("Titre de la page").fill("Écrit avant la pause")
    context = editor.context
    context.clear_cookies()
    editor.evaluate("window.dispatchEvent(new Event('focus'))")
    alert = editor.get_by_role("alert").filter(has_text="Vous n’êtes plus connecté·e")
    expect(alert).to_be_visible()
    address = editor.url
    editor.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(editor.get_by_placeholder("Titre de la page")).to_have_value("Écrit avant la pause")
    assert editor.url == address

    with context.expect_page() as opened:
        alert.get_by_role("link").click()
    other = opened.value
    sign_in(other, "redaction.fougeres@example.org")
    other.close()
    editor.bring_to_front()
    editor.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(editor.get_by_text("Vous êtes de nouveau connecté·e")).to_be_visible()
    editor.get_by_role("button", name="Enregistrer le brouillon").click()

    editor.wait_for_url("**/edit/")
    editor.reload()
    expect(editor.get_by_placeholder("Titre de la page")).to_have_value("Écrit avant la pause")


def test_what_a_text_still_lacks_is_said_while_one_writes_and_leads_there(product, editor):
    editor.get_by_role("link", name="Écrire un article").click()
    editor.get_by_placeholder("Titre de la page").fill("Un titre tout seul")
    editor.get_by_role("button", name="Enregistrer le brouillon").click()
    advice = editor.locator(".advice")
    expect(advice).to_contain_text("Avant de publier : 1 point à regarder")
    expect(advice).to_contain_text("Sans résumé")

    advice.get_by_role("button", name="Y aller").click()
    summary = editor.get_by_role("textbox", name="Résumé")
    expect(summary).to_be_focused()
    summary.fill("Deux phrases.")
    editor.get_by_role("button", name="Enregistrer le brouillon").click()

    expect(advice).to_contain_text("rien à signaler")
