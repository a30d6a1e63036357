"""A second, dumb reading of the time rules: minute by minute, on its own data structures.

It shares no code with motcua.worktime and reads the data files by itself, so that agreement means something.
Minutes are counted from 2016-01-01T00:00 local time; `opening` holds one byte per minute.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

BEGIN, END = date(2016, 1, 1), date(2030, 1, 1)
NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DATA = Path(__file__).resolve().parents[2] / "src/motcua/worktime/data"


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def public_holidays() -> tuple[set[date], dict[date, date]]:
    data = tomllib.loads((DATA / "holidays.toml").read_text(encoding="utf-8"))
    off: set[date] = set()
    for entry in data["holiday"]:
        off.update(days_between(entry.get("on") or entry["from"], entry.get("on") or entry["to"]))
    off.update(entry["off"] for entry in data["swap"])
    return off, {entry["worked"]: entry["off"] for entry in data["swap"]}


def week_of(table: dict[str, list[str]]) -> Callable[[date], list[str]]:
    return lambda day: table.get(NAMES[day.weekday()], [])


class Reference:
    """`usual(day)` gives a day's hours by its weekday; `own` overrides single days."""

    def __init__(
        self,
        usual: Callable[[date], list[str]],
        off: set[date],
        made_up: dict[date, date],
        own: dict[date, list[str]],
        normal: Callable[[date], int],
    ) -> None:
        self.opening = bytearray((END - BEGIN).days * 1440)
        self.normal = normal
        for index, day in enumerate(days_between(BEGIN, END - timedelta(days=1))):
            if day in own:
                texts = own[day]
            elif day in made_up:
                texts = usual(made_up[day])
            else:
                texts = [] if day in off else usual(day)
            for text in texts:
                start, end = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
                for minute in range(start, end):
                    self.opening[index * 1440 + minute] = 1

    def due(
        self,
        received: datetime,
        count: float,
        unit: str,
        pauses: list[tuple[datetime, datetime]],
        cutoff: time | None,
        *,
        moves: bool,
    ) -> datetime:
        at = self.number(received)
        halted = [(self.number(start), self.number(end)) for start, end in pauses]
        if moves and unit != "h":
            while not self.opening[at]:
                at += 1
        if cutoff:
            return self.moment(self.by_cutoff(at, count, unit, halted, cutoff))
        if unit == "h":
            return self.moment(self.spend(at, int(count * 60), halted, b"\x01" * len(self.opening)))
        if unit in ("wh", "wd"):
            while not self.opening[at]:
                at += 1
            return self.moment(self.spend(at, self.length(at, count, unit), halted, self.opening))
        return self.moment(self.by_days(at, int(count), unit, halted))

    def length(self, at: int, count: float, unit: str) -> int:
        return int(count * (60 if unit == "wh" else self.normal(self.moment(at).date())))

    def spend(self, at: int, left: int, halted: list[tuple[int, int]], runs: bytes | bytearray) -> int:
        while left:
            if runs[at] and not any(start <= at < end for start, end in halted):
                left -= 1
            at += 1
        return at

    def by_days(self, at: int, count: int, unit: str, halted: list[tuple[int, int]]) -> int:
        """Midnights under a pause do not count; a term that would end before a pause does ends after it."""
        day = self.moment(at).date()
        last = add_months(day, count) if unit == "mo" else day + timedelta(days=count)
        halted = [(max(start, at), end) for start, end in halted if end > at]
        left = (last - day).days
        midnight = (day - BEGIN).days * 1440
        while left:
            midnight += 1440
            left -= not any(start < midnight <= end for start, end in halted)
        day = self.moment(midnight).date()
        closing = self.closing(day)
        if closing < at:
            closing = self.closing(day + timedelta(days=1))
        for start, end in sorted(halted):
            if start < closing < end or (start < closing and self.moment(end).date() > day):
                day = max(day, self.moment(end).date())
                closing = self.closing(day)
                if closing < end:
                    closing = self.closing(day + timedelta(days=1))
        return closing

    def by_cutoff(self, at: int, count: float, unit: str, halted: list[tuple[int, int]], cutoff: time) -> int:
        normal = self.normal(self.moment(at).date())
        days = 1
        while days * normal < self.length(at, count, unit):
            days += 1
        opening = at
        while not self.opening[opening]:
            opening += 1
        same_day = opening // 1440 == at // 1440
        if same_day and at % 1440 > cutoff.hour * 60 + cutoff.minute:
            days += 1
        closing = self.closing(self.moment(opening).date())
        for _ in range(days - 1):
            closing = self.closing(self.moment(closing).date() + timedelta(days=1))
        left = sum(self.opening[at:closing])
        return self.spend(at, left, halted, self.opening)

    def closing(self, day: date) -> int:
        """One past the last open minute of the day, or of the first later day that has one."""
        first = (day - BEGIN).days * 1440
        while True:
            for minute in range(first + 1439, first - 1, -1):
                if self.opening[minute]:
                    return minute + 1
            first += 1440

    @staticmethod
    def number(moment: datetime) -> int:
        return int((moment.replace(tzinfo=None) - datetime(2016, 1, 1)).total_seconds() // 60)  # noqa: DTZ001

    @staticmethod
    def moment(number: int) -> datetime:
        return datetime(2016, 1, 1) + timedelta(minutes=number)  # noqa: DTZ001


def add_months(day: date, count: int) -> date:
    year, month = day.year, day.month
    for _ in range(count):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
