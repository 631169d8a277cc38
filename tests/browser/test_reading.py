"""Reading on a phone, by keyboard, without scripts; and nothing that a browser complains of."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PATHS = ("/", "/actualites/", "/recherche/?q=scop", "/principes/", "/charte/", "/mentions-legales/", "/nulle-part/")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways_or_breaks_the_policy_or_calls_elsewhere(product, page: Page, width):
    complaints, hosts = [], set()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.set_viewport_size({"width": width, "height": 800})

    for slug in ("", "fougeres"):
        for path in PATHS:
            page.goto(product.address(slug, path))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert hosts == {f"localhost:{product.port}", f"fougeres.localhost:{product.port}"}
    assert [text for text in complaints if "404" not in text] == []
    assert page.context.cookies() == []


def test_without_scripts_the_menu_and_the_search_work(product, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(product.address("fougeres"))

    page.get_by_role("link", name="Actualités").first.click()
    page.get_by_role("searchbox").first.fill("scop")
    page.get_by_role("searchbox").first.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Rechercher")
    expect(page.locator(".result").first).to_be_visible()
    context.close()
