"""A passkey: added from one's account, then enough to sign in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD

pytestmark = pytest.mark.browser

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_one_signs_in_with_a_passkey(product, log_in):
    person = log_in("redaction.cornouaille@example.org")
    device = person.context.new_cdp_session(person)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    person.goto(product.address(path="/admin/account/"))
    person.get_by_role("tab", name="Plus d'actions").click()
    person.get_by_role("link", name="Double authentification et clés d’accès").click()
    person.locator("section", has_text="Clés de sécurité").get_by_role("link", name="Ajouter").click()
    person.locator("#id_password").fill(PASSWORD)
    person.get_by_role("button", name="Confirmer").click()
    person.locator("#id_passwordless").check()
    person.get_by_role("button", name="Ajouter").click()
    expect(person.get_by_role("heading", name=re.compile("Codes de récupération"))).to_be_visible()

    person.goto(product.address(path="/admin/compte/deconnexion/"))
    person.locator("main").get_by_role("button").first.click()
    person.wait_for_url("**/admin/login/**")
    person.get_by_role("button", name="Se connecter avec une clé d’accès").click()

    person.wait_for_url("**/admin/")
    expect(person.get_by_role("heading", name=re.compile("bienvenue")).first).to_be_visible()
