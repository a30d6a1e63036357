"""What of a letter of apology is made public: whose fault and until when, never whose dossier."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from motcua.kernel.text import as_seen, fold

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import State
    from motcua.law.rules import Regulation

MASK = "…"
_BETWEEN = r"(?: ?[^\w\s,;]{0,2} ?|[,;_])"  # what groups digits; "12, 15, 18" are several numbers
_LONG_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{7,}}")
_DATE = r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/(?:19|20)\d\d"
_DAYS = re.compile(rf"(?:(?:\d\d?:)?\d\d ?)?{_DATE}(?: ?[-–] ?{_DATE})?")  # says until when, not of whom
_ADDRESS = re.compile(r"\S+ ?@ ?\S+")
_HONORIFIC = ["ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cháu"]
_SHORTEST = 5  # letters; a shorter answer of a form is hidden only as a word of a name


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

    Whoever is named with an honorific is hidden too, and every long number or e-mail address of anybody.
    Words are looked for as people read them: without accents too, and however they are spaced, joined or
    broken. A day of the calendar stays, unless the dossier names it.

    Basis: DL24-5.10, DL24-3.4; reading A23.
    """
    text = as_seen(reason)
    spans = [each.span() for each in _ADDRESS.finditer(text)]
    spans += [each.span() for each in _LONG_NUMBER.finditer(text) if not _DAYS.fullmatch(each[0])]
    unaccented = _Unaccented(text)
    for said in set(_personal(state)):
        spans += unaccented.spans(said)
    return _without_named(_masked(text, spans))


def shown(text: str, said: Iterable[str]) -> frozenset[str]:
    """What of all that is said people would read in the text, however it is spaced, joined, broken, accented.

    Basis: DL24-3.4; reading A23.
    """
    unaccented = _Unaccented(as_seen(text))
    return frozenset(each for each in said if unaccented.spans(each))


class _Unaccented:
    """A text without accents that knows where in the accented one each of its letters stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._letters: list[str] = []
        self._stands: list[int] = []
        for place, char in enumerate(text):
            for part in _bare(char):
                self._letters.append(part)
                self._stands.append(place)
        self._bare = "".join(self._letters)

    def spans(self, said: str) -> list[tuple[int, int]]:
        """Where the words are said. A single short one is looked for with its accents: without them it would
        be any word (`Ân`, `ăn`, `án`)."""
        words = re.findall(r"[^\W_]+", said := as_seen(said))
        if not words:
            return []
        if len(words) == 1 and len(words[0]) < _SHORTEST:
            return [each.span() for each in _sought(words).finditer(self.text)]
        bare = re.findall(r"[^\W_]+", _Unaccented(said)._bare)
        parts = [char for word in bare for char in word] if _is_number(bare) else bare
        found = (each.span() for each in _sought(parts).finditer(self._bare))
        return [(self._stands[start], self._stands[end - 1] + 1) for start, end in found]


@lru_cache(maxsize=1024)
def _bare(char: str) -> str:
    parts = unicodedata.normalize("NFKD", char.lower()).replace("đ", "d")
    return "".join(part for part in parts if unicodedata.category(part)[0] != "M")


def _is_number(words: list[str]) -> bool:
    """Whether it is a number of a person, a telephone, a paper: however its digits are grouped."""
    return sum(char.isdigit() for word in words for char in word) >= _SHORTEST and len("".join(words)) <= 15


def _sought(parts: list[str]) -> re.Pattern[str]:
    joined = r"[\W_]*".join(re.escape(part) for part in parts)
    return re.compile(rf"(?<![^\W_]){joined}(?![^\W_])", re.IGNORECASE)


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    kept, reached = [], 0
    for start, end in sorted(spans):
        if start >= reached:
            kept += [text[reached:start], MASK]
        reached = max(reached, end)
    return "".join([*kept, text[reached:]])


def _personal(state: State) -> Iterator[str]:
    person, contents = state.contents.applicant, state.contents
    yield from (
        person.name,
        person.personal_id,
        person.passport,
        person.phone,
        person.email,
        person.address,
        contents.submitter_name,
        contents.delivery.address,
    )
    if person.date_of_birth is not None:
        yield from _as_written(person.date_of_birth)
    for answer in _answers(contents.form_data):
        if len(answer) >= _SHORTEST:
            yield answer
            yield from _days(answer)


def _answers(form_data: Mapping[str, Any]) -> Iterator[str]:
    for answer in form_data.values():
        for text in answer if isinstance(answer, list) else [answer]:
            if isinstance(text, str):
                yield as_seen(text)


def _days(answer: str) -> Iterator[str]:
    """A day that was answered, as people write it."""
    try:
        yield from _as_written(date.fromisoformat(answer))
    except ValueError:
        return


def _as_written(day: date) -> tuple[str, str]:
    return f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}"


def _without_named(text: str) -> str:
    """The text with the capitalised words behind `ông`, `bà` and the like hidden."""
    # Where nothing has an accent, the honorifics have none either.
    is_typed_bare = all(char.isascii() for char in text if char.isalpha())
    honorifics = [fold(each) for each in _HONORIFIC] if is_typed_bare else _HONORIFIC
    kept: list[str] = []
    is_naming = False
    for word in re.split(r"(\s+)", text):
        if word.isspace() or not word:
            kept.append(word)
        elif is_naming and word[0].isupper():
            kept.append(_behind(word))
        else:
            is_naming = word.lower().strip(",.;:()") in honorifics
            kept.append(word)
    return re.sub(rf"{MASK}(?:\s*{MASK})+", MASK, "".join(kept))


def _behind(word: str) -> str:
    """The mask, with the punctuation that stood behind the word."""
    bare = word.rstrip(",.;:)")
    return MASK + word[len(bare) :]
