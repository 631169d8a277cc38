"""The measure of the seams: a new kind of content is one folder and one line in the applications."""

import os
import subprocess
import sys

import pytest

from config.env import ROOT
from tests import databases

KIND = ROOT / "tests/architecture/job_offers"


@pytest.mark.database_independent("the process that it starts has a database of its own")
def test_a_kind_in_a_folder_of_its_own_is_everywhere_without_a_change_in_another_room(run_folder):
    """See job_offers/walk.py for what everywhere means."""
    databases.migrated_sqlite(run_folder)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_SETTINGS"))
    }
    environment |= {"DATABASE_URL": "", databases.VARIABLE: str(run_folder)}
    settings = "--ds=tests.architecture.job_offers.settings"

    walk = subprocess.run(
        [sys.executable, "-m", "pytest", settings, "-p", "no:cacheprovider", "-p", "no:xdist", KIND / "walk.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert walk.returncode == 0, walk.stdout[-6000:] + walk.stderr[-2000:]
