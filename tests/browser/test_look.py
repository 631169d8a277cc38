"""The look, held by machines: every public template on two pôles with different themes, at three widths, by day and by
night, for everybody; and no heavier than BUDGETS says."""

import gzip
from datetime import date
from itertools import product as product_of
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from core.theme.palettes import PALETTES
from tests.browser.accessibility import OF_COLOURS, violations

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1280)
APPEARANCES = ("light", "dark")
LISTS = ("/", "/actualites/", "/actualites/?theme=cooperation", "/recherche/?q=scop", "/recherche/?q=introuvable")
VIDEOS = (
    ("", "/videos/", "list"),
    ("", "/videos/less-et-sa-loi/", "list"),
    ("", "/videos/reconnaitre-less-comme-une-facon-dentreprendre/", "text"),
    ("cornouaille", "/videos/", "list"),
    ("cornouaille", "/videos/trente-secondes-pour-venir-nous-voir/", "text"),
    ("cornouaille", "/videos/un-jardin-au-pied-des-tours/", "text"),
    ("fougeres", "/videos/la-scop-en-trois-minutes/", "text"),
)
MEMBERS = (
    ("", "/annuaire/", "list"),
    ("fougeres", "/annuaire/", "list"),
    ("fougeres", "/annuaire/?famille=scop&tri=commune", "list"),
    ("fougeres", "/annuaire/?q=introuvable", "list"),
    ("cornouaille", "/annuaire/", "list"),
    ("fougeres", "/annuaire/la-varlope-du-nancon/", "text"),
    ("fougeres", "/annuaire/donnees/", "text"),
)
EVENTS = (
    ("", "/agenda/", "list"),
    ("fougeres", "/agenda/", "list"),
    ("fougeres", "/agenda/?type=atelier&gratuit=1", "list"),
    ("fougeres", "/agenda/?commune=introuvable", "list"),
    ("fougeres", f"/agenda/mois/{date.today():%Y/%m}/", "month"),
    ("fougeres", f"/agenda/semaine/{date.today():%G/%V}/", "list"),
    ("fougeres", "/agenda/campagne/mois-de-l-ess/", "list"),
    ("fougeres", "/agenda/abonnement/", "text"),
    ("fougeres", "/agenda/permanence-parlons-de-votre-association/", "text"),
    ("fougeres", "/agenda/portes-ouvertes-a-latelier-de-sellerie/", "text"),
    ("cornouaille", "/agenda/", "list"),
)
TEXTS = ("/le-pole/", "/principes/", "/charte/", "/mentions-legales/", "/plan-du-site/", "/nulle-part/")


def open_page(browser: Browser, context_args: dict, width: int, appearance: str) -> Page:
    context = browser.new_context(
        **{**context_args, "viewport": {"width": width, "height": 900}, "color_scheme": appearance}
    )
    return context.new_page()


def inspect(page: Page, address: str, *looks: tuple[int, str]) -> list[str]:
    """What a machine has to say against a page: rules of access, sideways scrolling, errors, calls to other hosts.

    In each of `looks`, widths and appearances; in that of the page, if there are none.
    """
    found = []

    def on_console(message):
        # A browser complains of the status of the page of errors itself, and should.
        if message.type == "error" and not (address.endswith("/nulle-part/") and message.location["url"] == address):
            found.append(f"console: {message.text} {message.location['url']}")

    def on_error(error):
        found.append(f"script: {error}")

    def on_request(request):
        if request.url.split("/")[2] != address.split("/")[2]:
            found.append(f"calls {request.url}")

    listeners = {"console": on_console, "pageerror": on_error, "request": on_request}
    for event, listener in listeners.items():
        page.on(event, listener)
    page.goto(address)
    for width in dict.fromkeys(width for width, _appearance in looks) or [page.viewport_size["width"]]:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"scrolls sideways at {width}")
    for width, appearance in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=appearance, reduced_motion="reduce")
        only = OF_COLOURS if appearance == "dark" else ()
        found += [f"{width} {appearance} {line}" for line in violations(page, *only)]
    if not looks:
        found += violations(page)
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    return [f"{address}: {line}" for line in found]


PARTS = 4  # of the templates, which end at about the same time


@pytest.mark.parametrize("part", range(PARTS))
def test_every_template_of_two_poles_and_the_portal_is_for_everybody(
    product, article, browser, browser_context_args, part
):
    page = open_page(browser, browser_context_args, WIDTHS[0], APPEARANCES[0])
    addresses = [product.address("", path) for path in ("/", "/charte/", "/actualites/", "/recherche/?q=scop")]
    for slug in ("fougeres", "cornouaille"):
        addresses += [product.address(slug, path) for path in (*LISTS, *TEXTS, article[slug])]

    addresses += [product.address(slug, path) for slug, path, _kind in (*VIDEOS, *MEMBERS, *EVENTS)]

    looks = list(product_of(WIDTHS, APPEARANCES))
    found = [line for address in addresses[part::PARTS] for line in inspect(page, address, *looks)]

    assert not found, "\n".join(found)
    page.context.close()


def test_what_is_too_long_bends_but_does_not_break(edge_cases, browser, browser_context_args):
    page = open_page(browser, browser_context_args, 320, "light")
    paths = ("/", "/actualites/", "/actualites/limites/", "/r1/", "/prive/")
    looks = list(product_of((320, 1280), APPEARANCES))

    found = [line for path in paths for line in inspect(page, edge_cases.address("vitre", path), *looks)]

    assert not found, "\n".join(found)
    page.context.close()


@pytest.mark.parametrize("palette", PALETTES)
def test_the_style_guide_is_for_everybody_in_every_palette(product, browser, browser_context_args, palette):
    page = open_page(browser, browser_context_args, 1280, "light")
    looks = [(1280, appearance) for appearance in APPEARANCES]

    found = inspect(page, product.address("", f"/charte-graphique/?palette={palette}"), *looks)

    assert not found, "\n".join(found)
    page.context.close()


@pytest.mark.parametrize("motif", ("vagues", "phare", "ardoises"))
@pytest.mark.parametrize("typeface", ("classique", "affiche", "rond"))
def test_the_style_guide_holds_on_a_telephone_in_other_letters(product, browser, browser_context_args, typeface, motif):
    page = open_page(browser, browser_context_args, 360, "light")
    address = product.address("", f"/charte-graphique/?typeface={typeface}&motif={motif}")

    found = inspect(page, address)

    assert not found, "\n".join(found)
    page.context.close()


def test_text_of_twice_the_size_stays_readable(product, article, page: Page):
    page.set_viewport_size({"width": 1280, "height": 900})
    for path in ("/", "/actualites/", article["fougeres"]):
        page.goto(product.address("fougeres", path))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert violations(page) == []


def test_text_of_twice_the_size_fits_a_telephone_with_its_menu_open(product, article, page: Page):
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("/", "/actualites/", article["fougeres"], "/recherche/?q=scop", "/plan-du-site/"):
        page.goto(product.address("fougeres", path))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.locator(".menu__button").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_lines_hold_a_comfortable_number_of_characters(product, article, page: Page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(product.address("fougeres", article["fougeres"]))

    mean = page.evaluate(
        """() => {
            const lines = [...document.querySelectorAll(".story > p")].map((paragraph) => {
                const range = document.createRange();
                range.selectNodeContents(paragraph);
                const tops = new Set([...range.getClientRects()].map((line) => Math.round(line.top / 12)));
                return [paragraph.textContent.length, tops.size];
            }).filter(([, count]) => count > 3);
            return lines.reduce((sum, [length]) => sum + length, 0) / lines.reduce((sum, [, n]) => sum + n, 0);
        }"""
    )
    assert 55 <= mean <= 78


def test_a_reader_chooses_the_night_and_finds_it_again_without_a_cookie(product, page: Page):
    ground = "getComputedStyle(document.body).backgroundColor"
    page.goto(product.address("fougeres"))
    by_day = page.evaluate(ground)

    page.get_by_label("Apparence").select_option(label="Sombre")
    by_night = page.evaluate(ground)
    assert by_night != by_day
    page.goto(product.address("fougeres", "/actualites/"))
    assert page.evaluate(ground) == by_night
    assert page.context.cookies() == []

    page.get_by_label("Apparence").select_option(label="Automatique")
    page.reload()
    assert page.evaluate(ground) == by_day
    assert page.evaluate("localStorage.length") == 0


def test_on_paper_an_article_keeps_its_text_and_its_address_and_drops_the_rest(product, article, page: Page):
    page.goto(product.address("fougeres", article["fougeres"]))
    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".byline time")).to_be_visible()
    expect(page.locator(".print-only")).to_contain_text(article["fougeres"])
    for selector in (".menu", ".share", ".related", ".site-footer", ".breadcrumb"):
        expect(page.locator(selector).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_nothing_moves_for_those_who_ask_for_rest(product, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, reduced_motion="reduce")
    page = context.new_page()
    page.goto(product.address("fougeres"))

    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).transitionDuration") == "0s"
    context.close()


def test_forced_colours_keep_what_colours_said(product, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, forced_colors="active")
    page = context.new_page()
    page.goto(product.address("fougeres", "/actualites/"))
    current, other = page.locator(".main-menu a[aria-current]"), page.locator(".main-menu a:not([aria-current])").first
    edge = "element => getComputedStyle(element).borderBlockEndColor"

    assert current.evaluate(edge) != other.evaluate(edge)
    assert page.locator(".brand__mark").evaluate("element => getComputedStyle(element).borderStyle") == "solid"
    context.close()


def test_without_styles_a_page_reads_in_order(product, article, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(product.address("fougeres", article["fougeres"]))
    marks = (".skip-links a", ".brand", "h1", ".byline", ".story", ".share", ".related", ".site-footer")
    tops = [page.locator(mark).first.bounding_box()["y"] for mark in marks]

    assert tops == sorted(tops)
    context.close()


def test_a_picture_comes_as_avif_with_its_size_and_below_the_fold_only_when_needed(product, page: Page):
    formats = set()
    page.on("response", lambda response: formats.add(response.headers.get("content-type")))
    page.goto(product.address("cornouaille"), wait_until="networkidle")

    assert "image/avif" in formats and not formats & {"image/jpeg", "image/webp"}
    for picture in page.locator("main img").all():
        assert picture.get_attribute("width") and picture.get_attribute("height")
    assert {card.get_attribute("loading") for card in page.locator(".card img").all()} == {"lazy"}


# DOM nodes, requests, kB: first view, cold cache. A month in which something is on each day has links in all its cells.
BUDGETS = {"list": (300, 15, 250), "text": (250, 12, 150), "month": (400, 15, 250)}
CSS, JS = 25, 30  # kB, gzip


def test_pages_stay_light_over_the_wire(product, article, browser, browser_context_args, record_property):
    pages = [(slug, path, "list") for slug in ("", "fougeres", "cornouaille") for path in ("/", "/actualites/")]
    pages += [(slug, path, "text") for slug in ("fougeres", "cornouaille") for path in (*TEXTS, article[slug])]
    pages += [*VIDEOS, *MEMBERS, *EVENTS]
    measured, over = [], []
    page = open_page(browser, browser_context_args, 360, "light")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    for slug, path, kind in pages:
        requests.clear()
        page.goto(product.address(slug, path), wait_until="networkidle")
        sizes = [sum(r.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")) for r in requests]
        found = (page.evaluate("document.querySelectorAll('*').length"), len(sizes), round(sum(sizes) / 1000))
        measured.append(
            f"{slug or 'portail':12} {path[:48]:48} {found[0]:4} nodes {found[1]:3} requests {found[2]:4} kB"
        )
        over += [measured[-1]] if any(value > most for value, most in zip(found, BUDGETS[kind], strict=True)) else []

    page.goto(product.address("fougeres"))
    sheets = page.evaluate("[...document.styleSheets].map((sheet) => sheet.href)")
    scripts = page.evaluate("[...document.scripts].map((script) => script.src).filter(Boolean)")
    css, js = (sum(compressed(address) for address in addresses) for addresses in (sheets, scripts))
    page.context.close()
    for line in (*measured, f"CSS {css:.1f} kB gzip, JS {js:.1f} kB gzip"):
        record_property("measured", line)

    assert not over, "\n".join(over)
    assert css <= CSS and js <= JS


def compressed(address: str) -> float:
    """The size of a file in kB once compressed. Chromium alone resolves *.localhost: the portal serves the same."""
    path = address.split("/", 3)[3]
    port = address.split("/")[2].split(":")[1]
    with urlopen(f"http://localhost:{port}/{path}") as response:
        return len(gzip.compress(response.read())) / 1000
