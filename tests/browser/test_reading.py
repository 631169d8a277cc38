"""Reading on a phone, by keyboard, without scripts; and nothing that a browser complains of."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PATHS = ("/", "/actualites/", "/recherche/?q=scop", "/principes/", "/charte/", "/mentions-legales/", "/nulle-part/")


def test_at_four_times_the_size_no_page_scrolls_sideways_and_none_sets_a_cookie(product, page: Page):
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 % (WCAG 2.2, 1.4.10)

    for slug in ("", "fougeres"):
        for path in PATHS:
            page.goto(product.address(slug, path))
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path

    assert page.context.cookies() == []


def test_without_scripts_the_menu_and_the_search_work(product, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(product.address("fougeres"))

    page.get_by_role("link", name="Actualités").first.click()
    page.get_by_role("searchbox").first.fill("scop")
    page.get_by_role("searchbox").first.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Rechercher sur ce site")
    expect(page.locator(".result").first).to_be_visible()
    context.close()
