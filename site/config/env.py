"""Every environment variable that a deployer may set, read in one place.

`read_environment()` returns an `Environment` or raises `ImproperlyConfigured` with a sentence that names the
variable, says what is wrong with it and what to write instead. The names are listed in `.env.example`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent

VARIABLES = {
    "SECRET_KEY": "a long random string; required in production",
    "EDITOR_URL": "the portal's and the editor's address, e.g. https://reseau.example.org; required in production",
    "DATABASE_URL": "postgres://user:password@host:5432/name, or sqlite:////absolute/path.sqlite3",
    "REDIS_URL": "redis://host:6379/0; without it the cache is a folder in DATA_DIR",
    "PAGE_CACHE": "true, or false to make every page anew at each visit",
    "DATA_DIR": "the folder of the SQLite database, the uploads and the cache",
    "PORT": "the port that `make demo` serves on",
    "EMAIL_URL": "smtp+tls://user:password@host:587, or consolemail://",
    "DEFAULT_FROM_EMAIL": "the sender of the editor's mails",
    "SECURITY_CONTACT": "mailto:… or https://… for /.well-known/security.txt",
    "BACKGROUND_TASKS": "immediate (in the request) or worker (a `manage.py db_worker` process)",
    "TRUSTED_PROXY": "true when a reverse proxy sets X-Forwarded-Proto",
    "OUTGOING_CALLS": "true, or false on a machine that must call nobody",
    "MAP_TILES_URL": "https://host/{z}/{x}/{y}.png, the server of the maps' ground; empty for a plain ground",
    "MAP_TILES_ATTRIBUTION": "whom the maps thank for their ground",
    "ADDRESS_LOOKUP": "ban (the national address base), offline, or empty",
    "REGISTRY_LOOKUP": "insee (the register of companies), offline, or empty",
    "LOG_FORMAT": "json or text",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "DEMO_PASSWORD": "the password of the demo accounts",
    "TEST_POSTGRES_URL": "the PostgreSQL server that `make test` uses when it answers",
    "CHROMIUM": "the Chromium that the browser tests start",
}

LOOKUPS = {
    "": "",
    "ban": "core.lookups.NationalAddressBase",
    "insee": "core.lookups.CompanyRegister",
    "offline": "core.lookups.Offline",
}


@dataclass(frozen=True)
class Environment:
    secret_key: str
    editor_url: str
    database: dict
    redis_url: str
    page_cache: bool
    data_dir: Path
    port: int
    email: dict
    default_from_email: str
    security_contact: str
    background_tasks: str
    trusted_proxy: bool
    outgoing_calls: bool
    map_tiles_url: str
    map_tiles_attribution: str
    address_lookup: str
    registry_lookup: str
    log_format: str
    log_level: str
    demo_password: str
    test_postgres_url: str
    chromium: str

    @property
    def editor_host(self) -> str:
        return urlsplit(self.editor_url).hostname

    @property
    def sites_port(self) -> int:
        """The port that the addresses of all sites carry: the editor's own."""
        parts = urlsplit(self.editor_url)
        return parts.port or (443 if parts.scheme == "https" else 80)


def refuse(name: str, problem: str):
    raise ImproperlyConfigured(f"{name} {problem}. Expected: {VARIABLES[name]}.")


def read_env_file() -> None:
    """Put what `.env` says into the process's environment, where it is not set yet."""
    environ.Env.read_env(ROOT / ".env")


def read_environment(values: Mapping[str, str] | None = None) -> Environment:
    """Read and check the variables.

    `values` defaults to the process's environment, completed by the file `.env` of the root. What has no safe
    default is mandatory: the development and test settings bring their own. Raises `ImproperlyConfigured` at the
    first wrong value.
    """
    if values is None:
        read_env_file()
        values = os.environ

    def text(name: str, default: str = "") -> str:
        return values.get(name, "").strip() or default

    def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = text(name, default)
        if value not in allowed:
            refuse(name, f"is “{value}”")
        return value

    def url(name: str, default: str, schemes: tuple[str, ...]) -> str:
        value = text(name, default)
        if not value:
            return ""
        try:
            parts = urlsplit(value)
            has_host = bool(parts.hostname) or parts.scheme in (
                "mailto",
                "sqlite",
                "consolemail",
                "memorymail",
            )
            _ = parts.port
        except ValueError:
            refuse(name, "is not an address")
        if parts.scheme not in schemes or not has_host:
            refuse(name, f"is not an address that starts with {', '.join(f'{s}:' for s in schemes)}")
        return value

    port_text = text("PORT", "8000")
    if not port_text.isascii() or not port_text.isdigit() or not 0 < int(port_text) < 65536:
        refuse("PORT", f"is “{port_text}”, not a port number")
    port = int(port_text)

    secret_key = text("SECRET_KEY")
    if not secret_key:
        refuse("SECRET_KEY", "is missing")
    if len(secret_key) < 50 or len(set(secret_key)) < 5:
        refuse("SECRET_KEY", "is too short or too simple (50 random characters at least)")

    editor_url = url("EDITOR_URL", "", ("http", "https")).rstrip("/")
    if not editor_url:
        refuse("EDITOR_URL", "is missing: without it, links in password mails could be forged")
    if urlsplit(editor_url).path:
        refuse("EDITOR_URL", "has a path after the host")

    data_dir = Path(text("DATA_DIR", str(ROOT / "var")))
    if not data_dir.is_absolute():
        refuse("DATA_DIR", "is not an absolute path")

    database_url = url(
        "DATABASE_URL",
        f"sqlite:///{data_dir / 'db.sqlite3'}",
        ("sqlite", "postgres", "postgresql"),
    )
    database = environ.Env.db_url_config(database_url)
    if not database.get("NAME"):
        refuse("DATABASE_URL", "names no database")

    tiles_url = url("MAP_TILES_URL", "", ("https",))
    if tiles_url and not all(part in tiles_url for part in ("{z}", "{x}", "{y}")):
        refuse("MAP_TILES_URL", "lacks {z}, {x} or {y}")

    trusted_proxy = choice("TRUSTED_PROXY", "false", ("true", "false")) == "true"
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    email_url = url("EMAIL_URL", "consolemail://", ("smtp", "smtp+tls", "smtp+ssl", "consolemail", "memorymail"))

    return Environment(
        secret_key=secret_key,
        editor_url=editor_url,
        database=database,
        page_cache=choice("PAGE_CACHE", "true", ("true", "false")) == "true",
        redis_url=url("REDIS_URL", "", ("redis", "rediss", "unix")),
        data_dir=data_dir,
        port=port,
        email=environ.Env.email_url_config(email_url),
        default_from_email=text("DEFAULT_FROM_EMAIL", f"ne-pas-repondre@{urlsplit(editor_url).hostname}"),
        security_contact=url("SECURITY_CONTACT", "", ("mailto", "https")),
        background_tasks=choice(
            "BACKGROUND_TASKS",
            "immediate" if is_sqlite else "worker",
            ("immediate", "worker"),
        ),
        trusted_proxy=trusted_proxy,
        outgoing_calls=choice("OUTGOING_CALLS", "true", ("true", "false")) == "true",
        map_tiles_url=tiles_url,
        map_tiles_attribution=text("MAP_TILES_ATTRIBUTION", "© OpenStreetMap"),
        address_lookup=LOOKUPS[choice("ADDRESS_LOOKUP", "", ("", "ban", "offline"))],
        registry_lookup=LOOKUPS[choice("REGISTRY_LOOKUP", "", ("", "insee", "offline"))],
        log_format=choice("LOG_FORMAT", "json", ("json", "text")),
        log_level=choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
        demo_password=text("DEMO_PASSWORD", "demo"),
        test_postgres_url=url(
            "TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres", ("postgres", "postgresql")
        ),
        chromium=text("CHROMIUM", "/usr/bin/chromium"),
    )
