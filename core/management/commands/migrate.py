"""Django's own, one at a time: two machines that start together would both create the tables."""

from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

KEY = 0x70DE55  # of the advisory lock: any number, the same everywhere


class Command(DjangoMigrate):
    def handle(self, *args, **options):
        with one_at_a_time(options["database"]):
            return super().handle(*args, **options)


@contextmanager
def one_at_a_time(alias: str):
    """Wait until no other process migrates that database; the end of a process, however it ends, frees it."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
        return
    name = str(connection.settings_dict["NAME"])
    if not name or ":memory:" in name or "mode=memory" in name:
        yield
        return
    with Path(f"{name}.migrate").open("w") as lock:
        flock(lock, LOCK_EX)
        yield
