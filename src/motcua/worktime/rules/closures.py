"""Closures that an agency announces for itself, laid over a calendar that stays as it was published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from motcua.worktime.rules.calendars import Calendar
from motcua.worktime.rules.days import LocalDay
from motcua.worktime.rules.hours import DAY, Hours, Range
from motcua.worktime.rules.moments import ZONE, local


@dataclass(frozen=True, slots=True, order=True)
class Closure:
    """An agency does not work from `starts_at` up to, not including, `ends_at`. All read why.

    `announced_at`: from when on it was known; None where it always was.
    """

    starts_at: datetime
    ends_at: datetime
    reason: str = ""
    announced_at: datetime | None = field(default=None, compare=False)

    def takes_in(self, due_at: datetime) -> bool:
        """Whether a term that ends at this moment ends behind closed doors.

        A term that ends exactly when the closure begins ends at a closing, and people are still served.
        """
        return self.starts_at < due_at <= self.ends_at


def closed(calendar: Calendar, closures: Iterable[Closure]) -> Calendar:
    """The calendar with the closures as local days; the same calendar if they close nothing.

    What is left of a day stays open: of a day from 7:30 to 17:30 with a closure from 13:30, the morning.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2 (office hours of the agency; the texts leave the hours to the agency).
    """
    days: dict[date, LocalDay] = {}
    laid = tuple(sorted(closures))
    for closure in laid:
        for on in _days_of(closure):
            known = days.get(on)
            before = known.hours if known else calendar.hours_on(on)
            left = _without(before, *_minutes_on(closure, on))
            if left != before:
                days[on] = LocalDay(on, _both(known, closure.reason), left)
    if not days:
        return calendar
    kept = tuple(day for day in calendar.local_days if day.on not in days)
    return replace(
        calendar,
        local_days=kept + tuple(days[on] for on in sorted(days)),
        published=calendar.published or calendar,
        closures=(*calendar.closures, *laid),
    )


def known_at(calendar: Calendar, at: datetime) -> Calendar:
    """The calendar as it was known at a moment: without the closures that were announced after it."""
    known = tuple(each for each in calendar.closures if each.announced_at is None or each.announced_at <= at)
    if calendar.published is None or len(known) == len(calendar.closures):
        return calendar
    return _known(calendar.published, known)


@lru_cache(maxsize=64)
def _known(published: Calendar, known: tuple[Closure, ...]) -> Calendar:
    """Asked for every dossier of a list: one calendar, and one timetable, for all of them."""
    return closed(published, known)


def _both(known: LocalDay | None, reason: str) -> str:
    return reason if known is None or known.name == reason else f"{known.name}; {reason}"


def _days_of(closure: Closure) -> Iterator[date]:
    on, last = local(closure.starts_at).date(), local(closure.ends_at).date()
    while on <= last:
        yield on
        on += timedelta(days=1)


def _minutes_on(closure: Closure, on: date) -> tuple[int, int]:
    """From which to which minute of the day the closure lasts."""
    midnight = datetime.combine(on, time(), ZONE)
    first, last = (
        int((local(each) - midnight).total_seconds()) // 60 for each in (closure.starts_at, closure.ends_at)
    )
    return max(first, 0), min(last, DAY)


def _without(hours: Hours, first: int, last: int) -> Hours:
    pieces = [
        piece
        for each in hours
        for piece in ((each.opens, min(each.closes, first)), (max(each.opens, last), each.closes))
    ]
    if first >= last:
        return hours
    return tuple(Range(opens, closes) for opens, closes in pieces if opens < closes)
