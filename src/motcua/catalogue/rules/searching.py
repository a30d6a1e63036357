"""Search that forgives: accents, endings, everyday words, and small slips of the keyboard.

The database knows words, prefixes and three-letter pieces (`simple` text search, no extension); the order of
the hits is decided here. Everything works on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.kernel.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY_WORDS = frozenset(["thu", "tuc", "xin", "lam", "cho", "cua", "va", "de", "nghi", "can", "muon", "toi"])
NEAR_ENOUGH = 0.45


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the folded phrase and its readings by everyday synonyms, best first."""

    phrases: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not any(words(phrase) for phrase in self.phrases)


def words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def pieces(word: str) -> tuple[str, ...]:
    """The three-letter pieces of a word, marked so that they never look like words: `khai` → qkha, qhai…"""
    padded = f"0{word}0"
    return tuple(sorted({f"q{padded[i : i + 3]}" for i in range(len(padded) - 2)}))


def question(text: str, synonyms: Mapping[str, Sequence[str]]) -> Question:
    """The readings of what was typed: as it is, and with everyday phrases replaced by official ones.

    A phrase inside a longer one that was found says nothing of its own: "sửa giấy khai sinh" does not ask for
    "giấy khai sinh".
    """
    typed = " ".join(words(text))
    readings = [typed] if typed else []
    found: list[str] = []
    for everyday in sorted(synonyms, key=lambda phrase: (-len(phrase), phrase)):
        if not _stands_in(everyday, typed) or any(_stands_in(everyday, longer) for longer in found):
            continue
        found.append(everyday)
        readings += [
            re.sub(rf"\b{re.escape(everyday)}\b", official, typed) for official in synonyms[everyday]
        ]
        readings += list(synonyms[everyday])
    return Question(tuple(dict.fromkeys(readings)))


def _stands_in(phrase: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(phrase)}\b", text) is not None


def tsquery(asked: Question) -> str:
    """The question in the language of `to_tsquery('simple', …)`: made of letters and digits only."""
    strict = [_all_of(words(phrase)) for phrase in asked.phrases]
    loose = sorted({piece for word in _weighty(words(asked.phrases[0])) for piece in pieces(word)})
    return " | ".join([f"({part})" for part in strict if part] + loose)


def score(asked: Question, title: str, rest: str) -> float:
    """How well a procedure answers, 0 to about 3: whole phrase, then all words, then likeness of letters.

    `title` and `rest` (sector, codes, other names) are folded text.
    """
    return max(
        (
            _score(phrase, title, rest) * (1.0 if index == 0 else 0.97)
            for index, phrase in enumerate(asked.phrases)
        ),
        default=0.0,
    )


def _score(phrase: str, title: str, rest: str) -> float:
    asked = words(phrase)
    weighty = _weighty(asked)
    title_words, all_words = words(title), words(f"{title} {rest}")
    likeness = sum(max((_alike(word, other) for other in all_words), default=0.0) for word in weighty)
    likeness /= max(1, len(weighty))
    bonus = 0.0
    if f" {phrase} " in f" {' '.join(title_words)} ":
        bonus += 1.0 + len(weighty) / (2 * max(1, len(title_words)))
    elif f" {phrase} " in f" {' '.join(all_words)} ":
        bonus += 0.8
    if all(any(other.startswith(word) for other in title_words) for word in weighty):
        bonus += 0.4
    # Between equals the title that says little else goes first.
    return likeness + bonus + 0.1 * len(weighty) / max(1, len(title_words))


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if other.startswith(one):
        return 0.9
    if abs(len(one) - len(other)) > 2 or len(one) < 3:
        return 0.0
    distance = _slips(one, other)
    return 0.7 if distance == 1 else 0.4 if distance == 2 and len(one) > 4 else 0.0


def _slips(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row_before = row, before
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, row_before[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]


def _weighty(asked: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in asked if word not in _EMPTY_WORDS) or tuple(asked)


def _all_of(asked: Sequence[str]) -> str:
    weighty = _weighty(asked)
    return " & ".join(f"{word}:*" for word in weighty)
