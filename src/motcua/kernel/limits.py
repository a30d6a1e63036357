"""Time limits: a length and the unit in which the law states it. Units are never converted silently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class TimeUnit(StrEnum):
    WORKING_HOUR = "working_hour"  # giờ làm việc
    WORKING_DAY = "working_day"  # ngày làm việc: the opening hours of the agency's normal day
    CALENDAR_DAY = "calendar_day"  # ngày
    MONTH = "month"  # tháng
    CLOCK_HOUR = "hour"  # giờ, by the clock


_SHORT = {
    "wh": TimeUnit.WORKING_HOUR,
    "wd": TimeUnit.WORKING_DAY,
    "cd": TimeUnit.CALENDAR_DAY,
    "mo": TimeUnit.MONTH,
    "h": TimeUnit.CLOCK_HOUR,
}
_SHORT_OF = {unit: short for short, unit in _SHORT.items()}
_PATTERN = re.compile(r"(\d+(?:\.\d+|/[1-9]\d*)?)(wh|wd|cd|mo|h)")


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A length of time as the law states it, for example 3 working days.

    `value` is exact (half a working day is Fraction(1, 2)); calendar days and months are whole numbers.
    """

    value: Fraction
    unit: TimeUnit

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("a time limit is not negative")
        if self.unit in (TimeUnit.CALENDAR_DAY, TimeUnit.MONTH) and self.value.denominator != 1:
            raise ValueError(f"{self.unit} takes a whole number")

    @classmethod
    def of(cls, value: int | float | str | Fraction, unit: TimeUnit | str) -> TimeLimit:
        """Build from a number as data files hold it. Raises ValueError if number or unit is unknown."""
        return cls(Fraction(str(value)), TimeUnit(unit))

    @classmethod
    def parse(cls, text: str) -> TimeLimit:
        """Read the short form: `8wh`, `0.5wd`, `1/3wd`, `15cd`, `1mo`, `12h`. Raises ValueError."""
        match = _PATTERN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a time limit: {text!r} (expected for example 8wh, 3wd, 15cd, 1mo, 12h)")
        return cls(Fraction(match[1]), _SHORT[match[2]])

    def __str__(self) -> str:
        return f"{_number(self.value)}{_SHORT_OF[self.unit]}"


def _number(value: Fraction) -> str:
    """Exact: `3`, `0.25`, and `1/3` for what no decimal number says."""
    decimal = f"{float(value):.10f}".rstrip("0").rstrip(".")
    return decimal if Fraction(decimal) == value else str(value)
