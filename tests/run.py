"""`make test`: the suite on every layer that this machine has, and a last line that says which layers ran.

With REQUIRE_ALL_LAYERS=1 (what .ci/run sets) a missing layer is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from xml.etree import ElementTree

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site"), str(ROOT)]

from tests import databases  # noqa: E402 – this file is run by its path

POSTGRES = os.environ.get("TEST_POSTGRES_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
ICAL_JS = ROOT / "tests/events/ical_js"
CHROMIUM = Path(os.environ.get("CHROMIUM") or "/usr/bin/chromium")
IN_PARALLEL = ("-n", "auto", "--dist", "worksteal")
# What makes no query has been asked on SQLite.
ON_A_SECOND_DATABASE = "not browser and not validity and not ical_js and not database_independent"


def postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@dataclass
class Result:
    passed: bool
    tests: int = 0
    seconds: float = 0
    processor: float = 0  # seconds too, of all the processes of the layer but the database's server

    def __str__(self) -> str:
        return f"{self.tests:5} tests in {self.seconds:4.0f} s ({self.processor:.0f} s of processor)"


class Run:
    """One folder, which all the layers share: what one has made, the next copies (tests/databases.py)."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.results: dict[str, Result] = {}

    def environment(self, variables: dict[str, str]) -> dict[str, str]:
        return {**os.environ, databases.VARIABLE: str(self.folder), **variables}

    def pytest(self, *arguments: str, **variables: str) -> Result:
        began = time.monotonic()
        report = self.folder / f"{began}.xml"
        command = [sys.executable, "-m", "pytest", f"--junit-xml={report}", *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment(variables))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        tests = 0
        if report.exists():
            tests = sum(int(suite.get("tests")) for suite in ElementTree.parse(report).iter("testsuite"))
        seconds = time.monotonic() - began
        return Result(process.returncode == 0, tests, seconds, used.ru_utime + used.ru_stime)

    def make(self, *arguments: str, **variables: str) -> bool:
        """Databases, ahead of the layers that copy them. A failure is met again, and told, by the first that does."""
        command = [sys.executable, "tests/databases.py", str(self.folder), *arguments]
        made = subprocess.run(command, cwd=ROOT, env=self.environment(variables), capture_output=True)
        return made.returncode == 0


def install_ical_js() -> bool:
    """The package that its lock names, with its hash."""
    return subprocess.run(["npm", "ci", "--silent"], cwd=ICAL_JS).returncode == 0


def run_layers(run: Run, layers: dict[str, bool]) -> None:
    results = run.results
    postgres = urlunsplit(urlsplit(POSTGRES))
    # One run for what needs the running product, so that it is built once.
    markers = {"browser": "browser", "HTML validity": "validity"}
    outside = [layer for layer in markers if layers[layer]]

    def make_ahead() -> None:
        """While the first layer runs, so that no processor waits for one process."""
        if layers["PostgreSQL"]:
            run.make(DATABASE_URL=postgres)
        if outside:
            run.make("--demo", *databases.POLES, DATABASE_URL="")

    with ThreadPoolExecutor() as beside:
        beside.submit(make_ahead)
        results["SQLite"] = run.pytest(*IN_PARALLEL, DATABASE_URL="")
    if layers["PostgreSQL"]:
        results["PostgreSQL"] = run.pytest(*IN_PARALLEL, "-m", ON_A_SECOND_DATABASE, DATABASE_URL=postgres)

    def ical_js() -> Result:
        return run.pytest("-m", "ical_js", DATABASE_URL="") if install_ical_js() else Result(False)

    with ThreadPoolExecutor() as beside:  # one process that mostly waits for Node.js, beside the browser
        later: dict[str, Callable[[], Result]] = {}
        if layers["ical.js"]:
            later["ical.js"] = beside.submit(ical_js).result
        if outside:
            chosen = " or ".join(markers[layer] for layer in outside)
            found = run.pytest(*IN_PARALLEL, "-m", chosen, "tests/browser", CHROMIUM=str(CHROMIUM))
            results |= dict.fromkeys(outside, found)
        for layer, result in later.items():
            results[layer] = result()


def main() -> int:
    layers = {
        "SQLite": True,
        "PostgreSQL": postgres_answers(),
        "browser": CHROMIUM.exists(),
        "HTML validity": shutil.which("java") is not None,
        "ical.js": shutil.which("npm") is not None,
    }
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="poles-run-") as folder:
        run = Run(Path(folder))
        try:
            run_layers(run, layers)
        finally:
            if layers["PostgreSQL"]:
                databases.drop_all_in_postgresql(run.folder, POSTGRES)
    results = run.results
    told = []
    for layer, result in results.items():
        together = [other for other in results if results[other] is result]
        if layer == together[0]:
            told.append(f"{' and '.join(together):26} {result}")
    print("\n".join([*told, f"{'Together':26} {time.monotonic() - began:19.0f} s"]))
    missing = [layer for layer, found in layers.items() if not found]
    required = bool(missing and os.environ.get("REQUIRE_ALL_LAYERS"))
    if required:
        print(f"Required but not run: {', '.join(missing)}")
    print(
        "Layers: "
        + ", ".join(f"{layer} {'passed' if result.passed else 'FAILED'}" for layer, result in results.items())
        + "".join(f", {layer} not found" for layer in missing)
    )
    return int(required or not all(result.passed for result in results.values()))


if __name__ == "__main__":
    sys.exit(main())
