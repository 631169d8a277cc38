"""The screens of our own in the editor, and the forms that are open all day, are for everybody and raise no error."""

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import violations
from tests.browser.conftest import errors_of

pytestmark = pytest.mark.browser

PUBLISHER = (
    "", "corbeille/", "calendrier/", "redirects/", "redirects/import/", "guides/", "guides/publier/", "equipe/",
    "equipe/fougeres/journal/", "agenda/", "annuaire/",
)  # fmt: skip
NETWORK = ("", "poles/", "poles/ouvrir/", "corbeille/", "calendrier/", "equipe/reseau/")


def look(page: Page, address: str) -> list[str]:
    assert page.goto(address).status == 200, address
    page.evaluate("delete window.axe")  # Wagtail's own, with its own rules for what one writes
    return [f"{address}: {line}" for line in violations(page, doubts=False)]


@pytest.mark.parametrize(
    ("email", "paths"),
    [("publication.fougeres@example.org", PUBLISHER), ("reseau@example.org", NETWORK)],
    ids=["publisher", "network"],
)
def test_every_screen_of_ours_is_for_everybody(product, log_in, email, paths):
    page = log_in(email)
    errors = errors_of(page)

    found = [line for path in paths for line in look(page, product.address(path=f"/admin/{path}"))]

    assert not found + errors, "\n".join(found + errors)


def test_the_forms_of_articles_events_films_and_of_the_home_are_for_everybody(product, log_in):
    page = log_in("publication.fougeres@example.org")
    errors = errors_of(page)
    buttons = page.locator('main a[href*="/pages/add/"]').evaluate_all("links => links.map(({ pathname }) => pathname)")
    assert len(buttons) >= 3
    home = page.locator('a[href^="/admin/menu/"]').get_attribute("href").split("/")[3]

    found = []
    for path in (*buttons, f"/admin/pages/{home}/edit/"):
        found += look(page, product.address(path=path))

    assert not found + errors, "\n".join(found + errors)
