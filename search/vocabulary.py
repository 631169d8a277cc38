"""The words of what is published, by which a typing error is told from a word, and mended."""

import re
from collections import Counter
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.analysis import STOP_WORDS, plain, stem
from core.page_cache.generations import SEARCH
from core.page_cache.rendering import depends_on

LEAST_LENGTH = 4
MAX_LENGTH = 30
MAX_WORDS_OF_A_PAGE = 2000
RARE, FREQUENT = 2, 5  # entries that hold a word
WRITTEN = re.compile(r"[^\W\d_]+", re.UNICODE)


class Word(models.Model):
    """A word, folded, as it was first written; `number` of entries that hold it, counted from time to time."""

    word = models.CharField(max_length=MAX_LENGTH, primary_key=True)
    written = models.CharField(max_length=2 * MAX_LENGTH)
    root = models.CharField(max_length=MAX_LENGTH, db_index=True)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(Length("word"), "word", name="search_word_length")]

    def __str__(self):
        return self.written


def words_in(text: str) -> dict[str, str]:
    """The words of a text that an error may be made in: folded → in small letters, as written."""
    found: dict[str, str] = {}
    for written in WRITTEN.findall(text):
        word = plain(written)
        if LEAST_LENGTH <= len(word) <= MAX_LENGTH and word.isalpha() and word not in STOP_WORDS:
            found.setdefault(word, written.lower())
            if len(found) == MAX_WORDS_OF_A_PAGE:
                break
    return found


def rows_of(words: dict[str, str]) -> list[Word]:
    return [Word(word=word, written=written, root=stem(word)[:MAX_LENGTH]) for word, written in sorted(words.items())]


def learn(texts: Iterable[str]) -> None:
    """Add the words of these texts that are not known yet."""
    words: dict[str, str] = {}
    for text in texts:
        words = words_in(text) | words
    known = set(Word.objects.filter(word__in=list(words)).values_list("word", flat=True))
    Word.objects.bulk_create(
        rows_of({word: written for word, written in words.items() if word not in known}), ignore_conflicts=True
    )


def errors_allowed(word: str) -> int:
    return 1 if len(word) <= 6 else 2 if len(word) <= 10 else 3


def corrected(words: list[str], *, is_rare: bool = False) -> dict[str, str]:
    """The words among these (folded) that nothing published holds → the nearest that something does, as written.

    With `is_rare` also those that hardly anything holds, where one near it is frequent. Near is counted in letters that
    are wrong, missing, added or swapped (optimal string alignment distance); among equally near ones the most frequent
    is taken. In one query.
    """
    depends_on(SEARCH)
    looked_up = [word for word in words if LEAST_LENGTH <= len(word) <= MAX_LENGTH and word.isalpha()][:6]
    if not looked_up:
        return {}
    condition = Q(root__in=[stem(word) for word in looked_up])
    for word in looked_up:
        allowed = errors_allowed(word)
        # The first two letters are rarely both wrong.
        begins = Q(word__startswith=word[0]) | Q(word__startswith=word[1])
        condition |= Q(length__range=(len(word) - allowed, len(word) + allowed)) & begins
    candidates = {row.word: row for row in Word.objects.annotate(length=Length("word")).filter(condition)}
    numbers: Counter[str] = Counter()
    for row in candidates.values():
        numbers[row.root] += row.number
    found = {}
    for word in looked_up:
        known = numbers[stem(word)]
        if known > (RARE if is_rare else 0):
            continue
        near = process.extract(
            word, candidates.keys(), scorer=OSA.distance, score_cutoff=errors_allowed(word), limit=20
        )
        others = [
            (errors, -candidates[other].number, other)
            for other, errors, _key in near
            if candidates[other].root != stem(word) and (not known or candidates[other].number >= FREQUENT)
        ]
        if others:
            found[word] = candidates[min(others)[2]].written
    return found
