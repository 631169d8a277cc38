"""A pôle of the demo, exported from one install and imported into an empty one: are its public pages the same?

    python tests/network/round_trip.py [pays]

prints how many pages were compared and how many differ, with the lines that do. Takes about a minute: not part of
`make test`, which does the same within one database (test_transfer.py).
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from difflib import unified_diff
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DUMP = """
import json
from django.test import Client
from core.querysets import pages
from poles.registry import Pole
pole = Pole.objects.get(pays__slug="{pays}")
found = dict()
for home in pages().published().filter(depth=2, translation_key=pole.site.root_page.translation_key):
    for page in pages().published().descendant_of(home, inclusive=True):
        path = page.get_url_parts()[2]
        response = Client(SERVER_NAME=pole.site.hostname, SERVER_PORT=str(pole.site.port)).get(path)
        found[path] = f"{{response.status_code}} {{response.content.decode()}}"
print("@@" + json.dumps(found))
"""
# A page and a document are known by their keys in these two addresses; keys are each install's own.
KEYS = re.compile(r"/(documents|lien)/\d+/")
# Wagtail cuts the name of a size at 60 characters; where two are then alike, the storage adds letters at random.
RANDOM_LETTERS = re.compile(r"(/media/images/[\w-]+?)_\w{0,7}(?=\.)")


def manage(folder: str, *arguments: str) -> str:
    environment = {**os.environ, "DATA_DIR": folder, "PORT": "8000"}
    run = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.exit(run.stderr)
    return run.stdout


def public_pages(folder: str, pays: str) -> dict[str, list[str]]:
    found = json.loads(manage(folder, "shell", "-c", DUMP.format(pays=pays)).split("@@")[1])
    return {path: RANDOM_LETTERS.sub(r"\1", KEYS.sub(r"/\1/0/", html)).splitlines() for path, html in found.items()}


def main(pays: str) -> int:
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        exported = str(Path(first, "pole.zip"))
        manage(first, "migrate", "--verbosity", "0")
        manage(first, "load_demo", "--only", pays)
        manage(first, "export_pole", "--pays", pays, "--output", exported)
        manage(second, "migrate", "--verbosity", "0")
        manage(second, "create_portal", "--hostname", "localhost")
        # What the network shares is not the pôle's to take along: the other install has the same.
        manage(second, "shell", "-c", "from demo.loader import load_shared_content; load_shared_content()")
        manage(second, "import_pole", exported)
        before, after = public_pages(first, pays), public_pages(second, pays)
    differing = [path for path in before if before[path] != after.get(path)]
    for path in differing:
        print(path)
        for line in unified_diff(before[path], after.get(path, []), n=0, lineterm=""):
            print("   ", line[:300])
    print(f"{len(before)} pages exported, {len(after)} imported, {len(differing)} differ.")
    return bool(differing) or set(before) != set(after)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "fougeres"))
