"""What of a letter of apology is made public: whose fault and until when, never whose dossier."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from motcua.dossiers.rules.named import named
from motcua.dossiers.rules.personal import SHORTEST, parts_of, said_ever
from motcua.dossiers.rules.said_days import days_of, places_of
from motcua.kernel.text import as_seen, fold

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import State
    from motcua.law.rules import Regulation

MASK = "…"
LONGEST_REASON = 2000  # characters; ours: a reason that everybody may read fits on a page
_BETWEEN = r"(?: ?[^\w\s,;]{0,2} ?|[,;_])"  # what groups digits; "12, 15, 18" are several numbers
_LONG_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{7,}}")
_DATE = r"(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d"
_DAYS = re.compile(rf"(?:(?:\d\d?:)?\d\d ?)?{_DATE}(?: ?[-–] ?{_DATE})?")  # says until when, not of whom
_PIECE = re.compile(r"\S+")
_PAPER = re.compile(r"(?<![^\W_])[A-ZĐ]{1,2} ?\d{6,8}(?![^\W_])")  # of a land certificate, a passport


def publishes_apologies(regulation: Regulation) -> bool:
    """Whether letters of apology for late dossiers are made public.

    Basis: DL24-5.10.
    """
    return regulation.flag("apology.published") is True


def masked_name(name: str) -> str:
    """Initials of a name: `N. V. A.` says to the owner that it is theirs, and nothing to anybody else.

    Basis: DL24-5.10, DL24-3.4; reading A23.
    """
    initials = [word[0].upper() for word in name.split() if word[0].isalnum()]
    return " ".join(f"{each}." for each in initials[:6])


def masked_reason(reason: str, state: State) -> str:
    """The reason of a letter without what the dossier says of people: names, numbers, addresses, answers.

    What it said before it was put right or replaced is hidden as well, so that no correction makes readable
    what was hidden. So is whoever is named with an honorific or by a whole name, and every long number,
    number of a paper or e-mail address of anybody. Words are looked for as people read them: without accents
    too, and however they are spaced, joined or broken. A day that the dossier says of people is hidden
    however it is written (`said_days`); every other day stays: when something was filed or is promised is
    what the letter is about. What is not hidden is in ADR 0083.

    Basis: DL24-5.10, DL24-3.4; reading A23.
    """
    text = as_seen(reason)
    masked = _masked(text, _hidden(text, state))
    return re.sub(rf"{MASK}(?:\s*{MASK})+", MASK, masked)


def public_where_masked(reason: str, state: State) -> str:
    """The reason as it will be public, where something of it is hidden; else empty. Who writes the letter is
    told by it before they send it: what nobody named need not be hidden, and what is not found stays.

    Basis: DL24-5.10, DL24-3.4; reading A23.
    """
    return masked_reason(reason, state) if _hidden(as_seen(reason), state) else ""


def _hidden(text: str, state: State) -> list[tuple[int, int]]:
    spans = [*_addresses(text), *(each.span() for each in _PAPER.finditer(text))]
    spans += [each.span() for each in _LONG_NUMBER.finditer(text) if not _DAYS.fullmatch(each[0])]
    read = _AsRead(text)
    known = said_ever(state)
    spans += places_of(text, {day for said in known for day in days_of(said)})
    for said in known:
        spans += read.spans(said)
        for part in parts_of(said):
            spans += read.spans_of_part(part)
    return spans + named(text)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Whatever has an `@` in it, with what stands beside an `@` that is loose: `an @ example.vn`."""
    pieces = list(_PIECE.finditer(text))
    for number, piece in enumerate(pieces):
        if "@" in piece[0]:
            first = max(number - piece[0].startswith("@"), 0)
            last = min(number + piece[0].endswith("@"), len(pieces) - 1)
            yield pieces[first].start(), pieces[last].end()


class _AsRead:
    """A text as people read it: without accents, spaces and signs, each letter knowing where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bare = _Letters(text, _bare)
        self._accented = _Letters(text, str.lower)

    def spans(self, said: str) -> list[tuple[int, int]]:
        """Where the words are said. A single short one is looked for with its accents: without them it would
        be any word (`Ân`, `ăn`, `án`)."""
        letters = "".join(filter(str.isalnum, said.lower()))
        if letters == said.lower() and len(letters) < SHORTEST:
            return self._accented.spans(letters)
        return self._bare.spans("".join(filter(str.isalnum, "".join(map(_bare, letters)))))

    def spans_of_part(self, said: str) -> list[tuple[int, int]]:
        """Where a part is said. Two words of a name count only where they are written as names are: `Văn Bản`
        is somebody, `văn bản` is not."""
        spans = self.spans(said)
        if any(char.isdigit() for char in said) or len(said.split()) > 2:
            return spans
        return [each for each in spans if _is_written_as(self.text[slice(*each)], said)]


class _Letters:
    """Letters and digits of a text, one behind the other; `stands` says where, and a word begins and ends at
    `begins` and `ends`."""

    def __init__(self, text: str, read: Callable[[str], str]) -> None:
        kept: list[str] = []
        self._stands: list[int] = []
        self._begins, self._ends = set(), {0}
        is_within = False
        for place, char in enumerate(text):
            for part in read(char):
                if part.isalnum():
                    if not is_within:
                        self._begins.add(len(kept))
                    kept.append(part)
                    self._stands.append(place)
                elif is_within:
                    self._ends.add(len(kept))
                is_within = part.isalnum()
        self._ends.add(len(kept))
        self._joined = "".join(kept)

    def spans(self, sought: str) -> list[tuple[int, int]]:
        """Where whole words say it, however they are spaced, joined or broken."""
        found, start = [], self._joined.find(sought) if sought else -1
        while start >= 0:
            end = start + len(sought)
            if start in self._begins and end in self._ends:
                found.append((self._stands[start], self._stands[end - 1] + 1))
            start = self._joined.find(sought, start + 1)
        return found


@lru_cache(maxsize=1024)
def _bare(char: str) -> str:
    parts = unicodedata.normalize("NFKD", char.lower()).replace("đ", "d")
    return "".join(part for part in parts if unicodedata.category(part)[0] != "M")


def _is_written_as(text: str, said: str) -> bool:
    words, wanted = re.findall(r"[^\W_]+", text), re.findall(r"[^\W_]+", said)
    return len(words) == len(wanted) and all(
        one[0].isupper() and (one.lower() == other.lower() or one.lower() == fold(other))
        for one, other in zip(words, wanted, strict=True)
    )


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    kept, reached = [], 0
    for start, end in sorted(spans):
        if start >= reached:
            kept += [text[reached:start], MASK]
        reached = max(reached, end)
    return "".join([*kept, text[reached:]])
