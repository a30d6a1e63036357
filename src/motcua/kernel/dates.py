"""Moments and dates as Vietnamese administrative papers write them, and as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_DAY = re.compile(r"(\d{1,2})(?:\s*[/.\-]\s*|\s+)(\d{1,2})(?:\s*[/.\-]\s*|\s+)(\d{4}|\d{2})", re.ASCII)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:.hg]|giờ)\s*(?:(\d{2})\s*(?:phút|p)?)?", re.ASCII | re.IGNORECASE)
_CLOCK_DIGITS = re.compile(r"(\d{2})(\d{2})", re.ASCII)
_LAST_SHORT_YEAR = 49  # 49 is 2049, 50 is 1950 (mark: house)


def in_words(at: datetime) -> str:
    """`08 giờ 30 phút, ngày 24 tháng 3 năm 2022`, in Vietnamese time."""
    here = at.astimezone(ZONE)
    return f"{here:%H} giờ {here:%M} phút, {day_in_words(here.date())}"


def day_in_words(on: date) -> str:
    """`ngày 24 tháng 3 năm 2022`; days and the first two months have two digits."""
    day = f"{on.day:02d}"
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {day} tháng {month} năm {on.year}"


def read_day(typed: str, *, not_after: date | None = None) -> date | None:
    """The day meant by `1/2/2026`, `01-02-26`, `1 2 2026`, `01022026` or `2026-02-01`; None if there is none.

    Day before month, always. Of a year only two digits of which are typed, 00 to 49 are after 2000; of a day
    that cannot lie ahead, such as a birthday, it is the last such year in which it is `not_after`.
    """
    typed = typed.strip()
    if match := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY.fullmatch(typed) or _DIGITS.fullmatch(typed):
        day, month, year = (int(part) for part in match.groups())
        if len(match[3]) == 2:
            year = _whole_year(day, month, year, not_after)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole_year(day: int, month: int, short: int, not_after: date | None) -> int:
    if not_after is None:
        return short + (2000 if short <= _LAST_SHORT_YEAR else 1900)
    year = not_after.year - not_after.year % 100 + short
    return year - 100 if (year, month, day) > (not_after.year, not_after.month, not_after.day) else year


def read_clock(typed: str) -> time | None:
    """The time of day meant by `8:30`, `8h30`, `08 giờ 30 phút`, `8h` or `0830`; None if there is none."""
    typed = typed.strip()
    match = _CLOCK.fullmatch(typed) or _CLOCK_DIGITS.fullmatch(typed)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
