"""How much of a step's term is used up: what lists show before anything is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from motcua.dossiers.enums import WarningLevel
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime import rules as worktime
from motcua.worktime.rules.pauses import merged

if TYPE_CHECKING:
    from motcua.worktime.rules import Calendar, Closure, Pause

# In per cent of the term. No text at hand gives marks: these are ours, and the only place they stand.
MARKS: dict[WarningLevel, int] = {
    WarningLevel.HALF: 50,
    WarningLevel.NEARLY: 80,
    WarningLevel.USED_UP: 100,
}
_BEFORE_DUE = {level: percent for level, percent in MARKS.items() if percent < 100}


def warning_level(
    opened_at: datetime,
    due_at: datetime | None,
    at: datetime,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> WarningLevel:
    """The highest mark that a term has reached at `at`; NONE without a term.

    Measured in the opening time of the agency, so that neither a night nor a pause brings a mark nearer.
    `due_at` is the moment as it stands, already moved by the `pauses` that have ended.

    Basis: QN20-2#2, QN20-21.2#3, DL24-14.4#1, PT24-20.3#1.
    """
    if due_at is None:
        return WarningLevel.NONE
    if at >= due_at:
        return WarningLevel.USED_UP
    total = _running_minutes(opened_at, due_at, calendar, pauses)
    used = _running_minutes(opened_at, at, calendar, pauses)
    reached = [level for level, percent in _BEFORE_DUE.items() if used >= _needed(total, percent)]
    return max(reached, key=MARKS.__getitem__, default=WarningLevel.NONE)


def soon_at(
    opened_at: datetime, due_at: datetime | None, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """When a term reaches its first mark: `warning_level` turned around, for lists that must be quick.

    None without a term. Every one of the `pauses` has ended.

    Basis: QN20-2#2, QN20-21.2#3, DL24-14.4#1, PT24-20.3#1.
    """
    if due_at is None:
        return None
    apart = merged(pauses, opened_at)
    total = _running_minutes(opened_at, due_at, calendar, apart)
    needed = _needed(total, min(_BEFORE_DUE.values()))
    if not needed:
        return min(opened_at, due_at)
    share = TimeLimit(Fraction(needed, 60), TimeUnit.WORKING_HOUR)
    return min(worktime.due_at(calendar, opened_at, share, pauses=apart), due_at)


def reached_until(at: datetime, closures: Sequence[Closure], calendar: Calendar) -> tuple[datetime, ...]:
    """For each of several closures that are not over at `at`, the earliest first: up to when a first mark
    that was reckoned without it and those before it counts as reached at `at`, for a term ending behind it.

    A closure takes opening time from the end of the term, so that the mark comes earlier, by its share of
    what is lost. `calendar` is that without the closures. Of a term that ends within a closure the whole of
    it counts as lost: nobody will be there at its end.

    Basis: QN20-2#2, QN20-21.2#3, DL24-14.4#1, PT24-20.3#1, DL24-8.1.c#2, PT24-9.2.c#2.
    """
    found, lost = [], 0
    stands = min([at, *(each.starts_at for each in closures)])
    for each in closures:
        lost += calendar.open_minutes(each.starts_at, each.ends_at)
        minutes = lost * min(_BEFORE_DUE.values()) // 100
        share = TimeLimit(Fraction(minutes, 60), TimeUnit.WORKING_HOUR)
        found.append(worktime.due_at(calendar, stands, share))
    return tuple(found)


def _needed(total: int, percent: int) -> int:
    """A mark is reached with the first whole minute that is not less than its share."""
    return -(-total * percent // 100)


def _running_minutes(start: datetime, end: datetime, calendar: Calendar, pauses: Sequence[Pause]) -> int:
    """Opening minutes between two moments without those that lie in a pause."""
    if end <= start:
        return 0
    lost = sum(
        calendar.open_minutes(max(pause.start, start), min(pause.end or end, end))
        for pause in merged(pauses, start)
        if pause.start < end
    )
    return calendar.open_minutes(start, end) - lost
