"""Days in a text: `01/2/1990`, `01/II/1990`, `ngày 1 tháng 2 năm 1990`, `1990-02-01`, `Feb 1, 1990`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

_NAMED_MONTHS = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTHS = _NAMED_MONTHS | {name: at for names in (_ENGLISH, _ROMAN) for at, name in enumerate(names, start=1)}
_LONGEST_FIRST = "|".join(sorted(_NAMED_MONTHS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"\d+|(?<=tháng )(?:{_LONGEST_FIRST})(?![^\W_])"
    rf"|(?<![^\W_])(?P<english>{'|'.join(_ENGLISH)})[a-z]{{0,6}}(?![^\W_])"
    rf"|(?<=\d[/.\- ])(?:{'|'.join(reversed(_ROMAN))})(?=[/.\- ]\d)",
    re.IGNORECASE,
)
_SIGNS = r"[\W_]{0,3}"
_UNIT = r"(?:ng[àa]y|th[áa]ng|n[ăa]m)"
_WITHIN = re.compile(rf"{_SIGNS}(?:{_UNIT}{_SIGNS})?", re.IGNORECASE)  # between the numbers of one day
_BORN = re.compile(
    rf"(?<![^\W_])(?:sinh|đẻ|s\.?n|n\.?s){_SIGNS}(?:(?:{_UNIT}|v[àa]o|kho[ảa]ng|đ[úu]ng){_SIGNS}){{0,3}}\Z",
    re.IGNORECASE,
)
_THEN_BORN = re.compile(rf"{_SIGNS}(?:l[àa]{_SIGNS})?{_UNIT}{_SIGNS}sinh(?![^\W_])", re.IGNORECASE)
_BEFORE = 40  # characters before a number that may say that somebody was born then


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: int
    is_word: bool = False  # the English name of a month, which may stand before the day

    @property
    def is_year(self) -> bool:
        return self.end - self.start == 4 and not self.is_word


def days_of(text: str) -> Iterator[date]:
    """Whole days that a text says, with years of four digits."""
    numbers = _numbers(text)
    for at in range(len(numbers) - 2):
        first, second, third = numbers[at : at + 3]
        if not _is_one(text, numbers[at : at + 3]):
            continue
        year, day = (first, third) if first.is_year else (third, first)
        if year.is_year:
            try:
                yield date(year.value, second.value, day.value)
            except ValueError:
                continue


def places_of(text: str, days: Collection[date]) -> Iterator[tuple[int, int]]:
    """Where a text says one of the days, with the year in full or its last two digits; and where it says a
    part of one behind `sinh`: the year, its month, the day without the year."""
    read = {(day.day, day.month, year) for day in days for year in (day.year, day.year % 100)}
    wholes = read | {(day.year, day.month, day.day) for day in days}
    in_english = {(month, day, year) for day, month, year in read}
    parts = {part for each in read for part in (each[:2], each[1:], each[2:])}
    numbers = _numbers(text)
    for at, number in enumerate(numbers):
        before = max(numbers[at - 1].end if at else 0, number.start - _BEFORE)
        is_birth = bool(_BORN.search(text, before, number.start) or _THEN_BORN.match(text, number.end))
        for length in (3, 2, 1):
            said = numbers[at : at + length]
            whole = in_english if number.is_word else wholes
            known = whole if length == 3 else parts if is_birth else frozenset[tuple[int, ...]]()
            is_alone_and_short = length == 1 and number.end - number.start < 2
            if tuple(each.value for each in said) in known and not is_alone_and_short and _is_one(text, said):
                yield number.start, said[-1].end
                break


def _numbers(text: str) -> list[_Number]:
    return [
        _Number(each.start(), each.end(), _value(each), is_word=bool(each["english"]))
        for each in _NUMBER.finditer(text)
    ]


def _value(found: re.Match[str]) -> int:
    word = (found["english"] or found[0]).lower()
    return _MONTHS.get(word) or int(word[-5:])


def _is_one(text: str, numbers: list[_Number]) -> bool:
    return all(_WITHIN.fullmatch(text, one.end, other.start) for one, other in pairwise(numbers))
