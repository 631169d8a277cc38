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


def test_the_menu_opens_and_closes_by_keyboard(product, page: Page):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(product.address("fougeres"))

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Actualités")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Actualités")).to_be_hidden()


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


BUDGETS = {  # DOM nodes, requests, kilobytes: first view, cold cache
    "/": (300, 15, 250),
    "/actualites/": (300, 15, 250),
    "/recherche/?q=scop": (300, 15, 250),
    "/charte/": (250, 12, 150),
    "/mentions-legales/": (250, 12, 150),
}


@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_stays_light(product, browser, browser_context_args, path):
    context = browser.new_context(**{**browser_context_args, "viewport": {"width": 360, "height": 800}})
    page = context.new_page()
    sizes = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(
            sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
        ),
    )
    page.goto(product.address("fougeres", path), wait_until="networkidle")

    nodes, requests, kilobytes = BUDGETS[path]
    assert page.evaluate("document.querySelectorAll('*').length") <= nodes
    assert len(sizes) <= requests
    assert sum(sizes) / 1000 <= kilobytes
    context.close()
