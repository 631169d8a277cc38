"""Wagtail's database search, made safe against any input on both databases.

SQLite's FTS5 raises on a double quote or a blank query, PostgreSQL on NUL bytes: one cleaning for the public search and
for every search box of the editor.
"""

import re

from django.db import connection
from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend
from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend
from modelsearch.query import PlainText

MAX_QUERY_LENGTH = 200
CONTROL_OR_QUOTE = re.compile(r'[\x00-\x1f\x7f"]')
WORD = re.compile(r"\w")


def clean_query(query: str) -> str:
    """What a search engine can look for in `query`: at most 200 characters of words; "" when there is none."""
    words = CONTROL_OR_QUOTE.sub(" ", query[: 4 * MAX_QUERY_LENGTH])[:MAX_QUERY_LENGTH].split()
    return " ".join(word for word in words if WORD.search(word))


class SafeQueryMixin:
    def _search(self, query_compiler_class, query, model_or_queryset, **options):
        if isinstance(query, str):
            query = clean_query(query)
        elif isinstance(query, PlainText):
            cleaned = clean_query(query.query_string)
            query = PlainText(cleaned, operator=query.operator, boost=query.boost) if cleaned else ""
        return super()._search(query_compiler_class, query, model_or_queryset, **options)


class SQLiteBackend(SafeQueryMixin, SQLiteSearchBackend):
    pass


class PostgresBackend(SafeQueryMixin, PostgresSearchBackend):
    pass


def SearchBackend(params):  # noqa: N802 – the name that modelsearch imports
    if connection.vendor == "postgresql":
        return PostgresBackend(params)
    return SQLiteBackend(params)
