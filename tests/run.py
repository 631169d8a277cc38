"""`make test`: the suite on every layer that this machine has, and a last line that says which layers ran.

With REQUIRE_ALL_LAYERS=1 (what .ci/run sets) a missing layer is a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("TEST_POSTGRES_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
ICAL_JS = ROOT / "tests/events/ical_js"
CHROMIUM = Path(os.environ.get("CHROMIUM") or "/usr/bin/chromium")


def postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def pytest(*arguments: str, **variables: str) -> bool:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}).returncode == 0


def install_ical_js() -> bool:
    """The package that its lock names, with its hash."""
    return subprocess.run(["npm", "ci", "--silent"], cwd=ICAL_JS).returncode == 0


def main() -> int:
    layers = {
        "SQLite": True,
        "PostgreSQL": postgres_answers(),
        "browser": CHROMIUM.exists(),
        "HTML validity": shutil.which("java") is not None,
        "ical.js": shutil.which("npm") is not None,
    }
    workers = ("-n", "auto")
    results = {"SQLite": pytest(*workers, DATABASE_URL="")}
    if layers["PostgreSQL"]:
        results["PostgreSQL"] = pytest(*workers, DATABASE_URL=urlunsplit(urlsplit(POSTGRES)))
    if layers["ical.js"]:
        results["ical.js"] = install_ical_js() and pytest("-m", "ical_js", DATABASE_URL="")
    # One run for what needs the running product, so that it is built once.
    markers = {"browser": "browser", "HTML validity": "validity"}
    if wanted := [layer for layer in markers if layers[layer]]:
        chosen = " or ".join(markers[layer] for layer in wanted)
        passed = pytest(*workers, "-m", chosen, "tests/browser", CHROMIUM=str(CHROMIUM))
        results |= dict.fromkeys(wanted, passed)
    missing = [layer for layer, found in layers.items() if not found]
    failed = [layer for layer, passed in results.items() if not passed]
    print(
        "Layers: "
        + ", ".join(f"{layer} {'passed' if passed else 'FAILED'}" for layer, passed in results.items())
        + "".join(f", {layer} not found" for layer in missing)
    )
    if missing and os.environ.get("REQUIRE_ALL_LAYERS"):
        print(f"Required but not run: {', '.join(missing)}")
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
