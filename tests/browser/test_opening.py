"""A pôle is opened with the screens, its first colleague writes, and the people of another pôle see nothing of it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NAME = "Pôle du pays de Dinan"
SECRET = "Brouillon confidentiel de Dinan"
PUBLISHED = "Dinan ouvre son pôle"


def write(editor, title: str) -> None:
    editor.get_by_role("link", name="Écrire un article").click()
    editor.get_by_placeholder("Titre de la page").fill(title)
    editor.get_by_role("textbox", name="Résumé").fill("Une première page, écrite le jour même.")


def test_opened_joined_published_and_unseen_by_the_others(product, log_in, browser, browser_context_args):
    admin = log_in("reseau@example.org")
    admin.get_by_role("link", name="Les pôles", exact=True).click()
    admin.get_by_role("link", name="Ouvrir un pôle").click()
    admin.get_by_label("Pays").select_option(label="Dinan")
    admin.get_by_label("Nom du pôle").fill(NAME)
    admin.get_by_label("Adresse de son site").fill("dinan.localhost")
    admin.get_by_label("Adresse e-mail de la première personne").fill("premiere.dinan@example.org")
    admin.get_by_role("button", name="Montrer ce qui sera créé").click()
    expect(admin.get_by_role("heading", name="Ce qui sera créé")).to_be_visible()
    expect(admin.get_by_text(f"Publication – {NAME}")).to_be_visible()
    admin.get_by_role("button", name="Ouvrir le pôle").click()
    expect(admin.get_by_role("link", name="http://dinan.localhost")).to_be_visible()
    expect(admin.get_by_text("premiere.dinan@example.org").first).to_be_visible()

    said = product.manage(
        "shell", "-c", "from poles.models import Invitation; print('@', Invitation.objects.latest('sent_at').url)"
    )
    context = browser.new_context(**browser_context_args)
    colleague = context.new_page()
    colleague.goto(re.search(r"@ (\S+)", said)[1])
    colleague.get_by_label("Prénom").fill("Maï")
    colleague.get_by_label("Nom", exact=False).last.fill("Le Goff")
    colleague.locator("#id_password").fill("Hermine-35-Zef")
    colleague.get_by_label("Le même mot de passe une seconde fois").fill("Hermine-35-Zef")
    colleague.get_by_role("button", name="Ouvrir mon compte").click()
    expect(colleague.get_by_role("heading", name=re.compile(NAME)).first).to_be_visible()

    write(colleague, PUBLISHED)
    colleague.get_by_role("button", name="Publier", exact=True).click()
    expect(colleague.get_by_text(re.compile("publi", re.I)).first).to_be_visible()
    colleague.goto(product.address(path="/admin/"))
    write(colleague, SECRET)
    colleague.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(colleague.get_by_text(re.compile("créé|enregistr", re.I)).first).to_be_visible()

    visitor = context.new_page()
    visitor.goto(product.address("dinan", "/actualites/"))
    expect(visitor.get_by_role("link", name=PUBLISHED).first).to_be_visible()
    expect(visitor.get_by_text(SECRET)).to_have_count(0)
    context.close()

    other = log_in("publication.cornouaille@example.org")
    for path in (
        "/admin/",
        "/admin/pages/",
        "/admin/pages/search/?q=Dinan",
        "/admin/choose-page/search/?q=confidentiel",
        "/admin/images/",
        "/admin/documents/",
        "/admin/reports/aging-pages/",
        "/admin/equipe/",
        "/admin/equipe/cornouaille/journal/",
    ):
        other.goto(product.address(path=path))
        for word in (SECRET, "Maï Le Goff", "premiere.dinan@example.org"):
            expect(other.get_by_text(word)).to_have_count(0)
    other.goto(product.address(path="/admin/equipe/dinan/"))
    expect(other.get_by_text("premiere.dinan@example.org")).to_have_count(0)
