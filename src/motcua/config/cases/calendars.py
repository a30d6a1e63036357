"""The working calendar of a case: the published one, with what the case changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules.cards import AgencyCard
from motcua.config.cases.model import BadCase, Case, Fault
from motcua.kernel.periods import Period
from motcua.worktime.rules import Calendar, Holiday, LocalDay, MakeUpDay, Week, hours
from motcua.worktime.rules.hours import WEEKDAYS

_SOURCE = "case"


def calendar_for(case: Case, agency: AgencyCard) -> Calendar:
    """The calendar of the agency, changed as the case says. Raises BadCase if that makes none."""
    base = agencies.calendar_of(agency.id, case.first_day)
    if not case.calendar:
        return base
    try:
        return _changed(base, case.calendar)
    except ValueError as error:
        raise BadCase(case.file, (Fault("calendar", 1, str(error)),)) from None


def _changed(base: Calendar, wish: Mapping[str, Any]) -> Calendar:
    changes: dict[str, Any] = {
        "name": wish.get("name", f"{base.name} (case)"),
        "source": _SOURCE,
        "mark": "sample",
    }
    if "hours" in wish:
        changes["weeks"] = (_week(wish["hours"]),)
    changes["holidays"], changes["make_up_days"] = _holidays(base, wish)
    own = [
        LocalDay(day, item.get("name", default), hours(item.get("hours", [])))
        for default, key in (("Nghỉ tại chỗ", "closed"), ("Giờ làm việc riêng", "special"))
        for item in wish.get(key, ())
        for day in _days(item)
    ]
    taken = {day.on for day in own}
    changes["local_days"] = tuple(own) + tuple(day for day in base.local_days if day.on not in taken)
    return dataclasses.replace(base, **changes)


def _holidays(base: Calendar, wish: Mapping[str, Any]) -> tuple[tuple[Holiday, ...], tuple[MakeUpDay, ...]]:
    """Holidays and make-up days; a list or `none` replaces both, for make-up days follow holidays."""
    given = wish.get("holidays", "published")
    holidays, make_up = base.holidays, base.make_up_days
    if given != "published":
        items = () if given == "none" else given
        holidays = tuple(
            Holiday(day, item.get("name", "Nghỉ lễ"), _SOURCE, "sample")
            for item in items
            for day in _days(item)
        )
        make_up = ()
    added = tuple(
        MakeUpDay(date.fromisoformat(item["on"]), date.fromisoformat(item["instead_of"]), _SOURCE, "sample")
        for item in wish.get("make_up", ())
    )
    off = {item.on for item in holidays}
    swapped = tuple(
        Holiday(item.instead_of, "Nghỉ hoán đổi", _SOURCE, "sample")
        for item in added
        if item.instead_of not in off
    )
    return tuple(sorted(holidays + swapped, key=lambda item: item.on)), make_up + added


def _week(wish: Mapping[str, Any]) -> Week:
    weekdays = wish.get("weekdays", [])
    opening = dict.fromkeys(WEEKDAYS[:5], weekdays) | {k: v for k, v in wish.items() if k != "weekdays"}
    return Week(Period(), tuple(hours(opening.get(name, [])) for name in WEEKDAYS))


def _days(item: Mapping[str, Any]) -> tuple[date, ...]:
    if "on" in item:
        return (date.fromisoformat(item["on"]),)
    if "from" not in item or "to" not in item:
        raise ValueError("a day needs `on`, or `from` and `to`")
    start, end = date.fromisoformat(item["from"]), date.fromisoformat(item["to"])
    return tuple(start + timedelta(days=index) for index in range((end - start).days + 1))
