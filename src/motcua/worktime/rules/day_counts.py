"""The days of a term that is counted in days or months: which of them count, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from motcua.worktime.enums import Counted
from motcua.worktime.rules.deadlines import Due
from motcua.worktime.rules.pauses import continuous


@dataclass(frozen=True, slots=True)
class Days:
    """Neighbouring days of one kind; `reason` is that of the pause."""

    first: date
    last: date
    kind: Counted
    reason: str = ""

    @property
    def count(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1


def counted_days(due: Due) -> tuple[Days, ...]:
    """From the day on which the term begins to that on which it ends, or on which the open pause began.

    Empty for a limit in working or clock time. Basis: by reference Civil Code 2015 Đ147, Đ148 (memory)
    """
    last = due.last_day
    if last is None:
        return ()
    rows: list[Days] = []
    for day in _days(due, last):
        before = rows[-1] if rows else None
        if before and (before.kind, before.reason) == (day.kind, day.reason):
            rows[-1] = replace(before, last=day.last)
        else:
            rows.append(day)
    return tuple(rows)


def _days(due: Due, last: date) -> Iterator[Days]:
    """One by one. A midnight within a pause puts the last day off by one, as `deadlines` does."""
    first, ends = due.effective_start.date(), due.ends.date()
    yield Days(first, first, Counted.FIRST)
    halted = [
        (each.start.date(), each.end.date(), each.reason) for each in continuous(due.pauses) if each.end
    ]
    for number in range(1, (ends - first).days + 1):
        day = first + timedelta(days=number)
        reason = next((reason for start, end, reason in halted if start < day <= end), None)
        if reason is not None:
            last = max(last + timedelta(days=1), day)
            yield Days(day, day, Counted.PAUSED, reason)
        else:
            yield Days(day, day, Counted.DAY if day <= last else Counted.BEYOND)
