"""What visitors do, as a browser does it."""

from datetime import timedelta
from urllib.parse import urlsplit

import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.utils import timezone


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


def filled_in(html: str) -> tuple[str, dict]:
    """Where the form of a page is sent to ("": to the page), and what a browser sends of it untouched."""
    form = BeautifulSoup(html, "html.parser").select_one("main form[method=post]")
    answers = {}
    for field in form.select("input, textarea, select"):
        if field.name == "textarea":
            answers[field["name"]] = field.text.removeprefix("\n")  # which HTML does not count
        elif field.name == "select":
            chosen = field.select_one("[selected]") or field.select_one("option")
            answers[field["name"]] = chosen["value"]
        elif field["type"] not in ("radio", "checkbox") or field.has_attr("checked"):
            answers[field["name"]] = field.get("value", "")
    return urlsplit(form.get("action", "")).path, answers


def send(visitor: Client, path: str, seconds: float = 30, **answers):
    """Open the page at `path`, fill in its form, and send it after that time."""
    address, shown = filled_in(visitor.get(path).content.decode())
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds)):
        return visitor.post(address or path, {**shown, **answers})
