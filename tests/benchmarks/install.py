"""An install of its own for a benchmark in process: development settings, an empty database, no page cache."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def fresh_install() -> Iterator[None]:
    """Django set up on a migrated database; DATABASE_URL is honoured."""
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATA_DIR": folder, "LOG_LEVEL": "ERROR",
                       "PAGE_CACHE": "false"}  # fmt: skip
        subprocess.run([sys.executable, "manage.py", "migrate"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        from django.conf import settings

        settings.DEBUG = False  # in development Django keeps the text of every query: it would be measured too
        yield
