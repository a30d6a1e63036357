"""Opening hours: ranges of minutes within a day, and the week that they make."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from motcua.kernel.periods import Period

DAY = 1440  # minutes from midnight to midnight; Vietnam has one time zone and no daylight saving
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RANGE = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """Open from minute `opens` of the day up to, not including, minute `closes`."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= DAY:
            raise ValueError(f"opening hours must lie within one day and not be empty: {self}")

    @classmethod
    def parse(cls, text: str) -> Range:
        """Read `07:30-11:30`. Raises ValueError."""
        match = _RANGE.fullmatch(text.strip())
        if match is None or int(match[2]) > 59 or int(match[4]) > 59:
            raise ValueError(f"not opening hours: {text!r} (expected for example 07:30-11:30)")
        return cls(int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4]))

    def __str__(self) -> str:
        return f"{clock(self.opens)}-{clock(self.closes)}"


Hours = tuple[Range, ...]


def clock(minute: int) -> str:
    """`clock(450) == "07:30"`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def hours(texts: list[str] | tuple[str, ...]) -> Hours:
    """Opening hours of one day in order. Raises ValueError if two ranges overlap or touch."""
    ranges = tuple(sorted(Range.parse(text) for text in texts))
    for one, two in pairwise(ranges):
        if two.opens <= one.closes:
            raise ValueError(f"{one} and {two} overlap or touch: write them as one range")
    return ranges


def minutes(ranges: Hours) -> int:
    return sum(item.closes - item.opens for item in ranges)


@dataclass(frozen=True)
class Week:
    """Opening hours of each weekday, Monday first, on the days of `validity`."""

    validity: Period
    days: tuple[Hours, ...]

    def __post_init__(self) -> None:
        if len(self.days) != 7:
            raise ValueError("a week has seven days")
        if not any(self.days):
            raise ValueError("a week needs opening hours on at least one day")

    @cached_property
    def day_minutes(self) -> int:
        """Opening minutes of the normal day: of the length that most weekdays have, the longer if equal.

        An agency that is open from Monday to Friday and on Saturday morning has a normal day of a full day.
        """
        lengths = Counter(minutes(day) for day in self.days if day)
        return max(lengths, key=lambda length: (lengths[length], length))

    def to_json(self) -> dict[str, Any]:
        days = {name: [str(item) for item in day] for name, day in zip(WEEKDAYS, self.days, strict=True)}
        start, end = self.validity.start, self.validity.end
        return {
            "valid_from": start.isoformat() if start else None,
            "valid_to": end.isoformat() if end else None,
            **{name: day for name, day in days.items() if day},
        }
