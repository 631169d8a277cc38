"""Wagtail's database search, with one meaning on both databases, and safe against any input.

What is indexed and what is asked go through `core.analysis`, for the public search, every search box and every chooser
of the editor: the databases compare whole words and their beginnings, and know no language.
"""

import json
import re
import sys
from collections.abc import Callable

from django.db.models import CharField, FloatField, Func, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat
from modelsearch.backends import database
from modelsearch.query import And, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from core.analysis import asked, begun, indexed
from core.page_cache.changes import changed
from core.page_cache.generations import SEARCH
from core.page_cache.rendering import depends_on

MAX_QUERY_LENGTH = 200
MAX_QUERY_WORDS = 12
CONTROL_OR_QUOTE = re.compile(r'[\x00-\x1f\x7f"]')
WORD = re.compile(r"\w")
# Of what SQLite weighs: what may be begun, the rest, titles. PostgreSQL has the weights of the fields.
SQLITE_WEIGHTS = "1.0, 1.0, 8.0"


def clean_query(query: str) -> str:
    """What a person may have meant by `query`: at most 200 characters of words; "" when there is none."""
    words = CONTROL_OR_QUOTE.sub(" ", query[: 4 * MAX_QUERY_LENGTH])[:MAX_QUERY_LENGTH].split()
    return " ".join(word for word in words if WORD.search(word))


class Stem(PlainText):
    """A word to look for as it is."""


class AnalysedQueryMixin:
    """Reads what a person typed; a query of stems was read before."""

    def _search(self, query_compiler_class, query, model_or_queryset, **options):
        depends_on(SEARCH)
        read = begun if query_compiler_class.LAST_TERM_IS_PREFIX else asked
        query = first_words(read(clean_query(query))) if isinstance(query, str) else read_parts(query, read) or ""
        return super()._search(query_compiler_class, query, model_or_queryset, **options)


def read_parts(query: SearchQuery, read: Callable[[str], str]) -> SearchQuery | None:
    """The query with the words of its parts as the index has them; None where none of them holds a word."""
    if isinstance(query, Stem):
        return query
    if isinstance(query, (PlainText, Phrase)):
        words = first_words(read(clean_query(query.query_string)))
        operator = query.operator if isinstance(query, PlainText) else "and"
        return PlainText(words, operator=operator) if words else None
    if isinstance(query, (And, Or)):
        parts = [part for subquery in query.subqueries if (part := read_parts(subquery, read)) is not None]
        return type(query)(parts) if len(parts) > 1 else parts[0] if parts else None
    if isinstance(query, Not):
        part = read_parts(query.subquery, read)
        return None if part is None else Not(part)
    return query


def first_words(words: str) -> str:
    return " ".join(words.split()[:MAX_QUERY_WORDS])


class AnalysedIndexerMixin:
    """Gives the index the words of a text in the place of the text."""

    def prepare_value(self, value):
        if isinstance(value, str):
            return indexed(value, language=getattr(self.obj, "search_language", "fr"))
        if isinstance(value, (list, dict)):  # of texts, which come back one by one
            return super().prepare_value(value)
        return indexed(super().prepare_value(value))


class WeighedMixin:
    """On SQLite: a word of a title counts for more than one of the text, as it does on PostgreSQL.

    What matches is read once where scores are asked for beside another order, not once more for each row.
    """

    def search(self, config, start, stop, score_field=None):
        if score_field is None or self.order_by_relevance:
            return super().search(config, start, stop, score_field)
        query = self.build_search_query(self.engine.normalize(self.query), config=config)
        match = self.engine.MatchExpression(self.fields or self.FTS_TABLE_FIELDS, query)
        types = get_descendants_content_types_pks(self.queryset.model)
        found = self.engine.SQLiteFTSIndexEntry.objects.filter(match, index_entry__content_type__in=types)
        rows = found.annotate(score=self._build_rank_expression([], config))
        scores = json.dumps(dict(rows.values_list("index_entry__object_id", "score")))
        keys = RawSQL("SELECT CAST(key AS INTEGER) FROM json_each(%s)", [scores])
        key = Concat(Value('$."'), Cast("pk", CharField()), Value('"'))
        score = Func(Value(scores), key, function="json_extract", output_field=FloatField())
        return self.queryset.filter(pk__in=keys).annotate(**{score_field: score})[start:stop]

    def _build_rank_expression(self, vectors, config):
        return type("WeighedBM25", (WeighedBM25Mixin, self.engine.BM25), {})()


class WeighedBM25Mixin:
    def as_sql(self, compiler, connection, **options):
        sql, parameters = super().as_sql(compiler, connection, **options)
        return sql.replace(")", f", {SQLITE_WEIGHTS})"), parameters


class IndexMixin:
    """Says that results may be others: a task writes the index, some time after the page was published."""

    def add_items(self, model, objs):
        super().add_items(model, objs)
        changed({SEARCH})


class RebuilderMixin:
    """`update_index` first reads every page again, and counts the words."""

    def start(self):
        from search.indexing import rewrite_everything  # imports the models, which need the backend

        index = super().start()
        rewrite_everything()
        return index


def SearchBackend(params):
    """The backend of the database in use, as above.

    Made at the call: the modules of the backends can only be imported on their own database.
    """
    backend_class = type(database.SearchBackend(params))
    module = sys.modules[backend_class.__module__]
    if not issubclass(module.ObjectIndexer, AnalysedIndexerMixin):
        # The class of the index names it, and lets nobody choose another.
        module.ObjectIndexer = type("AnalysedIndexer", (AnalysedIndexerMixin, module.ObjectIndexer), {})
    rebuilder_class = backend_class.atomic_rebuilder_class
    compiler_class = backend_class.query_compiler_class
    if hasattr(module, "BM25"):
        compiler_class = type("WeighedCompiler", (WeighedMixin, compiler_class), {"engine": module})
    own = {
        "query_compiler_class": compiler_class,
        "index_class": type(f"Told{backend_class.index_class.__name__}", (IndexMixin, backend_class.index_class), {}),
        "atomic_rebuilder_class": type(f"Whole{rebuilder_class.__name__}", (RebuilderMixin, rebuilder_class), {}),
    }
    return type(f"Analysed{backend_class.__name__}", (AnalysedQueryMixin, backend_class), own)(params)
