"""Videos as a person meets them: nobody is called before they ask, whoever they are and however they ask."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.test_look import VIDEOS
from tests.browser.test_main_job import choose_action

pytestmark = pytest.mark.browser

FILMS = """
from wagtail.models import Site
from articles.models import ArticleIndexPage, ArticlePage
from videos.models import VideoIndexPage, VideoPage

home = Site.objects.get(hostname="fougeres.localhost").root_page
index = VideoIndexPage.objects.child_of(home).first()
addresses = {
    "youtube": "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90s",
    "vimeo": "https://vimeo.com/76979871",
    "dailymotion": "https://www.dailymotion.com/video/x8abcde",
}
blocks = []
for name, address in addresses.items():
    film = VideoPage(title=f"Un film chez {name}", slug=name, address=address)
    index.add_child(instance=film).save_revision().publish()
    blocks.append(("video", {"page": None, "address": address, "title": name, "caption": ""}))
article = ArticlePage(title="Trois films dans un article", slug="trois-films", body=blocks)
ArticleIndexPage.objects.child_of(home).first().add_child(instance=article).save_revision().publish()
"""
PLAYERS = {
    "youtube": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90&rel=0&autoplay=1",
    "vimeo": "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1",
    "dailymotion": "https://geo.dailymotion.com/player.html?video=x8abcde&autoplay=1",
}
# What moved since the page began, the moves that follow a key or a press left out, as in Core Web Vitals.
SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 700);
})"""


@pytest.fixture(scope="session")
def films(product):
    product.manage("shell", "-c", FILMS)
    return product


@pytest.fixture
def wire(page: Page, films):
    """Every address that the page asks of other hosts; an empty player answers for them."""
    asked = []

    def answer(route):
        if "localhost" in route.request.url.split("/")[2]:
            route.continue_()
            return
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<!doctype html><title>Lecteur</title><button>Lecture</button>")

    page.route("**/*", answer)
    return asked


def test_no_page_with_videos_calls_anybody_before_a_click(wire, films, page: Page):
    visits = [(slug, path) for slug, path, _kind in VIDEOS]
    visits += [("fougeres", f"/videos/{name}/") for name in PLAYERS]
    visits += [("fougeres", path) for path in ("/", "/videos/", "/actualites/trois-films/")]

    for slug, path in visits:
        page.goto(films.address(slug, path), wait_until="networkidle")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(150)
        assert wire == [], path

    assert page.context.cookies() == []


@pytest.mark.parametrize("name", PLAYERS)
def test_pressing_the_button_calls_the_right_player_and_nothing_moves(wire, films, page: Page, name):
    page.goto(films.address("fougeres", f"/videos/{name}/"), wait_until="networkidle")
    box = page.locator(".facade__poster").bounding_box()

    page.get_by_role("button", name="Lire la vidéo").click()

    expect(page.locator("iframe")).to_have_attribute("title", f"Un film chez {name}")
    page.wait_for_timeout(300)
    assert wire == [PLAYERS[name]]
    after = page.locator(".facade__poster").bounding_box()
    assert {side: round(after[side]) for side in after} == {side: round(box[side]) for side in box}
    assert page.evaluate(SHIFT) <= 0.02


def test_the_keyboard_alone_plays_a_film_and_stands_in_the_player(wire, films, page: Page):
    page.goto(films.address("fougeres", "/videos/youtube/"))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.facade__button')"):
            break

    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")

    expect(page.locator("iframe")).to_be_focused()
    assert outline != "none"
    assert wire == [PLAYERS["youtube"]]


def test_each_facade_keeps_its_own_choice(wire, films, page: Page):
    page.goto(films.address("fougeres", "/actualites/trois-films/"))

    page.get_by_role("button", name="Lire la vidéo sur Vimeo").click()

    expect(page.locator("iframe")).to_have_count(1)
    expect(page.get_by_role("button", name="Lire la vidéo sur YouTube")).to_be_visible()
    assert wire == [PLAYERS["vimeo"]]


def test_always_is_kept_in_the_browser_for_one_provider_and_taken_back_at_the_foot_of_any_page(wire, films, page: Page):
    page.goto(films.address("fougeres", "/videos/youtube/"))
    page.get_by_label("Toujours autoriser YouTube").check()
    page.goto(films.address("fougeres", "/actualites/trois-films/"), wait_until="networkidle")

    expect(page.locator("iframe")).to_have_count(1)
    page.locator("iframe").scroll_into_view_if_needed()
    assert {address.split("/")[2] for address in wire} == {"www.youtube-nocookie.com"}
    assert page.context.cookies() == []

    page.goto(films.address("fougeres", "/le-pole/"))
    page.get_by_role("button", name="Redemander pour YouTube").click()
    expect(page.locator(".video-choices")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    wire.clear()
    page.goto(films.address("fougeres", "/videos/youtube/"), wait_until="networkidle")
    expect(page.get_by_role("button", name="Lire la vidéo")).to_be_visible()
    assert wire == []


def test_without_scripts_the_button_is_a_link_to_the_provider(films, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(films.address("fougeres", "/videos/youtube/"))
    link = page.get_by_role("link", name="Lire la vidéo sur YouTube")

    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90s"
    expect(link).to_contain_text("Vous quitterez ce site pour www.youtube.com")
    expect(page.locator(".facade__choice")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", (360, 1280))
def test_a_facade_is_for_everybody_before_and_while_it_plays(wire, films, page: Page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(films.address("fougeres", "/actualites/trois-films/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []

    page.get_by_role("button", name="Lire la vidéo sur YouTube").click()
    expect(page.frame_locator("iframe").get_by_role("button")).to_be_visible()
    choice = page.get_by_label("Toujours autoriser Vimeo")
    choice.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # Chromium goes on sending clicks to where the player was before the scrolling
    choice.check()

    expect(page.get_by_text("Les vidéos de Vimeo se lanceront sans confirmation")).to_be_visible()
    assert violations(page) == []


def test_who_changes_their_mind_gets_the_poster_back(wire, films, page: Page):
    page.goto(films.address("fougeres", "/videos/youtube/"))
    page.get_by_role("button", name="Lire la vidéo").click()
    expect(page.frame_locator("iframe").get_by_role("button")).to_be_visible()
    page.get_by_label("Toujours autoriser YouTube").check()

    page.get_by_label("Toujours autoriser YouTube").uncheck()

    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_role("button", name="Lire la vidéo")).to_be_visible()
    expect(page.get_by_text("Une confirmation vous sera de nouveau demandée")).to_be_visible()


def test_a_film_of_ones_own_plays_with_its_captions(films, page: Page):
    page.goto(films.address("cornouaille", "/videos/trente-secondes-pour-venir-nous-voir/"))

    page.evaluate("document.querySelector('video').play()")
    expect(page.locator("video")).to_have_js_property("paused", False)
    page.wait_for_timeout(1500)
    assert page.evaluate("document.querySelector('video').currentTime") > 1

    assert page.evaluate("document.querySelector('video').textTracks[0].cues.length") == 3
    page.evaluate("document.querySelector('video').currentTime = 9")
    page.wait_for_timeout(1000)
    assert page.evaluate("document.querySelector('video').currentTime") > 9


def test_a_publisher_adds_a_video_from_a_pasted_address(films, log_in):
    editor = log_in("publication.cornouaille@example.org")
    editor.get_by_role("link", name="Ajouter une vidéo").click()

    editor.get_by_role("textbox", name="Adresse de la vidéo").fill(
        "https://video.example.org/w/la-fete-de-la-conserverie"
    )
    expect(editor.locator("[data-video-address-status]")).to_contain_text("Reconnue : Exemple.")
    expect(editor.locator("#id_title")).to_have_value("La fete de la conserverie")
    expect(editor.locator("#id_duration")).to_have_value("0:03:20")

    choose_action(editor, "^Publier")
    expect(editor.get_by_text("publiée").first).to_be_visible()
    editor.goto(films.address("cornouaille", "/videos/"))
    expect(editor.get_by_role("link", name="La fete de la conserverie")).to_be_visible()


def test_an_address_that_nobody_knows_is_said_so_while_one_types(films, log_in):
    editor = log_in("redaction.fougeres@example.org")
    editor.get_by_role("link", name="Ajouter une vidéo").click()

    editor.get_by_role("textbox", name="Adresse de la vidéo").fill("https://youtube.com.evil.test/watch?v=dQw4w9WgXcQ")

    expect(editor.locator("[data-video-address-status]")).to_contain_text("Sont acceptés : YouTube, Dailymotion, Vimeo")


def order(editor: Page) -> list[str]:
    """The episodes from top to bottom, as they stand on the screen."""
    shown = editor.locator("[data-inline-panel-child]:visible")
    placed = [(row.bounding_box()["y"], row.locator("[data-chooser-title]").inner_text()) for row in shown.all()]
    return [title for _y, title in sorted(placed)]


def test_a_series_is_put_in_order_by_keyboard_and_by_drag(films, log_in):
    key = films.manage("shell", "-c", SERIES_KEY).partition("@")[2].split()[0]
    editor = log_in("publication.cornouaille@example.org")
    editor.goto(films.address("", f"/admin/pages/{key}/edit/"))
    first, second, third = order(editor)

    editor.locator("[data-inline-panel-child-move-down]:visible").first.focus()
    editor.keyboard.press("Enter")
    editor.wait_for_timeout(600)
    assert order(editor) == [second, first, third]
    expect(editor.locator("[data-inline-panel-child]:visible").nth(1).get_by_title("Descendre")).to_be_focused()
    expect(editor.locator("#row-moved")).to_contain_text("2")

    handles = editor.locator("[data-inline-panel-child-drag]:visible")
    handles.nth(2).scroll_into_view_if_needed()
    start, end = handles.nth(2).bounding_box(), handles.nth(1).bounding_box()
    editor.mouse.move(start["x"] + 8, start["y"] + 8)
    editor.mouse.down()
    editor.mouse.move(end["x"] + 8, end["y"] - 30, steps=25)
    editor.mouse.up()
    editor.wait_for_timeout(600)
    dragged = order(editor)
    assert dragged.index(third) < 2 and dragged.index(second) < dragged.index(first)

    choose_action(editor, "^Publier")
    expect(editor.get_by_text("publiée").first).to_be_visible()
    editor.goto(films.address("cornouaille", "/videos/paroles-de-membres/"))
    assert editor.locator(".episode > a").all_inner_texts() == dragged


SERIES_KEY = """
from videos.models import VideoSeriesPage
print("@", VideoSeriesPage.objects.get(title="Paroles de membres").pk)
"""
