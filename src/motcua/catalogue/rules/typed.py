"""The words of a text as people type them: with accents or without, for a keyboard that was not switched on,
as they sound, with a key pressed twice, or without a blank between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from motcua.kernel.text import fold, one_spelling

_WORD = re.compile(r"[a-z0-9]+")
# One syllable of Vietnamese without accents: what is longer than that was typed without a blank.
_SYLLABLE = re.compile(
    r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_DOUBLE = re.compile(r"([b-df-hj-np-tv-xz])\1+")  # consonants: vowels stand twice, as in "hưu"
_LONGEST_PART = 8  # letters of a word inside others
_TYPED = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Keys:
    """How a way of typing Vietnamese writes tones, and which keys make which letter."""

    tones: Mapping[str, str]
    shapes: Sequence[tuple[str, str]]


_TELEX = Keys(
    dict(zip("fsrxj", "\u0300\u0301\u0309\u0303\u0323", strict=True)),
    (
        *(("^dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("uw?ow", "ươ"), ("uo(.*)w$", r"ươ\1")),
        *(("a(.*)w", r"ă\1"), ("o(.*)w", r"ơ\1"), ("u(.*)w", r"ư\1")),
    ),
)
_VNI = Keys(
    dict(zip("21345", "\u0300\u0301\u0309\u0303\u0323", strict=True)),
    (
        *(("^d9", "đ"), ("^d(.*)9$", r"đ\1"), ("u7?o(.*)7", r"ươ\1"), ("a(.*)8", r"ă\1")),
        *(("a(.*)6", r"â\1"), ("e(.*)6", r"ê\1"), ("o(.*)6", r"ô\1")),
        *(("o(.*)7", r"ơ\1"), ("u(.*)7", r"ư\1")),
    ),
)
# Beginnings that sound the same in one part of the country or another; the longer ones first.
_SOUNDS = {
    "tr": ("ch",), "ch": ("tr",), "gi": ("d", "r"), "d": ("gi", "r"), "r": ("d", "gi"),
    "s": ("x",), "x": ("s",), "l": ("n",), "n": ("l",),
}  # fmt: skip
GLUED_FROM = 6  # letters: shorter words are hardly two that were typed without a blank
_TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")  # huyền, hỏi, ngã, sắc, nặng
_STROKE = "\u0335"  # of đ


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was written and without accents; the tone apart: "hòa" and "hoà" are one word."""

    text: str
    folded: str
    shapes: tuple[str, ...]  # what each letter bears beside the tone
    tone: str

    @property
    def is_bare(self) -> bool:
        return self.text == self.folded

    @property
    def is_syllable(self) -> bool:
        """Whether it can be one syllable of Vietnamese."""
        return _SYLLABLE.fullmatch(self.folded) is not None

    def is_same(self, other: Word) -> bool:
        return (self.folded, self.shapes, self.tone) == (other.folded, other.shapes, other.tone)

    def may_be(self, other: Word) -> bool:
        """The same word, perhaps without some accents: "cuoi" and "cươi" may be "cưới", "cuối" may not."""
        return (
            self.folded == other.folded
            and self.tone in {"", other.tone}
            and all(mine in {"", theirs} for mine, theirs in zip(self.shapes, other.shapes, strict=True))
        )


def words(text: str) -> tuple[str, ...]:
    """The words of a text without accents, spelt as they are: what the index holds."""
    return tuple(_WORD.findall(fold(text)))


def read(text: str) -> tuple[Word, ...]:
    """The words of a text with their accents, one for each of `words`, in one spelling ("kí" for "ký")."""
    found = []
    for typed in _TYPED.findall(unicodedata.normalize("NFC", text.lower())):
        for folded in _WORD.findall(fold(typed)):
            found.append(_word(_in_one_spelling(typed, folded), one_spelling(folded)))
    return tuple(found)


def _in_one_spelling(typed: str, folded: str) -> str:
    if one_spelling(folded) == folded:
        return typed
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", typed).replace("y", "i"))


def spellings(folded: str) -> tuple[str, ...]:
    """The ways in which the index may spell a word of `read`: `ki` → ki, ky."""
    other = f"{folded[:-1]}y"
    return (folded, other) if folded.endswith("i") and one_spelling(other) == folded else (folded,)


def _word(typed: str, folded: str) -> Word:
    shapes: list[str] = []
    tone = ""
    for char in unicodedata.normalize("NFD", typed.replace("đ", f"d{_STROKE}")):
        if char in _TONES:
            tone = char
        elif unicodedata.combining(char) and shapes:
            shapes[-1] += char
        else:
            shapes.append("")
    fitting = len(shapes) == len(folded)
    return Word(typed, folded, tuple(shapes) if fitting else ("",) * len(folded), tone)


def pieces(word: str) -> tuple[str, ...]:
    """The three-letter pieces of a word, marked so that they never look like words: `khai` → qkha, qhai…"""
    padded = f"0{word}0"
    return tuple(sorted({f"q{padded[i : i + 3]}" for i in range(len(padded) - 2)}))


def keyed(word: Word) -> Iterator[Word]:
    """What the keys of Telex or VNI would have written, had the keyboard been switched on: `lamf` → làm."""
    typed = word.text
    first_vowel = re.search(r"[aeiouy]", typed)
    if not typed.isascii() or first_vowel is None:
        return
    body, after = typed[: first_vowel.start()], typed[first_vowel.start() :]
    keys = _VNI if re.search(r"\d", typed) else _TELEX
    tones = [keys.tones[key] for key in after if key in keys.tones]
    after = "".join(key for key in after if key not in keys.tones)
    shaped = f"{body}{after}"
    for pattern, letter in keys.shapes:
        shaped = re.sub(pattern, letter, shaped)
    if len(tones) > 1 or (not tones and shaped == typed):
        return
    written = _with_tone(shaped, tones[0] if tones else "")
    folded = one_spelling(fold(written))
    if _SYLLABLE.fullmatch(folded):
        yield _word(_in_one_spelling(written, fold(written)), folded)


def _with_tone(shaped: str, tone: str) -> str:
    """The tone on the vowel that bears it, as far as comparing needs that."""
    vowels = [at for at, letter in enumerate(shaped) if fold(letter) in "aeiouy"]
    marked = [at for at in vowels if not shaped[at].isascii()]
    at = (marked or vowels[:2])[-1] + 1 if vowels else len(shaped)
    return unicodedata.normalize("NFC", f"{shaped[:at]}{tone}{shaped[at:]}")


def sounding_alike(word: Word) -> Iterator[Word]:
    """Words that sound the same to many, but for how they begin: `xinh` → sinh, `chợ` → trợ, `nàm` → làm."""
    if len(word.text) != len(word.folded) or not word.is_syllable:
        return
    for beginning, others in _SOUNDS.items():
        if word.folded.startswith(beginning) and word.text.startswith(beginning):
            for other in others:
                text = f"{other}{word.text[len(beginning) :]}"
                yield _word(text, fold(text))


def without_doubles(word: Word) -> Word:
    """A key that was pressed twice is one letter where that makes a syllable: "thuongg" is "thuong"."""
    once = _DOUBLE.sub(r"\1", word.folded)
    if once == word.folded or len(word.text) != len(word.folded) or not _SYLLABLE.fullmatch(once):
        return word
    again = {at for each in _DOUBLE.finditer(word.folded) for at in range(each.start() + 1, each.end())}
    return _word("".join(letter for at, letter in enumerate(word.text) if at not in again), once)


def apart(asked: tuple[Word, ...], known: Mapping[str, object]) -> tuple[Word, ...]:
    """The words, those that were typed without a blank between them taken apart: "lamkhaisinh".

    Only what cannot be one syllable, and only into words that everyday phrases or official names hold.
    """
    parted: list[Word] = []
    for word in asked:
        lengths = _parts(word.folded, known) if _may_be_glued(word) and word.folded not in known else ()
        start = 0
        for length in lengths or (len(word.folded),):
            piece = word if not lengths else _piece(word, start, start + length)
            parted.append(piece)
            start += length
    return tuple(parted)


def _may_be_glued(word: Word) -> bool:
    folded = word.folded
    is_long = len(folded) >= GLUED_FROM and len(word.text) == len(folded) and folded.isalpha()
    return is_long and not word.is_syllable


def _piece(word: Word, start: int, end: int) -> Word:
    typed, folded = word.text[start:end], word.folded[start:end]
    return _word(_in_one_spelling(typed, folded), one_spelling(folded))


def _parts(glued: str, known: Mapping[str, object]) -> tuple[int, ...]:
    """The lengths of the fewest known words, of two letters at least, that make up a word; else none."""
    best: list[tuple[int, ...] | None] = [(), *[None] * len(glued)]
    for end in range(2, len(glued) + 1):
        for start in range(max(0, end - _LONGEST_PART), end - 1):
            before, shortest = best[start], best[end]
            if before is None or one_spelling(glued[start:end]) not in known:
                continue
            if shortest is None or len(before) + 1 < len(shortest):
                best[end] = (*before, end - start)
    return best[-1] or ()
