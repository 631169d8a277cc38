"""In what order results come: how close each is to the query, then what the engine and the time say."""

from datetime import timedelta
from functools import reduce
from operator import and_, or_

from django.db import connection
from django.db.models import Case, ExpressionWrapper, F, FloatField, IntegerField, Q, Value, When
from django.utils import timezone

from core.analysis import stem
from core.querysets import HOME_DEPTH
from search.query import Query

# Where a word stands, what it counts there, and what another word for it does.
CLOSENESS = (("title_stems", 5, 3), ("keyword_stems", 3, 2), ("summary_stems", 2, 1))


def closeness(query: Query):
    """How well an entry's own words are those of the query: the same on both databases, before any engine's score.

    A word of the title counts for more than one of what it is sorted by, and that for more than one of the summary;
    what stands for a word for a little less than the word. The name of a pôle, or of its pays, leads to its home first.
    What is over is close to nothing.
    """
    exact = f" {' '.join(stem(word) for word in query.words)} "
    found = Case(When(title_stems=exact, then=Value(4)), default=Value(0))
    for alternatives in query.terms:
        itself = alternatives[:1]
        places = [When(Q(page__depth=HOME_DEPTH) & holding("keyword_stems", itself), then=Value(10))]
        for field, with_itself, with_another in CLOSENESS:
            places.append(When(holding(field, itself), then=Value(with_itself)))
            if len(alternatives) > 1:
                places.append(When(holding(field, alternatives), then=Value(with_another)))
        found = found + Case(*places, default=Value(0))
    return Case(When(until__lt=timezone.localdate(), then=Value(0)), default=found, output_field=IntegerField())


def holding(field: str, alternatives: list[tuple[str, ...]]) -> Q:
    every = [reduce(and_, [Q(**{f"{field}__contains": f" {root} "}) for root in phrase]) for phrase in alternatives]
    return reduce(or_, every)


def relevance() -> ExpressionWrapper:
    """The engine's score, by what time makes of it: what is to come, what is new, what stays, what is over."""
    now = timezone.now()
    weight = Case(
        When(until__gte=timezone.localdate(), then=Value(1.3)),
        When(until__isnull=False, then=Value(0.5)),
        When(date__isnull=True, then=Value(1.2)),
        When(date__gte=now - timedelta(days=60), then=Value(1.3)),
        When(date__gte=now - timedelta(days=365), then=Value(1.0)),
        default=Value(0.8),
        output_field=FloatField(),
    )
    better_is_less = connection.vendor == "sqlite"  # bm25
    return ExpressionWrapper(F("score") * weight * Value(-1.0 if better_is_less else 1.0), output_field=FloatField())
