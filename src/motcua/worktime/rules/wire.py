"""Reading a calendar back from the form in which it is stored and published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.kernel.periods import Period
from motcua.worktime.rules.calendars import Calendar
from motcua.worktime.rules.days import Holiday, LocalDay, MakeUpDay
from motcua.worktime.rules.hours import WEEKDAYS, Week, hours


def calendar_from_json(data: Mapping[str, Any]) -> Calendar:
    """The calendar that `Calendar.to_json` wrote. Raises ValueError or KeyError if it is not one."""
    return Calendar(
        name=data["name"],
        weeks=tuple(week_from_json(item) for item in data["weeks"]),
        holidays=tuple(_holiday(item) for item in data["holidays"]),
        make_up_days=tuple(_make_up_day(item) for item in data["make_up_days"]),
        local_days=tuple(_local_day(item) for item in data["local_days"]),
        validity=Period(_day(data["validity"]["from"]), _day(data["validity"]["to"])),
        source=data["source"],
        mark=data["mark"],
    )


def week_from_json(data: Mapping[str, Any]) -> Week:
    """Opening hours by weekday: `{"valid_from": …, "monday": ["07:30-11:30", …], …}`."""
    validity = Period(_day(data.get("valid_from")), _day(data.get("valid_to")))
    return Week(validity, tuple(hours(data.get(name, [])) for name in WEEKDAYS))


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _holiday(item: Mapping[str, Any]) -> Holiday:
    on = date.fromisoformat(item["on"])
    return Holiday(on, item["name"], item["source"], item["mark"], item["forecast"])


def _make_up_day(item: Mapping[str, Any]) -> MakeUpDay:
    on, instead_of = date.fromisoformat(item["on"]), date.fromisoformat(item["instead_of"])
    return MakeUpDay(on, instead_of, item["source"], item["mark"])


def _local_day(item: Mapping[str, Any]) -> LocalDay:
    return LocalDay(date.fromisoformat(item["on"]), item["name"], hours(item["hours"]))
