"""The databases of a run of the tests: migrated and provisioned once, then copied for every process that needs one.

    python tests/databases.py FOLDER [--demo SLUG …]

makes in FOLDER what is missing of it, for the database that DATABASE_URL names. Every process of a run is given the
same folder: by TEST_RUN_FOLDER (tests/run.py), or by pytest-xdist, whose workers have theirs side by side.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "TEST_RUN_FOLDER"
EDITOR_HOST = "reseau.test"
POLES = ("cornouaille", "fougeres")  # of the demo that the browser looks at


@contextmanager
def alone(folder: Path, what: str):
    """One process at a time: the first makes what the others copy."""
    with (folder / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# What every test finds: migrated, and with the network that an install has.


def give_to_this_process(folder: Path, process: str) -> None:
    """Make a test database of its own for this process, where the settings' database was."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with alone(folder, "sqlite"):
            if not provisioned_file(folder).exists():
                make_files(folder)
        use(connection.creation._get_test_db_name())
        read_from(provisioned_file(folder))
    else:
        template = name_in_postgresql(folder, "template")
        with alone(folder, "postgresql"):
            if not (made := folder / "postgresql.made").exists():
                make_template(template)
                made.touch()
            create(name_in_postgresql(folder, process), template)


def take_from_this_process(original: str) -> None:
    from django.db import connection

    connection.creation.destroy_test_db(original, verbosity=0)


def use(name: str) -> None:
    """From now on this process connects to that database."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def provision() -> None:
    from network.provisioning import provision_pole, provision_portal

    provision_portal(hostname=EDITOR_HOST)
    provision_pole(pays="saint-malo", name="Pôle Nord", hostname="nord.test", email="contact@nord.example.org")
    provision_pole(pays="vannes", name="Pôle Sud", hostname="sud.test", palette="ajonc")


# SQLite: two files, copied into the memory of each process.


def migrated_file(folder: Path) -> Path:
    return folder / "migrated.sqlite3"


def provisioned_file(folder: Path) -> Path:
    return folder / "provisioned.sqlite3"


def make_files(folder: Path) -> None:
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    write_to(migrated_file(folder))
    provision()
    write_to(provisioned_file(folder))


def write_to(file: Path) -> None:
    from django.db import connection

    unfinished = file.with_suffix(".unfinished")
    with closing(sqlite3.connect(unfinished)) as copy:
        connection.connection.backup(copy)
    unfinished.rename(file)


def read_from(file: Path) -> None:
    from django.db import connection

    with closing(sqlite3.connect(file)) as made:
        made.backup(connection.connection)


def migrated_sqlite(folder: Path) -> Path:
    """The file of an install that was just migrated, whatever database the tests themselves are run on."""
    with alone(folder, "sqlite"):
        missing = not migrated_file(folder).exists()
    if missing:
        make_apart(folder)
    return migrated_file(folder)


def make_apart(folder: Path, **variables: str) -> None:
    command = [sys.executable, __file__, str(folder)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": "", **variables}, check=True)


# PostgreSQL: a template, which the server copies. The names are this run's own: others may use the same server.


def name_in_postgresql(folder: Path, what: str) -> str:
    return f"test_poles_{crc32(str(folder).encode()):08x}_{what}"


def make_template(name: str) -> None:
    from django.db import connection

    original = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    provision()
    use(original)  # a template is copied while nobody is connected to it
    connection.close()


def create(name: str, template: str) -> None:
    from django.db import connection

    connection.settings_dict["TEST"] |= {"NAME": name, "TEMPLATE": template}
    connection.creation._create_test_db(verbosity=0, autoclobber=True)
    use(name)


def drop_all_in_postgresql(folder: Path, url: str) -> None:
    """At the end of a run, whatever became of its processes."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(url, autocommit=True) as server:
        ours = server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name_in_postgresql(folder, "")]
        )
        for (name,) in ours.fetchall():
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


# The product with a demo, for the layers that look at it from outside: a DATA_DIR, copied for whoever changes it.


def demo_folder(folder: Path) -> Path:
    return folder / "demo"


def product_environment(data: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATA_DIR": str(data),
        "PORT": str(port),
        "DEMO_PASSWORD": "demo",
        "WEB_CONCURRENCY": "2",
        "MAP_TILES_URL": "https://tuiles.example.net/{z}/{x}/{y}.png",
        "EMAIL_URL": "consolemail://",
        "OUTGOING_CALLS": "false",  # the providers are not asked: nobody knows what they would answer
    }


def make_demo(folder: Path, slugs: tuple[str, ...]) -> Path:
    """The demo with those pôles. Whoever serves it on another port loads it again, which moves its sites there."""
    migrated = migrated_sqlite(folder)
    with alone(folder, "demo"):
        if not demo_folder(folder).exists():
            unfinished = folder / "demo.unfinished"
            unfinished.mkdir()
            shutil.copy(migrated, unfinished / "db.sqlite3")
            load = [sys.executable, "manage.py", "load_demo", "--only", *slugs]
            environment = product_environment(unfinished, 8000)
            subprocess.run(load, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
            unfinished.rename(demo_folder(folder))
    return demo_folder(folder)


def main(folder: Path, demo: list[str]) -> None:
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.testing"
    import django
    from django.db import connection

    django.setup()
    if connection.vendor == "sqlite":
        with alone(folder, "sqlite"):
            if not provisioned_file(folder).exists():
                make_files(folder)
        if demo:
            make_demo(folder, tuple(demo))
        return
    with alone(folder, "postgresql"):
        if not (made := folder / "postgresql.made").exists():
            make_template(name_in_postgresql(folder, "template"))
            made.touch()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[3:])
