"""The face of the sites on a telephone: a home is short, what one looks for is on the first screen, no word breaks."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

SCREEN = 844  # of 390 px
HOMES = ("", "fougeres", "cornouaille")
TEMPLATES = (
    "/", "/actualites/", "/agenda/", "/annuaire/", "/videos/", "/contact/", "/mon-projet/", "/principes/", "/charte/",
    "/mentions-legales/", "/plan-du-site/", "/recherche/?q=scop", "/annuaire/la-varlope-du-nancon/",
    "/agenda/permanence-parlons-de-votre-association/", "/agenda/imprimer/",
)  # fmt: skip
WIDTHS = (320, 360, 390, 480, 600, 768, 1024, 1280)

# The boxes that hold text of which some is out of sight, and the words that are cut in two without a hyphen.
CUT = r"""() => {
  // But for addresses, which may end a line wherever it ends.
  const WORDS = /(?<![\p{L}\p{N}@.\/-])[\p{L}\p{N}]{2,}(?![\p{L}\p{N}@\/]|[.-][\p{L}\p{N}])/gu;
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest(".visually-hidden, .trap, option, svg")) continue;
    if (element.closest(".table, .brand--long, .card__summary")) continue;
    const hidden = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== "visible";
    if (hidden && element.clientWidth) found.push(`overflow: ${element.tagName} ${element.textContent.trim()}`);
    for (const node of element.childNodes) {
      if (node.nodeType !== 3) continue;
      for (const word of node.textContent.matchAll(WORDS)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const tops = new Set([...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.top)));
        if (tops.size > 1 && getComputedStyle(element).hyphens !== "auto") found.push(`cut: ${word[0]}`);
      }
    }
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(`the page is ${wide} px too wide`);
  return [...new Set(found)];
}"""


@pytest.fixture
def telephone(browser: Browser, browser_context_args):
    context = browser.new_context(**{**browser_context_args, "viewport": {"width": 390, "height": SCREEN}})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("slug", HOMES)
def test_a_home_is_read_in_four_screens_and_a_half(product, telephone: Page, slug):
    telephone.goto(product.address(slug, "/"))

    assert telephone.evaluate("document.documentElement.scrollHeight") / SCREEN <= 4.5
    assert telephone.locator(".hero").bounding_box()["height"] <= SCREEN / 2
    assert telephone.locator(".now .date").first.bounding_box()["y"] < SCREEN, "what is on this week is on the first"


@pytest.mark.parametrize(
    ("path", "result"),
    [
        ("/annuaire/", ".profile"),
        ("/annuaire/?q=traiteur", ".profile"),
        ("/agenda/", ".date"),
        ("/actualites/", ".card"),
        ("/recherche/?q=scop", ".result, .card"),
        ("/agenda/permanence-parlons-de-votre-association/", ".member__side time"),
    ],
)
def test_the_first_result_is_on_the_first_screen(product, telephone: Page, path, result):
    telephone.goto(product.address("fougeres", path))

    assert telephone.locator(f"main :is({result})").first.bounding_box()["y"] < SCREEN


@pytest.mark.parametrize("slug", HOMES[:2])
def test_no_text_is_cut_at_any_width(product, telephone: Page, slug):
    found = {}
    for path in TEMPLATES:
        telephone.goto(product.address(slug, path))
        for width in WIDTHS:
            telephone.set_viewport_size({"width": width, "height": SCREEN})
            if cut := telephone.evaluate(CUT):
                found[f"{path} at {width}"] = cut[:5]

    assert not found


def test_from_a_home_one_date_alone_is_added_to_a_calendar(product, telephone: Page):
    telephone.goto(product.address("fougeres", "/"))
    telephone.locator(".now .date a").first.click()
    chosen = telephone.locator(".member__side li:target")
    expect(chosen).to_have_count(1)
    with telephone.expect_download() as download:
        chosen.get_by_role("link", name="Ajouter cette date").click()

    calendar = download.value.path().read_text()
    _head, event = calendar.split("BEGIN:VEVENT")
    assert "RRULE" not in event


def test_from_a_home_one_writes_to_the_pole(product, telephone: Page):
    telephone.goto(product.address("fougeres", "/"))
    telephone.locator(".hero__ways a").first.click()
    telephone.get_by_label("Votre projet, en quelques mots").fill("Un atelier de réparation de vélos.")
    telephone.get_by_label("Dans quelle commune").fill("Vitré")
    telephone.get_by_label("J’ai une idée").check()
    telephone.get_by_label("Votre nom").fill("Maëlle")
    telephone.get_by_label("Votre adresse e-mail").fill("maelle@example.org")
    telephone.wait_for_timeout(2100)
    telephone.get_by_role("button", name="Envoyer").click()

    assert "bien arrivé" in telephone.locator("h1").inner_text()
