"""Calendars from data files. All provinces keep the same public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.kernel.periods import Period
from motcua.worktime.errors import NoCalendar
from motcua.worktime.queries.files import Table
from motcua.worktime.rules import Calendar, Holiday, LocalDay, MakeUpDay, Week, hours
from motcua.worktime.rules.hours import WEEKDAYS, Hours

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """Days off and the days of rest worked instead."""

    holidays: tuple[Holiday, ...]
    make_up_days: tuple[MakeUpDay, ...]


def provinces() -> tuple[str, ...]:
    """The provinces that have a calendar, by their short names."""
    return tuple(sorted(path.stem for path in (DATA / "calendars").glob("*.toml")))


@cache
def public_holidays() -> PublicHolidays:
    return holidays_at(DATA / "holidays.toml")


@cache
def published_calendar(province: str, agency_code: str | None = None) -> Calendar:
    """The calendar of an agency: its own if the file has one under its code, else its province's.

    Raises NoCalendar for an unknown province, BadCalendar if the file is wrong.
    """
    if province not in provinces():
        raise NoCalendar(f"no calendar for province {province!r}; there are: {', '.join(provinces())}")
    return calendar_at(DATA / "calendars" / f"{province}.toml", public_holidays(), agency_code)


def agency_codes(province: str) -> tuple[str, ...]:
    """Codes of the agencies that have a calendar of their own in a province's file."""
    file = Table.read(DATA / "calendars" / f"{province}.toml")
    return tuple(item.text("code") for item in file.tables("agency"))


def holidays_at(path: Path) -> PublicHolidays:
    """Read a file of public holidays. Raises BadCalendar."""
    file = Table.read(path)
    off: list[Holiday] = []
    for item in file.tables("holiday"):
        name, source, mark, forecast = (
            item.text("name"),
            item.text("source"),
            item.mark(),
            item.flag("forecast"),
        )
        off += [Holiday(on, name, source, mark, forecast) for on in item.days()]
        item.finish()
    made_up: list[MakeUpDay] = []
    for item in file.tables("swap"):
        day_off, worked = item.day("off"), item.day("worked")
        source, mark = item.text("source"), item.mark()
        if worked.weekday() < 5 or day_off.weekday() > 4:
            raise item.fail("worked", f"a weekday is swapped for a day of rest, not {day_off} for {worked}")
        off.append(Holiday(day_off, item.text("name"), source, mark))
        made_up.append(MakeUpDay(worked, day_off, source, mark))
        item.finish()
    file.finish()
    return PublicHolidays(tuple(sorted(off, key=lambda item: item.on)), tuple(made_up))


def calendar_at(path: Path, public: PublicHolidays, agency_code: str | None = None) -> Calendar:
    """Read a file of opening hours: the calendar of the province, or of one agency. Raises BadCalendar."""
    file = Table.read(path)
    own = {item.text("code"): item for item in file.tables("agency")}
    name, source, mark = file.text("name"), file.text("source"), file.mark()
    start, end = file.day("valid_from"), file.day("valid_to")
    weeks, days = _weeks(file), _local_days(file)
    file.finish()
    for code, item in own.items():
        its_name, its_source, its_mark = item.text("name"), item.text("source"), item.mark()
        its_weeks, its_days = _weeks(item), _local_days(item)
        item.finish()
        if code == agency_code:
            name, source, mark = its_name, its_source, its_mark
            weeks, days = its_weeks or weeks, days + its_days
    try:
        return Calendar(
            name, weeks, public.holidays, public.make_up_days, days, Period(start, end), source, mark
        )
    except ValueError as error:
        raise file.fail("week", str(error)) from error


def _weeks(table: Table) -> tuple[Week, ...]:
    weeks = []
    for item in table.tables("week"):
        start = item.day("valid_from") if item.has("valid_from") else None
        end = item.day("valid_to") if item.has("valid_to") else None
        days = tuple(_hours(item, name) for name in WEEKDAYS)
        item.finish()
        try:
            weeks.append(Week(Period(start, end), days))
        except ValueError as error:
            raise item.fail("", str(error)) from error
    return tuple(sorted(weeks, key=lambda week: (week.validity.start is not None, week.validity.start)))


def _local_days(table: Table) -> tuple[LocalDay, ...]:
    days: list[LocalDay] = []
    for item in table.tables("local_day"):
        name, opening = item.text("name"), _hours(item, "hours")
        days += [LocalDay(on, name, opening) for on in item.days()]
        item.finish()
    return tuple(days)


def _hours(table: Table, key: str) -> Hours:
    try:
        return hours(table.texts(key))
    except ValueError as error:
        raise table.fail(key, str(error)) from error
