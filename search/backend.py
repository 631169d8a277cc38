"""Wagtail's database search, made safe against any input on both databases.

SQLite's FTS5 raises on a double quote or a blank query, PostgreSQL on NUL bytes: one cleaning for the public search and
for every search box of the editor.
"""

import re

from modelsearch.backends import database
from modelsearch.query import PlainText

from core.page_cache.changes import changed
from core.page_cache.generations import SEARCH
from core.page_cache.rendering import depends_on

MAX_QUERY_LENGTH = 200
CONTROL_OR_QUOTE = re.compile(r'[\x00-\x1f\x7f"]')
WORD = re.compile(r"\w")


def clean_query(query: str) -> str:
    """What a search engine can look for in `query`: at most 200 characters of words; "" when there is none."""
    words = CONTROL_OR_QUOTE.sub(" ", query[: 4 * MAX_QUERY_LENGTH])[:MAX_QUERY_LENGTH].split()
    return " ".join(word for word in words if WORD.search(word))


class SafeQueryMixin:
    def _search(self, query_compiler_class, query, model_or_queryset, **options):
        depends_on(SEARCH)
        if isinstance(query, str):
            query = clean_query(query)
        elif isinstance(query, PlainText):
            cleaned = clean_query(query.query_string)
            query = PlainText(cleaned, operator=query.operator, boost=query.boost) if cleaned else ""
        return super()._search(query_compiler_class, query, model_or_queryset, **options)


class IndexMixin:
    """Says that results may be others: a task writes the index, some time after the page was published."""

    def add_items(self, model, objs):
        super().add_items(model, objs)
        changed({SEARCH})


def SearchBackend(params):
    """The backend of the database in use, with the cleaning in front.

    Made at the call: the modules of the backends can only be imported on their own database.
    """
    backend_class = type(database.SearchBackend(params))
    index_class = type(f"Told{backend_class.index_class.__name__}", (IndexMixin, backend_class.index_class), {})
    bases = (SafeQueryMixin, backend_class)
    return type(f"Safe{backend_class.__name__}", bases, {"index_class": index_class})(params)
