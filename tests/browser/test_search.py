"""From the portal to an organisation: on a telephone, with the keyboard alone, without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser
QUERY = "ressourceries fougeres"


def test_on_a_telephone_two_taps_lead_to_the_organisation(product, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(product.address())
    page.locator("#search-welcome").fill(QUERY)

    page.locator(".hero").get_by_role("button", name="Rechercher").click()
    organisation = page.locator(".result", has_text="Membre").first
    expect(page.locator(".result").first).to_be_in_viewport()
    expect(organisation.locator("mark").first).to_be_visible()
    organisation.get_by_role("link").click()

    expect(page.locator("h1")).to_be_visible()
    assert "/annuaire/" in page.url and "fougeres." in page.url


def test_with_the_keyboard_alone_a_suggestion_is_chosen(product, page: Page):
    page.goto(product.address("fougeres", "/recherche/"))
    field = page.locator("#search-page")
    field.focus()
    page.keyboard.type("scop", delay=40)
    listbox = page.get_by_role("listbox")
    expect(listbox.get_by_role("option").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert violations(page, doubts=False) == []  # the list lies over the page

    page.keyboard.press("ArrowDown")
    chosen = listbox.get_by_role("option", selected=True)
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    page.keyboard.press("Escape")
    expect(listbox).to_be_hidden()
    expect(field).to_be_focused()
    page.keyboard.type("s", delay=40)
    expect(listbox.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(page).not_to_have_url(product.address("fougeres", "/recherche/"))
    expect(page.locator("h1")).to_be_visible()


def test_without_javascript_results_are_sorted_out_by_the_form(product, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(product.address())
    page.locator("#search-welcome").fill("coopertive")
    page.locator("#search-welcome").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("coopérative")

    page.locator("summary", has_text="Trier").click()
    select = page.get_by_label("Type", exact=True)
    select.select_option(select.locator("option", has_text="Articles").get_attribute("value"))
    page.get_by_role("button", name="Filtrer").click()

    expect(page.locator(".result .meta").first).to_contain_text("Article")
    context.close()
