"""The product as a deployer runs it: its own process, its own database, two workers, and a real browser."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from config.env import ROOT
from tests import databases
from tests.servers import free_port, wait_until_it_answers

PASSWORD = "demo"
POLES = databases.POLES


@dataclass
class Product:
    """A running install with two pôles of the demo."""

    port: int
    environment: dict[str, str]

    def address(self, slug: str = "", path: str = "/") -> str:
        host = f"{slug}.localhost" if slug else "localhost"
        return f"http://{host}:{self.port}{path}"

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout


@pytest.fixture(scope="session")
def product(run_folder, tmp_path_factory):
    """One for each process of the run: the demo is loaded once, and copied, since what the tests write stays there."""
    port, data = free_port(), tmp_path_factory.mktemp("product") / "data"
    shutil.copytree(databases.make_demo(run_folder, POLES), data, ignore=shutil.ignore_patterns("cache", "pages"))
    environment = databases.product_environment(data, port)
    running = Product(port, environment)
    running.manage("load_demo", "--only", *POLES)  # nothing is missing; its sites follow the port
    with Path(environment["DATA_DIR"], "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/healthz")
            yield running
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def edge_cases(product):
    """A third pôle where everything is too long: its name, its menu, a title, a word, a table; and a private page."""
    name = "Union des structures de l’économie sociale et solidaire des marches de Bretagne et du pays de Vitré réunies"
    product.manage("create_pole", "--pays", "vitre", "--name", name, "--hostname", "vitre.localhost")
    product.manage("shell", "-c", EDGE_CASES)
    return product


EDGE_CASES = """
from wagtail.models import PageViewRestriction, Site
from articles.models import ArticleIndexPage, ArticlePage
from commons.body import StoryBlock
from home.models import StandardPage
from home.style_guide import A_LONG_TITLE, EDGE_CASES, normal

home = Site.objects.get(hostname="vitre.localhost").root_page
for number in range(1, 11):
    page = StandardPage(title=f"Rubrique numéro {number} du pôle", slug=f"r{number}", show_in_menus=True)
    home.add_child(instance=page)
article = ArticlePage(title=A_LONG_TITLE[:250], slug="limites", body=normal(StoryBlock(), EDGE_CASES))
ArticleIndexPage.objects.child_of(home).first().add_child(instance=article)
private = home.add_child(instance=StandardPage(title="Réservé aux membres", slug="prive"))
PageViewRestriction.objects.create(page=private, restriction_type="password", password="sésame")
"""


@pytest.fixture(scope="session")
def article(product) -> dict[str, str]:
    """The longest article of each pôle: its path."""
    longest = product.manage(
        "shell",
        "-c",
        "from articles.models import ArticlePage\n"
        "from wagtail.models import Site\n"
        "for site in Site.objects.filter(is_default_site=False):\n"
        "    found = ArticlePage.objects.published().descendant_of(site.root_page)\n"
        "    longest = max(found, key=lambda article: len(article.body), default=None)\n"
        "    if longest: print('@', site.hostname.split('.')[0], longest.relative_url(site))",
    )
    return dict(line.split()[1:] for line in longest.splitlines() if line.startswith("@"))


def pytest_terminal_summary(terminalreporter):
    """Print what the tests measured, whichever process ran them."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in report.user_properties:
                if name == "measured":
                    terminalreporter.write_line(f"  {value}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "fr-FR", "viewport": {"width": 1280, "height": 900}}


def sign_in(page: Page, email: str) -> None:
    """On the page that asks who one is, to the editor's home."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url("**/admin/")


def errors_of(page: Page) -> list[str]:
    """What its console and its scripts complain of from now on."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def log_in(product, browser: Browser, browser_context_args):
    """Log somebody in to the editor, in a browser of their own."""
    contexts = []

    def open_editor(email: str) -> Page:
        context = browser.new_context(**browser_context_args)
        contexts.append(context)
        page = context.new_page()
        page.goto(product.address(path="/admin/"))
        sign_in(page, email)
        return page

    yield open_editor
    for context in contexts:
        context.close()
