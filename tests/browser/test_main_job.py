"""The main job, done by people: write, approve, read; and one word of the network, new on every site."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import jpeg

pytestmark = pytest.mark.browser

TITLE = "La goélette associative reprend la mer"


def write_article(editor: Page, title: str, picture: Path) -> None:
    """As a writer does: through the menus, with a picture of one's own and a topic of the network."""
    editor.goto(editor.url.split("/admin/")[0] + "/admin/pages/")
    editor.locator("tr", has=editor.get_by_role("link", name="Actualités", exact=True)).locator("td.children a").click()
    editor.get_by_role("link", name="Ajouter une sous-page").first.click()
    editor.get_by_role("link", name=re.compile("^Article")).first.click()

    editor.get_by_placeholder("Titre de la page").fill(title)
    editor.get_by_role("textbox", name="Résumé").fill("Huit bénévoles ont remis à flot le bateau-école du pays.")

    editor.get_by_role("button", name="Choisir une image").click()
    dialog = editor.get_by_role("dialog")
    dialog.get_by_role("tab", name="Transférer").click()
    dialog.get_by_label("Fichier").set_input_files(picture)
    expect(dialog.get_by_label("Titre")).to_have_value(picture.stem)
    dialog.get_by_label("Description").fill("Une coque bleue à quai")
    dialog.get_by_role("button", name="Transférer").click()
    expect(dialog).to_be_hidden()

    editor.get_by_role("button", name="Insérer un bloc").first.click()
    editor.get_by_role("option", name="Texte", exact=True).click()
    editor.locator(".public-DraftEditor-content").last.click()
    editor.keyboard.type("La remise à l’eau a réuni tout le quai.")

    editor.get_by_role("tab", name="Autour de l’article").click()
    editor.get_by_role("button", name="Ajouter : thème").click()
    dialog = editor.get_by_role("dialog")
    dialog.get_by_label("Vie associative").check()
    dialog.get_by_role("button", name="Confirmer la sélection").click()
    expect(dialog).to_be_hidden()


def choose_action(editor: Page, name: str) -> None:
    """The action that one came for: a button beside « save »."""
    editor.get_by_role("button", name=re.compile(name)).click()


def text_at(page: Page, path: str) -> str:
    """What the site that the browser is on answers at `path`."""
    return page.evaluate("path => fetch(path).then(response => response.text())", path)


@pytest.fixture
def picture(tmp_path) -> Path:
    path = tmp_path / "goelette.jpg"
    path.write_bytes(jpeg(1300, 800))
    return path


def test_written_by_one_approved_by_another_read_by_all_and_on_no_other_poles_site(product, log_in, page, picture):
    writer = log_in("redaction.fougeres@example.org")
    write_article(writer, TITLE, picture)
    choose_action(writer, "Envoyer en relecture")
    expect(writer.get_by_text(re.compile("soumis", re.I)).first).to_be_visible()

    assert page.goto(product.address("fougeres", "/recherche/?q=goelette")).ok
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)

    publisher = log_in("publication.fougeres@example.org")
    publisher.get_by_role("link", name=TITLE).first.click()
    choose_action(publisher, "^Valider et Publier")
    expect(publisher.get_by_text(re.compile("valid|approuv|publi", re.I)).first).to_be_visible()

    page.goto(product.address("fougeres"))
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text("La remise à l’eau a réuni tout le quai.")).to_be_visible()
    expect(page.locator(".article__image img")).to_have_js_property("complete", True)
    assert TITLE in text_at(page, "/actualites/rss/")
    page.get_by_role("link", name="Vie associative").click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    page.get_by_role("combobox").first.fill("goélette")
    page.get_by_role("combobox").first.press("Enter")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()

    page.goto(product.address())
    card = page.get_by_role("article").filter(has_text=TITLE)
    expect(card).to_contain_text("EcoSolidaires")

    page.goto(product.address("cornouaille"))
    for path in ("/", "/actualites/", "/recherche/?q=goelette", "/actualites/rss/"):
        assert TITLE not in text_at(page, path)


def test_a_network_admin_changes_a_principle_and_each_site_shows_it(product, log_in, page):
    admin = log_in("reseau@example.org")
    admin.get_by_role("button", name="Contenus partagés").click()
    admin.get_by_role("link", name=re.compile("Principes", re.I)).first.click()
    admin.get_by_role("link", name="Ancrage territorial").first.click()
    admin.get_by_role("textbox", name="En une phrase").fill("Né d’ici, tenu par des gens d’ici.")
    choose_action(admin, "^Publier")
    expect(admin.get_by_text(re.compile("publié", re.I)).first).to_be_visible()

    for slug in ("", "fougeres", "cornouaille"):
        page.goto(product.address(slug, "/principes/"))
        expect(page.get_by_text("Né d’ici, tenu par des gens d’ici.")).to_be_visible()


def test_a_pole_opened_by_command_answers_on_the_running_server_and_its_staff_publish(product, log_in, page):
    assert page.goto(product.address("auray")).status == 400

    product.manage("create_pole", "--pays", "auray", "--name", "Pôle d’Auray", "--hostname", "auray.localhost")
    product.manage("shell", "-c", STAFF)

    for _ in range(4):  # each worker
        assert page.goto(product.address("auray")).status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("Pôle d’Auray")

    publisher = log_in("publication.auray@example.org")
    publisher.goto(product.address(path="/admin/pages/"))
    expect(publisher.get_by_role("table").get_by_text("EcoSolidaires")).to_have_count(0)
    publisher.get_by_role("link", name="Le pôle", exact=True).click()
    publisher.get_by_placeholder("Titre de la page").fill("Qui nous sommes")
    choose_action(publisher, "^Publier")
    expect(publisher.get_by_text(re.compile("publiée", re.I)).first).to_be_visible()

    page.goto(product.address("auray"))
    expect(page.get_by_role("link", name="Qui nous sommes").first).to_be_attached()


STAFF = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
user = get_user_model().objects.create_user("publication.auray@example.org", "demo")
user.groups.add(Group.objects.get(name="Publication – Pôle d’Auray"))
"""
