"""What a version of the charter changes in the one before."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from commons.charter import Charter
from core.words import plain_text

WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """Some words that both versions have (`kind` "same"), or one of them ("added", "removed")."""

    kind: str
    text: str


@dataclass(frozen=True)
class CommitmentChange:
    """A commitment as two versions word it; `kind` is "same", "changed", "added" or "removed"."""

    kind: str
    title: list[Piece]
    text: list[Piece]


def pieces(before: str, after: str) -> list[Piece]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    found = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            found.append(Piece("removed", "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Piece("added", "".join(new[j1:j2])))
    return found


def written(charter: Charter) -> list[tuple[str, str, str]]:
    """Each commitment: the key of its block, its title, its text."""
    return [
        (block.id, block.value["title"], plain_text(str(block.value["text"])))
        for _anchor, block in charter.anchored_commitments
    ]


def changes(before: Charter, after: Charter) -> list[CommitmentChange]:
    """Commitment by commitment in the order of `after`, then what it no longer has.

    Two are the same commitment where the one was copied from the other, or has its title.
    """
    left = written(before)
    found = []
    for key, title, text in written(after):
        match = next((one for one in left if one[0] == key), None) or next(
            (one for one in left if one[1] == title), None
        )
        if match is None:
            found.append(CommitmentChange("added", pieces("", title), pieces("", text)))
            continue
        left.remove(match)
        kind = "same" if match[1:] == (title, text) else "changed"
        found.append(CommitmentChange(kind, pieces(match[1], title), pieces(match[2], text)))
    found += [CommitmentChange("removed", pieces(title, ""), pieces(text, "")) for _key, title, text in left]
    return found
