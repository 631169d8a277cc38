"""What a person meant by the words they typed."""

import re
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import and_, or_

from django.utils import translation
from modelsearch.query import SearchQuery

from core.analysis import STOP_WORDS, plain, stem, unmutated, words_of
from search.backend import MAX_QUERY_WORDS, Stem, clean_query
from search.synonyms import Phrase, synonyms
from search.vocabulary import corrected

TYPED_WORD = re.compile(r"(?:[^\W_]*c['’ʼ]h)+[^\W_]*|[^\W_]+", re.IGNORECASE)
MAX_PHRASE = 4  # words of an expression that has synonyms


@dataclass(frozen=True)
class Query:
    """The words of a query, each (or each expression) with what is looked for in its place."""

    typed: str
    is_any: bool = False  # one of the words is enough

    @cached_property
    def words(self) -> list[str]:
        """Folded, without those that any sentence holds."""
        return list(dict.fromkeys(words_of(self.typed)[:MAX_QUERY_WORDS]))

    @property
    def is_empty(self) -> bool:
        return not self.words

    @property
    def is_vague(self) -> bool:
        """Whether nothing was typed but words that any sentence holds."""
        return bool(self.words) and all(word in STOP_WORDS for word in self.words)

    @cached_property
    def terms(self) -> list[list[Phrase]]:
        """For each word or expression, what may stand for it."""
        known = synonyms()
        roots = [stem(word) for word in self.words]
        found, position = [], 0
        while position < len(roots):
            for length in range(min(MAX_PHRASE, len(roots) - position), 0, -1):
                phrase = tuple(roots[position : position + length])
                if phrase in known or length == 1:
                    others = known.get(phrase, ())
                    if length == 1 and translation.get_language() == "br":
                        others = (*others, *((stem(name),) for name in unmutated(self.words[position])))
                    found.append([phrase, *others])
                    position += length
                    break
        return found

    @property
    def is_expanded(self) -> bool:
        return any(len(alternatives) > 1 for alternatives in self.terms)

    @cached_property
    def roots(self) -> set[str]:
        """The stems by which a passage is found."""
        return {root for alternatives in self.terms for phrase in alternatives for root in phrase}

    def for_engine(self) -> SearchQuery:
        combine = or_ if self.is_any else and_
        return reduce(combine, [any_of(alternatives) for alternatives in self.terms])

    def with_any(self) -> "Query":
        return replace(self, is_any=True)

    def mended(self, *, is_rare: bool = False) -> "Query | None":
        """The same, each word that nothing holds replaced by the nearest that something does; None where none is."""
        wrong = corrected(self.words, is_rare=is_rare)
        if not wrong:
            return None
        typed = TYPED_WORD.sub(lambda match: wrong.get(plain(match[0]), match[0]), self.typed)
        return None if typed == self.typed else Query(typed)


def any_of(alternatives: list[Phrase]) -> SearchQuery:
    return reduce(or_, [reduce(and_, [Stem(root) for root in phrase]) for phrase in alternatives])


def read_query(text: str) -> Query:
    return Query(clean_query(text))
