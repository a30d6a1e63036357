"""Opening hours that an agency sets for itself from a day on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from motcua.kernel.periods import Period
from motcua.worktime.rules.calendars import Calendar
from motcua.worktime.rules.hours import Hours, Week
from motcua.worktime.rules.moments import ZONE


@dataclass(frozen=True, slots=True)
class NewHours:
    """The usual hours of the seven weekdays, Monday first, from `first_day` on."""

    first_day: date
    days: tuple[Hours, ...]

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.first_day, time(), ZONE)

    @property
    def week(self) -> Week:
        """Raises ValueError if no day has hours."""
        return Week(Period(self.first_day, None), self.days)


def with_hours(calendar: Calendar, new: NewHours) -> Calendar:
    """The calendar with the new hours from their first day on; days that differ from their weekday stay.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2 (office hours of the agency; the texts leave the hours to the agency).
    """
    last = new.first_day - timedelta(days=1)
    kept = []
    for week in calendar.weeks:
        start, end = week.validity.start, week.validity.end
        if start is None or start <= last:
            kept.append(replace(week, validity=Period(start, min(end, last) if end else last)))
    return replace(calendar, weeks=(*kept, new.week))
