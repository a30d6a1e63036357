"""Terms reckoned a second time, by counting days one by one: not with the functions that set them.

Of the calendar only one thing is asked: how many minutes an agency is open between two moments.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from motcua.dossiers.rules.state import ClockPause, State
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime.rules import Calendar, Due

ONE_DAY = timedelta(days=1)
BY_THE_CALENDAR = (TimeUnit.CALENDAR_DAY, TimeUnit.MONTH)


def counted_by_the_calendar(due: Due, state: State) -> Iterator[str]:
    """What does not hold of a term in calendar days or months: its last day, or that it ends at closing time.

    The first day does not count; each midnight of a pause gives a day more, and one that began after the last
    day the days up to its end; a last day on which nobody works, or not any more when a pause ended, is
    followed by the next on which somebody does.
    """
    at = state.due_at
    if at is None:
        return
    last = _last_day(due, state)
    free = max([_midnight(last, at), *(each.end for each in _that_moved(state) if each.end)])
    yield from _closing_time(due.calendar, at)
    if at.date() < last:
        yield f"due on {at.date()}, but the last day of {due.limit} is {last}"
    elif at < free:
        yield f"due at {at}, within a pause until {free}"
    elif due.calendar.open_minutes(free, max(free, _midnight(at.date(), at))) > 0:
        yield f"due on {at.date()}, though the office was open since {last}, the last day of {due.limit}"


def counted_by_a_cutoff(due: Due, state: State) -> Iterator[str]:
    """What does not hold of a term of whole days that begins tomorrow for what comes after an hour."""
    at, cutoff = state.due_at, state.term.cutoff
    if at is None or cutoff is None or state.pauses:
        return
    start, calendar = due.effective_start, due.calendar
    yield from _closing_time(calendar, at)
    if due.limit.unit is not TimeUnit.WORKING_DAY:
        return
    day = calendar.next_opening(start).date()
    is_too_late = start.time() > cutoff and day == start.date()
    wanted = max(1, -(-due.limit.value.numerator // due.limit.value.denominator)) + is_too_late
    while wanted := wanted - _open_on(calendar, day, at):
        day += ONE_DAY
    if at.date() != day:
        yield f"due on {at.date()}, but {due.limit} with the cut-off {cutoff} end on {day}"


def counted_by_the_clock(due: Due, state: State) -> Iterator[str]:
    """What does not hold of a term in hours of the clock."""
    if state.due_at is None:
        return
    paused = sum(((each.end or state.due_at) - each.start for each in _that_moved(state)), start=timedelta())
    if state.due_at - due.effective_start != timedelta(hours=float(due.limit.value)) + paused:
        yield f"{state.due_at - due.effective_start} to the due moment of {due.limit}, {paused} paused"


def had_notice(calendar: Calendar, at: datetime, due_at: datetime, notice: TimeLimit) -> bool:
    """Whether so much opening time was left before the due moment (working hours and days), and the day on
    which the term ends had not begun."""
    if at >= _midnight(due_at.date(), due_at):
        return False
    day = 60 if notice.unit is TimeUnit.WORKING_HOUR else calendar.day_minutes_on(at.date())
    return calendar.open_minutes(at, due_at) >= notice.value * day


def _that_moved(state: State) -> list[ClockPause]:
    """The pauses that moved the due moment: begun before it, and not ended by the end of the dossier."""
    assert state.due_at is not None
    return [each for each in state.pauses if each.start < state.due_at and _ended_alone(each, state)]


def _ended_alone(pause: ClockPause, state: State) -> bool:
    return pause.end is None or pause.end != state.ended_at


def _last_day(due: Due, state: State) -> date:
    last = _counted(due.effective_start.date(), due.limit)
    for each in sorted(_that_moved(state), key=lambda pause: pause.start):
        begun = max(each.start, due.effective_start).date()
        if (each.end or each.start).date() > begun:
            last = max(last, begun) + ((each.end or each.start).date() - begun)
    return last


def _counted(day: date, limit: TimeLimit) -> date:
    """So many days or months after a day, one after the other; a month without that day ends earlier."""
    if limit.unit is TimeUnit.CALENDAR_DAY:
        return date.fromordinal(day.toordinal() + int(limit.value))
    year, month = day.year, day.month
    for _ in range(int(limit.value)):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    days = months.monthrange(year, month)[1]
    return date(year, month, day.day if day.day <= days else days)


def _closing_time(calendar: Calendar, at: datetime) -> Iterator[str]:
    if calendar.open_minutes(_midnight(at.date(), at), at) == 0:
        yield f"due at {at}, before the office opens"
    if calendar.open_minutes(at, _midnight(at.date() + ONE_DAY, at)) != 0:
        yield f"due at {at}, before the office closes"


def _open_on(calendar: Calendar, day: date, like: datetime) -> bool:
    return calendar.open_minutes(_midnight(day, like), _midnight(day + ONE_DAY, like)) > 0


def _midnight(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time(), like.tzinfo)
