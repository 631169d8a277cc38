"""A process killed in the middle of an import, for good: its database holds no line of it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from config.env import ROOT

LINES = 150
IMPORT = f"""
import sys
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
print("begins", flush=True)
found.run()
print("ends", flush=True)
"""


@pytest.mark.parametrize("seconds", [0.05, 0.4, 1.2])
def test_a_process_killed_at_any_moment_leaves_no_line(tmp_path, seconds):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATA_DIR": str(tmp_path),
        "LOG_LEVEL": "ERROR",
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
    process = subprocess.Popen(
        [*manage, "shell", "-c", IMPORT], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    for line in process.stdout:
        if line.startswith("begins"):
            break
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    assert "ends" not in rest

    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        assert database.execute("SELECT COUNT(*) FROM members_memberpage").fetchone() == (0,)
        assert database.execute("SELECT state FROM members_memberimport").fetchone() == ("running",)
