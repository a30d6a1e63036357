"""Vietnamese text: folding for search, and a key that sorts as a Vietnamese dictionary does.

The database has neither ICU nor unaccent, so both are computed here and stored beside the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: index for index, letter in enumerate(_ALPHABET)}
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: dictionary order


def fold(text: str) -> str:
    """Lower case without accents: `fold("Đăng ký Khai Sinh") == "dang ky khai sinh"`."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())


# Letters and signs of Unicode that print nothing.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_SPACED = str.maketrans(dict.fromkeys(_BLANK, " "))


def has_visible_text(text: str) -> bool:
    """Whether somebody who looks at the text sees anything: a letter, a digit, a sign.

    Spaces of every kind, what has no width and accents without a letter are nothing:
    `not has_visible_text("\\u200b\\u2060 \\u00a0")`.
    """
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANK for char in text)


def visible(text: str) -> str:
    """What was written, without the space around it; empty where nothing of it can be seen."""
    return text.strip() if has_visible_text(text) else ""


def visible_line(text: str) -> str:
    """What was written, on one line: single spaces where any space or end of line was."""
    return visible(" ".join(text.split()))


def as_seen(text: str) -> str:
    """The text as it looks on one line: composed, one space where any space or end of line is, and nothing
    that has no width. `as_seen("Văn\\u00a0\\n A\\u200bn") == "Văn An"`.
    """
    spaced = text.translate(_SPACED)
    if not spaced.isprintable():  # nearly every text is, and then holds nothing that has no width
        unseen = ("Cc", "Cf")
        spaced = "".join(c for c in spaced if c.isspace() or unicodedata.category(c) not in unseen)
    return " ".join(unicodedata.normalize("NFC", spaced).split())


def one_line_end(text: str) -> str:
    """Every end of a line as one character: a browser counts one where it sends two.

    `one_line_end("a\\r\\nb\\rc") == "a\\nb\\nc"`.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


# "ký" and "kí", "lý" and "lí", "quý" and "quí" are one word; "tay" and "tai", "thúy" and "thúi" are not.
_ENDS_IN_Y = re.compile(r"\b((?:[bcdfghjklmnprstvwxz]+|qu))y\b")


def one_spelling(folded: str) -> str:
    """Folded text with i for y where Vietnamese writes either: `one_spelling("dang ky") == "dang ki"`.

    Only for comparing: what is stored keeps its spelling.
    """
    return _ENDS_IN_Y.sub(r"\1i", folded)


@cache
def _letter(char: str) -> tuple[int, int]:
    """(rank in the alphabet, rank of the tone) of one lower-case character; others sort before letters."""
    tone, kept = 0, []
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES.index(part) + 1
        else:
            kept.append(part)
    base = unicodedata.normalize("NFC", "".join(kept))
    rank = _RANK.get(base)
    if rank is None:
        return ord(base[0]), tone
    return 0x10000 + rank, tone


def sort_key(text: str) -> str:
    """A string whose plain comparison sorts as Vietnamese: alphabet first, then tones."""
    letters = [_letter(c) for c in unicodedata.normalize("NFC", text.lower())]
    primary = "".join(
        chr(0x20 + rank) if rank < 0x10000 else chr(0x400 + rank - 0x10000) for rank, _ in letters
    )
    return primary + "\x01" + "".join(str(tone) for _, tone in letters)
