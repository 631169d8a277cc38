"""What the search takes a text for: the same words whoever wrote them, at indexing and at asking, on any database.

Accents, ligatures, case, apostrophes and hyphens, number and gender, the verb and the noun of one stem, and the
spellings of inclusive writing are one. French stems are those of Snowball, one step further. Breton has no stemmer: its
names are known by their mutations.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from core.words import fold

# What any sentence holds, folded.
SMALL = """
    a ai as au aux avec c ce ces cet cette cherche chez comme comment d dans de des du elle elles en est et etre
    eux faire fait h il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont
    ou par pas peut pour pres qu que quel quelle quelles quels qui quoi s sa se ses si son sont sur t ta te tes
    toi ton tu un une vers vos votre vous y
"""
STOP_WORDS = frozenset(SMALL.split())
MAX_WORDS = 20_000  # different ones of a text; PostgreSQL holds a megabyte of them

# « chargé·e·s », « chargé-e-s », « chargé(e)s », « chargé.e.s »: what follows the masculine form.
AFTER_A_DOT = "(?:trices?|rices?|ières?|euses?|ves?|nes?|les?|es?|s|x)"
AFTER_A_HYPHEN = "(?:trices?|rices?|euses?|nes?|es?)"
INCLUSIVE = re.compile(
    rf"(?<=\w)(?:[·•‧∙⋅]{AFTER_A_DOT}(?:[·•‧∙⋅]?s)?|\({AFTER_A_DOT}\)s?"
    rf"|\.{AFTER_A_HYPHEN}(?:\.s)?|-{AFTER_A_HYPHEN}(?:-s)?)(?!\w)",
    re.IGNORECASE,
)
TRIGRAPH = re.compile(r"c['’ʼ‘`´]h", re.IGNORECASE)  # one letter of Breton

# What Snowball leaves, and how many letters must stay without it.
SUFFIXES = {"eur": 6, "ric": 5, "ion": 5, "ag": 5, "it": 5, "iv": 5, "el": 5, "at": 4, "er": 4, "e": 4, "i": 4}
FAMILIES = {  # what no suffix tells: a stem, and what Snowball makes of words of its family
    "adher": "adhes adherent",
    "agricult": "agricol agricultur",
    "conseil": "conseill",
    "cre": "creation createur creatric cree creatif",
    "emploi": "employ",
    "energ": "energet",
    "entrepreneur": "entrepris entreprendr",
    "insert": "inser",
    "lou": "locat",
    "monnai": "monetair",
    "paysan": "paysann",
    "product": "produir",
    "redig": "redact",
    "solidair": "solidarit",
    "travail": "travaux traval travaill",
    "util": "utilit",
    "vent": "vendr vendeur",
}
STEM_OF = {form: root for root, forms in FAMILIES.items() for form in forms.split()}
# The first letters of a Breton word as mutations leave them → as they may have been (soft, spirant, hard and mixed).
MUTATIONS = (
    ("kw", ("gw",)), ("ch", ("g", "k")), ("g", ("k",)), ("d", ("t",)), ("b", ("p",)), ("w", ("gw",)),
    ("z", ("d", "t")), ("v", ("b", "m")), ("f", ("p",)), ("p", ("b",)), ("t", ("d",)), ("k", ("g",)),
)  # fmt: skip
_french = snowballstemmer.stemmer("french")


def plain(text: str) -> str:
    """`text` folded: small letters without accents, inclusive spellings brought back to one form."""
    return fold(TRIGRAPH.sub("ch", INCLUSIVE.sub("", text)))


def words_of(text: str) -> list[str]:
    """The folded words that matter; all of them where none does (« Et nous ? »)."""
    words = plain(text).split()
    return [word for word in words if word not in STOP_WORDS] or words


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded French word; a number, or a word of three letters, is its own."""
    if len(word) <= 3 or not word.isalpha():
        return word
    found = _french.stemWord(word)
    if found.endswith("s") and len(found) > 4 and found not in STEM_OF:  # « vélos »
        found = found[:-1]
    for _round in range(4):
        found = STEM_OF.get(found, found)
        shorter = next(
            (
                found[: -len(end)]
                for end, least in SUFFIXES.items()
                if found.endswith(end) and len(found) - len(end) >= least
            ),
            None,
        )
        if shorter is None:
            break
        found = shorter
    return f"{found[:-2]}c" if found.endswith("qu") else found


def unmutated(word: str) -> list[str]:
    """What a folded Breton word may have been before its first letters changed: "vrest" → ["brest", "mrest"]."""
    for changed, originals in MUTATIONS:
        if word.startswith(changed):
            return [original + word[len(changed) :] for original in originals]
    return []


def names_of(text: str) -> Iterator[str]:
    """The folded words of a Breton text that begin with a capital, as they may have been before their mutation."""
    for word in re.findall(r"\w[\w’ʼ']*", text):
        if word[0].isupper():
            for folded in plain(word).split():
                yield from unmutated(folded)


def indexed(text: str, *, language: str = "fr") -> str:
    """What an index holds of `text`: its words and their stems, one space between them."""
    found = []
    for word in words_of(text):
        found.append(word)
        if (root := stem(word)) != word:
            found.append(root)
    if language == "br":
        found.extend(root for name in names_of(text) for root in {name, stem(name)})
    if len(found) > MAX_WORDS:
        found = list(dict.fromkeys(found))[:MAX_WORDS]
    return " ".join(found)


def asked(query: str) -> str:
    """What to look for in an index for whole words."""
    return " ".join(dict.fromkeys(stem(word) for word in words_of(query)))


def begun(query: str) -> str:
    """What to look for in an index while the last word is still being typed."""
    *whole, last = words_of(query) or [""]
    root = stem(last)
    return " ".join([*map(stem, whole), root if last.startswith(root) else last])
