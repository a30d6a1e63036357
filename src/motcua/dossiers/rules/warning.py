"""How much of a step's term is used up: what lists show before anything is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from motcua.dossiers.enums import WarningLevel
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime import rules as worktime
from motcua.worktime.errors import OpenPause
from motcua.worktime.rules import Pause
from motcua.worktime.rules.pauses import merged, open_pause

if TYPE_CHECKING:
    from motcua.worktime.rules import Calendar

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


def warning_moments(
    opened_at: datetime,
    due_at: datetime,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> dict[WarningLevel, datetime]:
    """When each mark is reached: `warning_level` turned around, for lists that are sorted by it.

    Raises OpenPause while a pause has no end: nobody can say when.
    """
    apart = merged(pauses, opened_at)
    if open_pause(apart) is not None:
        raise OpenPause("the term stands still: its marks have no moment until it runs on")
    total = _running_minutes(opened_at, due_at, calendar, apart)
    reached = {
        level: min(_after(opened_at, _needed(total, percent), calendar, apart), due_at)
        for level, percent in _BEFORE_DUE.items()
    }
    return reached | {WarningLevel.USED_UP: due_at}


def _after(start: datetime, length: int, calendar: Calendar, pauses: tuple[Pause, ...]) -> datetime:
    if not length:
        return start
    limit = TimeLimit(Fraction(length, 60), TimeUnit.WORKING_HOUR)
    return worktime.due_at(calendar, start, limit, pauses=pauses)


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
