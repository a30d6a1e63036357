"""What the schema knows about one key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kind of a value; each is written in TOML as shown."""

    LIMIT = "limit"  # "8wh", "0.5wd", "3cd", "1mo", "12h"
    CHOICE = "choice"  # one of the allowed words
    FLAG = "flag"  # true, false
    NUMBER = "number"  # a whole number, not negative
    LIST = "list"  # a list of words, of the allowed ones if the schema names any
    TEXT = "text"  # free text, not empty
    TIME = "time"  # "15:00"
    DATE = "date"  # 2024-01-29
    DAY_OF_YEAR = "day_of_year"  # "11-30": month and day, every year


@dataclass(frozen=True, slots=True)
class KeySpec:
    """A key, its kind, the words it may take, and its meaning in one sentence."""

    name: str
    kind: Kind
    meaning: str
    allowed: tuple[str, ...] = ()
    check: Callable[[str], None] | None = None  # raises ValueError for a text that is none of these


def limit(name: str, meaning: str) -> KeySpec:
    return KeySpec(name, Kind.LIMIT, meaning)


def choice(name: str, allowed: str, meaning: str) -> KeySpec:
    """`allowed` lists the words with spaces between."""
    return KeySpec(name, Kind.CHOICE, meaning, tuple(allowed.split()))


def flag(name: str, meaning: str) -> KeySpec:
    return KeySpec(name, Kind.FLAG, meaning)


def number(name: str, meaning: str) -> KeySpec:
    return KeySpec(name, Kind.NUMBER, meaning)


def words(name: str, allowed: str, meaning: str) -> KeySpec:
    """A list; `allowed` lists the words with spaces between, empty for free texts."""
    return KeySpec(name, Kind.LIST, meaning, tuple(allowed.split()))


def text(name: str, meaning: str, check: Callable[[str], None] | None = None) -> KeySpec:
    return KeySpec(name, Kind.TEXT, meaning, check=check)


def time(name: str, meaning: str) -> KeySpec:
    return KeySpec(name, Kind.TIME, meaning)


def date(name: str, meaning: str) -> KeySpec:
    return KeySpec(name, Kind.DATE, meaning)


def day_of_year(name: str, meaning: str) -> KeySpec:
    return KeySpec(name, Kind.DAY_OF_YEAR, meaning)
