"""Visits after a change: what the page cache does is seen by those who are told of the end of a transaction."""

from django.db import connection
from django.test import Client


def commit() -> None:
    """End the present transaction as those see it who are told of its end."""
    while connection.run_on_commit:
        _savepoints, callback, _robust = connection.run_on_commit.pop(0)
        callback()


def visit(host: str, path: str = "/", **options):
    """A visitor in another process: nothing is in its memory yet."""
    return Client(SERVER_NAME=host).get(path, **options)


def is_kept(response) -> bool:
    return response.headers.get("Cache-Status") == "pages; hit"
