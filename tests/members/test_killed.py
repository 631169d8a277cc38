"""A process killed in the middle of an import, for good: its database holds no line of it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest

from config.env import ROOT
from tests.databases import migrated_sqlite

pytestmark = pytest.mark.database_independent("has a SQLite file of its own, whatever database the others use")

LINES = 150
IMPORT = f"""
import sys
from itertools import count
from django.db import connection
from members.importing.imports import MemberImport
from members.importing.reading import read_table
from members.models import MemberIndexPage
from network.provisioning import provision_pole, provision_portal
provision_portal(hostname="localhost")
provision_pole(pays="fougeres", name="Pôle", hostname="fougeres.localhost")
directory = MemberIndexPage.objects.get()
lines = "".join(f"Organisation {{number}};scop\\n" for number in range({LINES}))
found = MemberImport.begin(directory, None, "membres.csv", read_table(f"Nom;Famille\\n{{lines}}".encode()))
found.state = MemberImport.State.RUNNING
found.save()
statements = count(1)
def stop_after_one(execute, *statement):
    answer = execute(*statement)
    if next(statements) == WHERE_IT_STOPS:
        print("stopped", flush=True)
        sys.stdin.read()
    return answer
with connection.execute_wrapper(stop_after_one):
    found.run()
print("ended after", next(statements) - 1, "statements", flush=True)
"""


@pytest.mark.parametrize("statement", [1, 150, 900])
def test_a_process_killed_at_any_moment_leaves_no_line(tmp_path, run_folder, statement):
    """It is killed while it waits after that many of the import's statements."""
    shutil.copy(migrated_sqlite(run_folder), tmp_path / "db.sqlite3")
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATA_DIR": str(tmp_path),
        "LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-c", IMPORT.replace("WHERE_IT_STOPS", str(statement))],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = next(line for line in process.stdout if line.startswith(("stopped", "ended")))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert said == "stopped\n"

    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        assert database.execute("SELECT COUNT(*) FROM members_memberpage").fetchone() == (0,)
        assert database.execute("SELECT state FROM members_memberimport").fetchone() == ("running",)
