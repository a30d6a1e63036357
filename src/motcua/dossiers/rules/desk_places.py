"""Whether words that an officer wrote down name a one-stop desk.

A place is chosen among the desks, or written where it is elsewhere. What is written may still be the desk,
and what was planned before there was a choice, or is entered from a paper log, is words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from motcua.kernel.text import fold

# The names that the five texts have for it, read without accents and marks. "Một cửa hàng" is a shop. The
# short forms of the last line are how officers write them, no text has them (mark: house).
_NAMES = re.compile(
    r"\bmot cua\b(?! (?:hang|hieu|tiem)\b)"  # QN20-14.1.d, DL24-8.2#1
    r"|\btiep nhan (?:ho so )?va tra (?:ho so |ket qua)"  # PT24-8.1, QN20-14.1.d, KT18-15.1.b
    r"|\bphuc vu hanh chinh cong\b|\btrung tam hanh chinh cong\b"  # QN20-18, PT24-8.1, KT22-22.10
    r"|\btn tkq\b|\btnhs tkq\b|\b(?:tt)?pvhcc\b|\btthcc\b|\btt hcc\b"
)
_WARD = re.compile(r"\b(?:phuong|xa|thi tran|dac khu)\b")


def is_at_desk(place: str, desks: Iterable[tuple[str, str]] = ()) -> bool:
    """Whether a place that was written down is a one-stop desk, by a name that the texts have for it, or by
    name or address of one of `desks`. An agency's address is taken for that of its desk: whoever is asked
    to come there comes all the same.

    Only what has people come there is limited; who lets others see their land need not come.

    Basis: QN20-7.2#3, QN20-7.3; QN20-14.1.d, QN20-18, PT24-8.1.
    """
    words = _words(place)
    return bool(_NAMES.search(words)) or any(_is_one(words, name, address) for name, address in desks)


def _is_one(words: str, name: str, address: str) -> bool:
    own = _words(name)
    if " " in own and _within(own, words):
        return True
    return any(_lies_at(words, each) for each in address.split(";"))


def _lies_at(words: str, address: str) -> bool:
    """Whether the words give an address: its number and street, and no other ward. An address that begins
    with no number of a house (a hamlet) has to stand there whole."""
    first, *rest = (_words(part).removeprefix("so ") for part in address.split(","))
    if not first[:1].isdigit() or " " not in first:
        return bool(first and rest) and all(_within(part, words) for part in (first, *rest))
    if not _within(first, words):
        return False
    beyond = words.partition(first)[2]
    return not (rest and _WARD.search(beyond)) or _within(rest[0], beyond)


def _within(few: str, words: str) -> bool:
    return f" {few} " in f" {words} "


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
