"""Bytes that people send into text: what encoding a file is in is told by what French looks like.

A file says its encoding at best by a byte order mark. Without one it is UTF-8 where it can be; what cannot is what
Windows, a Mac or MS-DOS wrote, a whole file or a few lines of it (addresses pasted from elsewhere). Every line is
judged for itself, so that one bad byte never turns the whole file into signs.
"""

import re
from dataclasses import dataclass, field

from ftfy import fix_encoding
from ftfy.badness import is_bad

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# The most used first: it wins where the letters tell nothing.
LEGACY = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "MS-DOS (850)"}
MAX_NOTES = 5000
MAX_SHOWN = 120  # characters of such a line

BREAK = re.compile(rb"(\r\n|\n|\r)")
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]+")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
CONTROLS = re.compile(r"[\x80-\x9f]")
# Letters of French and Breton, and of the names of neighbours.
COMMON = "àâçéèêëîïôùûüÿœæñÀÂÇÉÈÊËÎÏÔÙÛÜŸŒÆÑ"
NEIGHBOURS = "áäãåíìóòöõøúýßÁÄÅÍÓÖØÚÝčćšžŠŽ"
SIGNS = "’‘“”«»–—…·•€°²³½¼¾\u00a0\u202f§№©®™×"


@dataclass
class Decoded:
    """A text, and the encoding it was in, for people.

    `mended` are the lines (number from 1, text) that were not in the encoding of the others, or encoded twice: what was
    made of them; `doubts` those of which letters stay doubtful.
    """

    text: str
    encoding: str
    mended: list[tuple[int, str]] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)


def decode(content: bytes) -> Decoded:
    """The text of a file, whatever it is in. Raises `UnicodeDecodeError` where it is not in what its mark says."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            name = "UTF-8" if encoding == "utf-8-sig" else "UTF-16"
            if name == "UTF-8" and not is_utf8(content):
                break
            return judged(content.decode(encoding), name)
    if encoding := unmarked_utf16(content):
        return judged(content.decode(encoding), "UTF-16")
    content = content.removeprefix(MARKS[0][0])
    if is_utf8(content):
        return judged(content.decode(), "UTF-8")
    return by_lines(content)


def is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def unmarked_utf16(content: bytes) -> str:
    sample = content[:2000]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(sample) > 3 and zeros.count(0) > 0.6 * len(zeros):
            return encoding
    return ""


def judged(text: str, encoding: str) -> Decoded:
    """The text with what was encoded twice mended, line by line, and what stays doubtful."""
    if not (is_lost(text) or is_bad(text)):
        return Decoded(text, encoding)
    pieces = re.split(r"(\r\n|\n|\r)", text)
    found = Decoded("", encoding)
    for at in range(0, len(pieces), 2):
        line = mended(pieces[at])
        if is_lost(line):
            note(found.doubts, at // 2 + 1, line)
        elif line != pieces[at]:
            note(found.mended, at // 2 + 1, line)
        pieces[at] = line
    found.text = "".join(pieces)
    return found


def mended(line: str) -> str:
    """The line without what is UTF-8 read as something else: “Ã©” is “é”. Left as it is unless that makes French."""
    if not is_bad(line):
        return line
    fixed = fix_encoding(line)
    return fixed if is_french(fixed) else line


def is_lost(line: str) -> bool:
    """Whether letters of it are lost: no text of people's holds these."""
    return "\ufffd" in line or bool(CONTROLS.search(line))


def note(lines: list[tuple[int, str]], number: int, line: str) -> None:
    if len(lines) < MAX_NOTES:
        lines.append((number, line[:MAX_SHOWN]))


def by_lines(content: bytes) -> Decoded:
    """A file that is not UTF-8 all through: lines that are stay so, the others are in the likeliest encoding."""
    pieces = BREAK.split(content)
    strange = [line for line in pieces[0::2] if not is_utf8(line)]
    # Of a long file, what tells is in its first lines.
    likeliest = max(LEGACY, key=lambda codec: sum(score(in_codec(line, codec)) for line in strange[:500]))
    found = Decoded("", LEGACY[likeliest])
    mixed, lines = len(strange) < sum(bool(HIGH.search(line)) for line in pieces[0::2]), []
    for at, piece in enumerate(pieces):
        if is_utf8(piece):
            line = mended(piece.decode())
            is_known, is_odd = not is_lost(line), line.encode() != piece
        else:
            line = best(piece, likeliest)
            is_known, is_odd = is_french(line), mixed
        lines.append(line)
        if not is_known:
            note(found.doubts, at // 2 + 1, line)
        elif is_odd:
            note(found.mended, at // 2 + 1, line)
    if mixed:
        found.encoding = f"UTF-8, {found.encoding}"
    found.text = "".join(lines)
    return found


def best(line: bytes, likeliest: str) -> str:
    """In the encoding of the other lines, unless another one alone makes French of it."""
    texts = [in_codec(line, codec) for codec in sorted(LEGACY, key=lambda codec: codec != likeliest)]
    return next((text for text in texts if is_french(text)), texts[0])


def in_codec(line: bytes, codec: str) -> str:
    """The line in that encoding; what is UTF-8 of a letter or sign that people use is left so."""
    parts, at = [], 0
    for match in MULTIBYTE.finditer(line):
        character = match[0].decode(errors="replace")
        if len(match[0]) == 2 and character not in COMMON + SIGNS:
            continue
        parts += [line[at : match.start()].decode(codec, errors="replace"), character]
        at = match.end()
    return "".join([*parts, line[at:].decode(codec, errors="replace")])


def weight(text: str, at: int) -> int:
    """How much the character at that place looks like French there."""
    character, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if character in COMMON:
        # A capital among small letters is a letter of another encoding: “PÂtisserie”.
        return -3 if character.isupper() and before.isalpha() and before.islower() else 4
    if character in "’":
        return 3 if before.isalpha() and after.isalpha() else 0
    if character in SIGNS:
        # Between two letters stands no sign but the apostrophe and the middle dot of inclusive writing.
        return -3 if before.isalpha() and after.isalpha() and character not in "·–—\u00a0\u202f" else 1
    if character in NEIGHBOURS:
        return -1
    return -4


def score(text: str) -> int:
    return sum(weight(text, match.start()) for match in NOT_ASCII.finditer(text))


def is_french(text: str) -> bool:
    """Whether no letter or sign of it is out of place."""
    return all(weight(text, match.start()) >= -1 for match in NOT_ASCII.finditer(text)) and not is_bad(text)
