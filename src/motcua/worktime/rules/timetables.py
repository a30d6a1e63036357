"""A calendar drawn out into days, so that a due date costs one bisection.

For every day the table keeps the opening minutes before it (`before`), so that a moment has a *position*: the
opening minutes since the table began. A working-time limit is then an addition, and the way back is a search.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from motcua.worktime.errors import NeverOpens
from motcua.worktime.rules.hours import Hours, minutes
from motcua.worktime.rules.moments import ZONE, local

FIRST_YEAR, LAST_YEAR = 2017, 2030
NOON = 720  # in minutes from midnight
EARLIEST_YEAR, LATEST_YEAR = 1990, 2150  # nobody's dossier; a limit beyond is a mistake in the data


@dataclass(frozen=True, slots=True)
class _Days:
    first: int  # ordinal of the first day
    hours: list[Hours]
    before: list[int]  # one longer than hours: the last is the total
    midnights: list[datetime]


def _draw(first_year: int, last_year: int, opening: Callable[[date], Hours]) -> _Days:
    first, end = date(first_year, 1, 1).toordinal(), date(last_year + 1, 1, 1).toordinal()
    hours = [opening(date.fromordinal(ordinal)) for ordinal in range(first, end)]
    before, total = [0], 0
    for ranges in hours:
        total += minutes(ranges)
        before.append(total)
    return _Days(first, hours, before, _midnights(first, end))


@cache
def _midnights(first: int, end: int) -> list[datetime]:
    """One list for all calendars: a province has hundreds."""
    return [datetime.combine(date.fromordinal(ordinal), time(), ZONE) for ordinal in range(first, end)]


class Timetable:
    """Positions and moments of one calendar. Grows by itself when asked about a year it does not hold."""

    def __init__(self, opening: Callable[[date], Hours]) -> None:
        self._opening = opening
        self._years = (FIRST_YEAR, LAST_YEAR)
        self._days = _draw(*self._years, opening)

    def _grow(self, year: int) -> _Days:
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise NeverOpens(f"calendars reach from {EARLIEST_YEAR} to {LATEST_YEAR}, not to {year}")
        first, last = self._years
        first, last = min(first, year - 1), max(last, year + 5 if year > last else last)
        # Never beyond: what is refused must not hang on what was asked for before.
        self._years = (max(first, EARLIEST_YEAR), min(last, LATEST_YEAR))
        self._days = _draw(*self._years, self._opening)  # one assignment: readers see the old or the new
        return self._days

    def _index(self, at: datetime) -> tuple[_Days, int]:
        days = self._days
        index = at.toordinal() - days.first
        if not 0 <= index < len(days.hours):
            days = self._grow(at.year)
            index = at.toordinal() - days.first
        return days, index

    def position(self, at: datetime) -> tuple[_Days, int]:
        """Opening minutes before `at` (a moment in local time), with the table they are counted in."""
        days, index = self._index(at)
        minute, passed = at.hour * 60 + at.minute, days.before[index]
        for item in days.hours[index]:
            if minute <= item.opens:
                break
            passed += (minute if minute < item.closes else item.closes) - item.opens
        return days, passed

    def between(self, start: datetime, end: datetime) -> int:
        """Opening minutes from `start` to `end`; negative if `end` is earlier."""
        start, end = local(start), local(end)
        self._index(start), self._index(end)  # grow first, so that both are counted in one table
        return self.position(end)[1] - self.position(start)[1]

    def after(self, at: datetime, length: int) -> datetime:
        """The first moment by which `length` opening minutes (one or more) have passed since `at`.

        `at` may lie outside opening hours: nothing passes until the next opening. A length that is used up
        exactly at a closing ends there, not at the next opening.
        """
        days, passed = self.position(at)
        target = passed + length
        while target > days.before[-1]:
            days = self._grow(self._years[1] + 1)
            target = self.position(at)[1] + length
        index = bisect_left(days.before, target) - 1
        rest = target - days.before[index]
        for item in days.hours[index]:
            if rest <= item.closes - item.opens:
                return days.midnights[index] + timedelta(minutes=item.opens + rest)
            rest -= item.closes - item.opens
        raise AssertionError("a day's opening minutes do not add up")

    def opening_at_or_after(self, at: datetime) -> datetime:
        """`at` itself (local time) if the agency is open then, else its next opening."""
        days, index = self._index(at)
        minute = at.hour * 60 + at.minute
        for item in days.hours[index]:
            if minute < item.closes:
                return at if item.opens <= minute else days.midnights[index] + timedelta(minutes=item.opens)
        return self.opening_of(at.date() + timedelta(days=1))

    def opening_of(self, on: date) -> datetime:
        """The first opening on or after a day."""
        index, days = self._open_day(on)
        return days.midnights[index] + timedelta(minutes=days.hours[index][0].opens)

    def closing_of(self, on: date) -> datetime:
        """The last closing of a day; if it is closed all day, of the next day that is not."""
        index, days = self._open_day(on)
        return days.midnights[index] + timedelta(minutes=days.hours[index][-1].closes)

    def morning_end_of(self, on: date) -> datetime:
        """When the morning of a day is over; if it is closed all day, of the next day that is not.

        At noon where one range goes on past it; where the day opens at noon or later, when its first range
        ends.
        """
        index, days = self._open_day(on)
        ranges = days.hours[index]
        closes = max((min(item.closes, NOON) for item in ranges if item.opens < NOON), default=0)
        return days.midnights[index] + timedelta(minutes=closes or ranges[0].closes)

    def closing_after(self, on: date, working_days: int) -> datetime:
        """The closing that many working days after `on` (itself a working day)."""
        closing = self.closing_of(on)
        for _ in range(working_days):
            closing = self.closing_of(closing.date() + timedelta(days=1))
        return closing

    def _open_day(self, on: date) -> tuple[int, _Days]:
        days, index = self._index(datetime(on.year, on.month, on.day, tzinfo=ZONE))
        while True:
            found = bisect_right(days.before, days.before[index]) - 1
            if found < len(days.hours):
                return found, days
            days = self._grow(self._years[1] + 1)
            index = on.toordinal() - days.first
