"""Moments and dates as Vietnamese administrative papers write them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def in_words(at: datetime) -> str:
    """`08 giờ 30 phút, ngày 24 tháng 3 năm 2022`, in Vietnamese time."""
    here = at.astimezone(ZONE)
    return f"{here:%H} giờ {here:%M} phút, {day_in_words(here.date())}"


def day_in_words(on: date) -> str:
    """`ngày 24 tháng 3 năm 2022`; days and the first two months have two digits."""
    day = f"{on.day:02d}"
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {day} tháng {month} năm {on.year}"
