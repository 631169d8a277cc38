"""Without a mouse: the shortcuts, the menu, the filters, the search and a form."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def tab_to(page: Page, locator, presses: int = 60) -> None:
    """Press Tab until `locator` has the focus; on the way, what has the focus must be seen."""
    page.emulate_media(reduced_motion="reduce")  # what has the focus is in view at once
    for _ in range(presses):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const box = document.activeElement.getBoundingClientRect();
                const ring = getComputedStyle(document.activeElement).outlineStyle;
                const card = document.activeElement.closest(".card");
                return { seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
                         ring: ring !== "none" || (card && getComputedStyle(card).outlineStyle !== "none") };
            }"""
        )
        assert focused["seen"] and focused["ring"], page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no way to {locator} in {presses} presses")


def test_the_first_link_skips_to_the_content(product, page: Page):
    page.goto(product.address("fougeres", "/actualites/"))
    skip = page.get_by_role("link", name="Aller au contenu")
    tab_to(page, skip)
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_second_to_the_menu_which_opens_and_closes(product, page: Page):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(product.address("fougeres"))
    tab_to(page, page.get_by_role("link", name="Aller au menu"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".menu__button")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Actualités")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Actualités")).to_be_hidden()
    expect(page.locator(".menu__button")).to_be_focused()


def test_on_a_wide_screen_the_menu_is_there_without_opening_it(product, page: Page):
    page.goto(product.address("fougeres"))
    tab_to(page, page.get_by_role("link", name="Aller au menu"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Actualités")).to_be_focused()


def test_a_long_menu_opens_and_closes_at_all_widths(edge_cases, page: Page):
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(edge_cases.address("vitre"))
        button = page.locator(".menu__button")
        place = button.bounding_box()
        button.click()
        expect(page.get_by_role("link", name="Rubrique numéro 10 du pôle")).to_be_visible()
        assert button.bounding_box() == place, "a second press at the same place closes it"
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Rubrique numéro 10 du pôle")).to_be_hidden()


def test_the_filters_are_chosen_and_taken_off(product, page: Page):
    page.goto(product.address("fougeres", "/actualites/"))
    tab_to(page, page.get_by_label("Thème"))
    page.keyboard.type("Coop")
    tab_to(page, page.get_by_role("button", name="Filtrer"))
    page.keyboard.press("Enter")

    page.wait_for_url("**theme=cooperation**")
    expect(page.get_by_role("status").filter(has_text="article")).to_contain_text("Coopératives")
    tab_to(page, page.get_by_role("link", name="Tout afficher"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/actualites/")


def test_a_search_is_typed_and_its_first_result_opened(product, page: Page):
    page.goto(product.address("fougeres"))
    tab_to(page, page.get_by_role("combobox").first)
    page.keyboard.type("scop")
    page.keyboard.press("Enter")

    page.wait_for_url("**/recherche/**")
    tab_to(page, page.locator(".result a").first)
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_be_visible()


def test_a_form_says_what_is_wrong_and_leads_to_it(edge_cases, page: Page):
    page.goto(edge_cases.address("vitre", "/prive/"))
    field = page.get_by_label("Mot de passe")
    tab_to(page, field)
    page.keyboard.type("ouvre-toi")
    page.keyboard.press("Enter")

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Mot de passe")
    expect(field).to_have_attribute("aria-invalid", "true")
    tab_to(page, summary.get_by_role("link"))
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("sésame")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Réservé aux membres")
