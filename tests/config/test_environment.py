"""Every variable is read in one place, and a wrong value stops start-up with its name and the remedy."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import ROOT, VARIABLES, read_environment

pytestmark = pytest.mark.database_independent("reads variables, before there is a database")

RIGHT = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-abcdef",
    "EDITOR_URL": "https://reseau.example.org",
}


def test_two_variables_are_enough():
    environment = read_environment(RIGHT)

    assert environment.database["ENGINE"] == "django.db.backends.sqlite3"
    assert environment.background_tasks == "immediate"
    assert (environment.editor_host, environment.sites_port) == ("reseau.example.org", 443)


def test_postgresql_leaves_slow_work_to_a_worker_process():
    environment = read_environment({**RIGHT, "DATABASE_URL": "postgres://u:p@db:5432/poles"})

    assert environment.database["ENGINE"] == "django.db.backends.postgresql"
    assert environment.background_tasks == "worker"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("EDITOR_URL", ""),
        ("EDITOR_URL", "reseau.example.org"),
        ("EDITOR_URL", "https://reseau.example.org/admin"),
        ("EDITOR_URL", "https://reseau.example.org:port"),
        ("DATABASE_URL", "mysql://u:p@db/poles"),
        ("DATABASE_URL", "postgres://u:p@db:5432/"),
        ("REDIS_URL", "localhost:6379"),
        ("DATA_DIR", "var"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("EMAIL_URL", "imap://host"),
        ("SECURITY_CONTACT", "security@example.org"),
        ("BACKGROUND_TASKS", "later"),
        ("TRUSTED_PROXY", "yes"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "chatty"),
        ("TEST_POSTGRES_URL", "sqlite:///x"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_what_is_expected(name, value):
    with pytest.raises(ImproperlyConfigured) as error:
        read_environment({**RIGHT, name: value})

    assert str(error.value).startswith(name)
    assert VARIABLES[name] in str(error.value)


def test_production_does_not_start_without_its_variables():
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.production"

    result = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert result.returncode != 0
    assert "SECRET_KEY is missing" in result.stderr


def test_every_variable_is_in_the_example_file():
    example = (ROOT / ".env.example").read_text()

    for name in VARIABLES:
        assert f"{name}=" in example, name
