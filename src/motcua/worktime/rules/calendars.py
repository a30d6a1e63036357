"""The working calendar of one agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from motcua.kernel.periods import Period
from motcua.worktime.rules.days import Day, Holiday, LocalDay, MakeUpDay
from motcua.worktime.rules.hours import Hours, Week
from motcua.worktime.rules.moments import local
from motcua.worktime.rules.timetables import Timetable

if TYPE_CHECKING:
    from motcua.worktime.rules.closures import Closure

ALWAYS = Period()


@dataclass(frozen=True)
class Calendar:
    """When an agency is open: weeks, public holidays, make-up days and its own local days.

    The weightier rule wins: a local day over a make-up day, a make-up day over a holiday, a holiday over the
    week. `mark` tells how sure the opening hours are (`sample`: nobody has confirmed them). Where `closures`
    were laid over it, which are among the local days, `published` is the calendar without them.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2 (office hours of the agency; the texts leave the hours to the agency).
    """

    name: str
    weeks: tuple[Week, ...]
    holidays: tuple[Holiday, ...] = ()
    make_up_days: tuple[MakeUpDay, ...] = ()
    local_days: tuple[LocalDay, ...] = ()
    validity: Period = ALWAYS
    source: str = ""
    mark: str = "unverified"
    published: Calendar | None = field(default=None, compare=False, repr=False)
    closures: tuple[Closure, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        for index, week in enumerate(self.weeks):
            if any(week.validity.overlaps(other.validity) for other in self.weeks[index + 1 :]):
                raise ValueError(f"{self.name}: two weeks of opening hours are valid on the same days")
        if not self.weeks:
            raise ValueError(f"{self.name}: a calendar needs opening hours")
        for kind in (self.holidays, self.make_up_days, self.local_days):
            days = [item.on for item in kind]
            if len(days) != len(set(days)):
                twice = next(day for day in days if days.count(day) > 1)
                raise ValueError(f"{self.name}: {twice} is given twice")

    # What a moment or a day is

    def is_open(self, at: datetime) -> bool:
        """Whether the agency is open at a moment; at the minute of closing it is not."""
        moment = local(at)
        return self.timetable.opening_at_or_after(moment) == moment

    def next_opening(self, at: datetime) -> datetime:
        """The moment itself if the agency is open then, else the start of its next working period.

        Basis: DL24-8.1.c#2, PT24-9.2.c#2
        """
        return self.timetable.opening_at_or_after(local(at))

    def open_minutes(self, start: datetime, end: datetime) -> int:
        """Opening minutes from one moment to another; negative if `end` is earlier."""
        return self.timetable.between(start, end)

    def closing_of(self, on: date) -> datetime:
        """The last closing of a day, or of the next working day if the agency is closed on that day."""
        return self.timetable.closing_of(on)

    def morning_end_of(self, on: date) -> datetime:
        """When the morning of a day is over, at noon where the agency is open without a break; of a day that
        opens later, the end of its first session. Of a closed day, that of the next working day.
        """
        return self.timetable.morning_end_of(on)

    def is_working_day(self, on: date) -> bool:
        return bool(self.hours_on(on))

    def is_forecast(self, on: date) -> bool:
        """Whether the public holidays of that day's year are not announced yet, or not known at all."""
        return self.forecast_from is not None and on >= self.forecast_from

    def years_without_holidays(self, first: date, last: date) -> tuple[int, ...]:
        """The years from one day to another of which no public holiday is known.

        A calendar that was made without any holidays knows what it does.
        """
        if not self._holiday_years:
            return ()
        return tuple(year for year in range(first.year, last.year + 1) if year not in self._holiday_years)

    @property
    def day_minutes(self) -> int:
        """Opening minutes of the agency's normal day, by its newest week."""
        return self.weeks[-1].day_minutes

    def day_minutes_on(self, on: date) -> int:
        """Opening minutes of the agency's normal day by the week valid on a date."""
        if len(self.weeks) == 1:
            return self.weeks[0].day_minutes
        week = self._week(on)
        return week.day_minutes if week else self.day_minutes

    def hours_on(self, on: date) -> Hours:
        """The opening hours of one day."""
        if on in self._special:
            return self.day(on).hours
        week = self.weeks[0] if self._is_steady else self._week(on)
        return week.days[on.weekday()] if week else ()

    def usual_week(self, on: date) -> tuple[Hours, ...]:
        """The opening hours of the seven weekdays, Monday first, by the week valid on a date."""
        week = self._week(on)
        return week.days if week else ((),) * 7

    def day(self, on: date) -> Day:
        """One day with all that makes it open or closed."""
        make_up, holiday, special = self._make_up.get(on), self._holiday.get(on), self._local.get(on)
        week = self._week(on)
        weekday = make_up.instead_of.weekday() if make_up else on.weekday()
        usual = week.days[weekday] if week else ()
        if special is not None:
            opening = special.hours
        elif holiday is not None and make_up is None:
            opening = ()
        else:
            opening = usual
        return Day(on, opening, usual, holiday, make_up, special)

    def card(self) -> dict[str, Any]:
        """Name, validity and source, as a due date quotes them."""
        start, end = self.validity.start, self.validity.end
        return {
            "name": self.name,
            "validity": {
                "from": start.isoformat() if start else None,
                "to": end.isoformat() if end else None,
            },
            "source": self.source,
            "mark": self.mark,
            "forecast_from": self.forecast_from.isoformat() if self.forecast_from else None,
        }

    def to_json(self) -> dict[str, Any]:
        """All of it; `calendar_from_json` reads it back."""
        return {
            **self.card(),
            "weeks": [item.to_json() for item in self.weeks],
            "holidays": [item.to_json() for item in self.holidays],
            "make_up_days": [item.to_json() for item in self.make_up_days],
            "local_days": [item.to_json() for item in self.local_days],
        }

    # Lookups, made once

    @cached_property
    def timetable(self) -> Timetable:
        return _timetable(self.weeks, self.holidays, self.make_up_days, self.local_days)

    @cached_property
    def forecast_from(self) -> date | None:
        """The first day of the first year whose holidays are not announced; None without holidays."""
        if not self.holidays:
            return None
        announced = [item.on.year for item in self.holidays if not item.forecast]
        return date(max(announced, default=self.holidays[0].on.year - 1) + 1, 1, 1)

    @cached_property
    def _holiday_years(self) -> frozenset[int]:
        return frozenset(item.on.year for item in self.holidays)

    @cached_property
    def _special(self) -> frozenset[date]:
        return frozenset(self._holiday) | frozenset(self._make_up) | frozenset(self._local)

    @cached_property
    def _is_steady(self) -> bool:
        """Whether the same hours are valid at all times."""
        return self.weeks[0].validity == ALWAYS

    @cached_property
    def _holiday(self) -> Mapping[date, Holiday]:
        return {item.on: item for item in self.holidays}

    @cached_property
    def _make_up(self) -> Mapping[date, MakeUpDay]:
        return {item.on: item for item in self.make_up_days}

    @cached_property
    def _local(self) -> Mapping[date, LocalDay]:
        return {item.on: item for item in self.local_days}

    def _week(self, on: date) -> Week | None:
        return next((week for week in self.weeks if on in week.validity), None)


@lru_cache(maxsize=64)
def _timetable(
    weeks: tuple[Week, ...],
    holidays: tuple[Holiday, ...],
    make_up_days: tuple[MakeUpDay, ...],
    local_days: tuple[LocalDay, ...],
) -> Timetable:
    """One table for all calendars that open alike: hundreds of agencies share the same hours."""
    return Timetable(Calendar("", weeks, holidays, make_up_days, local_days).hours_on)
