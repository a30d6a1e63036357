"""From a receipt and a time limit to the due moment. docs/adr/0004-time-limits.md gives the readings."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime.enums import OffHours
from motcua.worktime.errors import NeverOpens, OpenPause
from motcua.worktime.rules.calendars import Calendar
from motcua.worktime.rules.ledgers import Segment, clock_ledger, ledger
from motcua.worktime.rules.moments import local
from motcua.worktime.rules.pauses import Pause, continuous, merged, open_pause

_WORKING = (TimeUnit.WORKING_DAY, TimeUnit.WORKING_HOUR)
_LONGEST = {TimeUnit.MONTH: 1_200, TimeUnit.CALENDAR_DAY: 36_525, TimeUnit.CLOCK_HOUR: 876_600}  # a century


@dataclass(frozen=True)
class Due:
    """A due moment and all it was computed from. `due_at` is None while a pause is open."""

    received_at: datetime
    effective_start: datetime
    due_at: datetime | None
    limit: TimeLimit
    calendar: Calendar
    pauses: tuple[Pause, ...] = ()
    same_day_cutoff: time | None = None
    calendar_changed: bool = False  # the due moment was fixed by an earlier edition of the calendar
    moved_by_pause: bool = False  # a date that was set moved by the opening time of a later pause

    def promised(self, moment: datetime, *, moved: bool = False) -> Due:
        """The same term ending at the moment that was promised: a calendar published later never moves it.

        `moved`: a pause has moved the promise since, by the opening time lost and not by the term.
        """
        differs = local(moment) != self.due_at
        return replace(
            self,
            due_at=local(moment),
            calendar_changed=differs and not moved,
            moved_by_pause=differs and moved,
        )

    @property
    def calendar_name(self) -> str:
        return self.calendar.name

    @property
    def is_forecast(self) -> bool:
        """Whether the due moment rests on holidays that are not announced yet."""
        return self.due_at is not None and self.calendar.is_forecast(self.due_at.date())

    @property
    def years_without_holidays(self) -> tuple[int, ...]:
        """The years from receipt to due of which the calendar knows no public holiday at all."""
        return self.calendar.years_without_holidays(self.received_at.date(), self.ends.date())

    @property
    def month_end(self) -> date | None:
        """The last day of a shorter month, where months are counted from a day which that month lacks."""
        if self.limit.unit is not TimeUnit.MONTH:
            return None
        last = _last_day(self.effective_start.date(), self.limit)
        return last if last.day != self.effective_start.day else None

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The ledger from receipt to the due moment, or to the start of the pause that is open."""
        draw = clock_ledger if self.limit.unit is TimeUnit.CLOCK_HOUR else ledger
        return draw(self.calendar, self.received_at, self.ends, self.pauses)

    @property
    def last_day(self) -> date | None:
        """The last day of a limit in days or months, pauses left aside; None for any other limit."""
        is_in_days = self.limit.unit in (TimeUnit.CALENDAR_DAY, TimeUnit.MONTH)
        return _last_day(self.effective_start.date(), self.limit) if is_in_days else None

    @property
    def ends(self) -> datetime:
        """The due moment, or the start of the pause that is open."""
        still = open_pause(self.pauses)
        return self.due_at or (still.start if still else self.received_at)

    def to_json(self) -> dict[str, Any]:
        return {
            "received_at": self.received_at.isoformat(),
            "effective_start": self.effective_start.isoformat(),
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "limit": str(self.limit),
            "same_day_cutoff": f"{self.same_day_cutoff:%H:%M}" if self.same_day_cutoff else None,
            "calendar": self.calendar.card(),
            "is_forecast": self.is_forecast,
            "segments": [segment.to_json() for segment in self.segments],
        }


def effective_start(
    calendar: Calendar,
    received_at: datetime,
    limit: TimeLimit,
    off_hours: OffHours,
) -> datetime:
    """The moment from which a limit runs: the receipt itself, unless a rule moves it to the next opening.

    Working time is not touched by it, for it runs through opening minutes only; days and months are, for the
    day of the start is not counted. A limit by the clock runs from the moment itself in any case.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2; clock hours: PT24-21.6
    """
    if off_hours is OffHours.NONE or limit.unit is TimeUnit.CLOCK_HOUR:
        return local(received_at)
    return calendar.next_opening(received_at)


def due(
    calendar: Calendar,
    received_at: datetime,
    limit: TimeLimit,
    *,
    pauses: tuple[Pause, ...] = (),
    same_day_cutoff: time | None = None,
    off_hours: OffHours = OffHours.NONE,
) -> Due:
    """The due moment with its reasons. Raises ValueError if the cut-off does not fit the limit's unit.

    `off_hours`: what becomes of a receipt outside opening hours. Not said where the receipt is official: a
    rule on off-hours filings has moved it by then (`dossiers/rules/receipt.py`).

    Basis: DL24-8.1.c#2, PT24-9.2.c#2, QN20-11.4#1, KT18-8.1.a
    """
    start = effective_start(calendar, received_at, limit, off_hours)
    apart = merged(pauses, start)
    moment: datetime | None
    try:
        moment = due_at(
            calendar, received_at, limit, pauses=apart, same_day_cutoff=same_day_cutoff, off_hours=off_hours
        )
    except OpenPause:
        moment = None
    return Due(local(received_at), start, moment, limit, calendar, apart, same_day_cutoff)


def due_at(
    calendar: Calendar,
    received_at: datetime,
    limit: TimeLimit,
    *,
    pauses: tuple[Pause, ...] = (),
    same_day_cutoff: time | None = None,
    off_hours: OffHours = OffHours.NONE,
) -> datetime:
    """The due moment alone, fast: over 100,000 a second. Raises OpenPause if a pause has no end.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2, QN20-11.4#1, KT18-8.1.a
    """
    if pauses or same_day_cutoff is not None or limit.unit not in _WORKING or len(calendar.weeks) > 1:
        length = 0  # the long way
    else:
        length = working_minutes(calendar, limit, received_at.date())
    if length:  # most limits: one search
        return calendar.timetable.after(local(received_at), length)
    if limit.value > _LONGEST.get(limit.unit, limit.value):
        raise NeverOpens(f"a limit of {limit} ends beyond every calendar")
    start = effective_start(calendar, received_at, limit, off_hours)
    if same_day_cutoff is not None:
        unpaused = _by_cutoff(calendar, start, limit, same_day_cutoff)
    elif limit.unit in _WORKING:
        start = calendar.next_opening(start)  # whose normal day it is, where the hours change in between
        length = working_minutes(calendar, limit, start.date())
        unpaused = calendar.timetable.after(start, length) if length else start
    elif limit.unit is TimeUnit.CLOCK_HOUR:
        unpaused = start + timedelta(minutes=int(limit.value * 60))
    else:
        unpaused = _closing_not_before(calendar, _last_day(start.date(), limit), start)
    if not pauses:
        return unpaused
    return _shifted(calendar, start, unpaused, limit, merged(pauses, start))


def working_minutes(calendar: Calendar, limit: TimeLimit, on: date) -> int:
    """A working-time limit in opening minutes, by the agency's normal day on a date, cut to whole minutes.

    Cut, not rounded: parts of a limit never add up to more than the whole.
    """
    unit = 60 if limit.unit is TimeUnit.WORKING_HOUR else calendar.day_minutes_on(on)
    return limit.value.numerator * unit // limit.value.denominator


def _last_day(start: date, limit: TimeLimit) -> date:
    """The last day of a limit in calendar days or months; the first day is not counted.

    The 31st plus one month is the last day of a shorter month.
    Basis: by reference Civil Code 2015 Đ147, Đ148 (memory)
    """
    count = int(limit.value)
    if limit.unit is TimeUnit.CALENDAR_DAY:
        return start + timedelta(days=count)
    months = start.year * 12 + start.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _closing_not_before(calendar: Calendar, on: date, start: datetime) -> datetime:
    closing = calendar.timetable.closing_of(on)
    return closing if closing >= start else calendar.timetable.closing_of(on + timedelta(days=1))


def _by_cutoff(calendar: Calendar, start: datetime, limit: TimeLimit, cutoff: time) -> datetime:
    """Within the day unless received after the cut-off, else one working day later; closing time both ways.

    The minute of the cut-off itself is not after it: what is published says "after 15:00".
    """
    if limit.unit not in _WORKING:
        raise ValueError(f"a same-day cut-off belongs to working time, not to {limit}")
    normal = calendar.day_minutes_on(start.date())
    days = max(1, -(-working_minutes(calendar, limit, start.date()) // normal))
    opening = calendar.next_opening(start)
    late = opening.date() == start.date() and start.time() > cutoff
    return calendar.timetable.closing_after(opening.date(), days - 1 + late)


def _shifted(
    calendar: Calendar, start: datetime, moment: datetime, limit: TimeLimit, pauses: tuple[Pause, ...]
) -> datetime:
    """Move a due moment by the pauses that began before it; each may bring the next one within reach.

    Days are counted by midnights. Whose last day was over when the clock stopped, on a closed day before the
    moment, has the day left on which it runs on; and no term ends while it stands still.
    """
    last = date.max if limit.unit in (*_WORKING, TimeUnit.CLOCK_HOUR) else _last_day(start.date(), limit)
    for pause in continuous(pauses):
        if pause.start >= moment:
            break
        if pause.end is None:
            raise OpenPause("a pause is open: there is no due moment until it ends")
        if limit.unit in _WORKING:
            length = calendar.timetable.between(pause.start, pause.end)
            moment = calendar.timetable.after(moment, length) if length else moment
        elif limit.unit is TimeUnit.CLOCK_HOUR:
            moment += pause.end - pause.start
        else:
            last = max(last, pause.start.date()) + (pause.end.date() - pause.start.date())
            moment = _closing_not_before(calendar, last, max(start, pause.end))
    return moment
