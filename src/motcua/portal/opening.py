"""When an agency is open, for people who are about to set out: now, this week, and the days that differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext

from motcua.theme import wording
from motcua.worktime.rules import Calendar, Day, Hours

DAYS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class WeekdayHours:
    """Weekdays in a row that are alike, as "Thứ Hai – Thứ Sáu"; no hours: closed."""

    name: str
    hours: tuple[str, ...]
    is_today: bool


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A day ahead that is not like its weekday."""

    on: date
    why: str
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    is_open: bool
    sentence: str
    week: tuple[WeekdayHours, ...]
    other_days: tuple[OtherDay, ...]
    is_sample: bool


def of(calendar: Calendar, at: datetime) -> Opening:
    """Basis: DL24-8.1.c#2, PT24-9.2.c#2 (office hours of the agency)."""
    today = at.date()
    ahead = [calendar.day(today + timedelta(days=number)) for number in range(DAYS_AHEAD)]
    is_open = calendar.is_open(at)
    return Opening(
        is_open=is_open,
        sentence=closes(calendar, at) if is_open else opens(calendar, at),
        week=usual_week(ahead[:7], today),
        other_days=tuple(other_day(day) for day in ahead if day.hours != day.usual),
        is_sample=calendar.mark == "sample",
    )


def closes(calendar: Calendar, at: datetime) -> str:
    minute = at.hour * 60 + at.minute
    now = next(each for each in calendar.hours_on(at.date()) if each.opens <= minute < each.closes)
    return gettext("Đang mở cửa, đến %(hour)s") % {"hour": clock(now.closes)}


def opens(calendar: Calendar, at: datetime) -> str:
    opening = calendar.next_opening(at)
    hour = opening.strftime("%H:%M")
    if opening.date() == at.date():
        return gettext("Đang đóng cửa, mở lại lúc %(hour)s hôm nay") % {"hour": hour}
    if opening.date() == at.date() + timedelta(days=1):
        return gettext("Đang đóng cửa, mở lại lúc %(hour)s ngày mai") % {"hour": hour}
    return gettext("Đang đóng cửa, mở lại lúc %(hour)s %(weekday)s %(day)s") % {
        "hour": hour,
        "weekday": wording.weekday(opening.date()),
        "day": wording.short_day(opening.date()),
    }


def usual_week(days: list[Day], today: date) -> tuple[WeekdayHours, ...]:
    """The usual hours of the seven weekdays, Monday first, those alike together."""
    in_order = sorted(days, key=lambda day: day.on.weekday())
    runs = [list(run) for _, run in groupby(in_order, key=lambda day: day.usual)]
    return tuple(
        WeekdayHours(name_of(run), text_of(run[0].usual), any(day.on == today for day in run)) for run in runs
    )


def name_of(run: list[Day]) -> str:
    first, last = wording.weekday(run[0].on), wording.weekday(run[-1].on)
    return first if len(run) == 1 else f"{first} – {last}"


def other_day(day: Day) -> OtherDay:
    if day.local is not None:
        why = day.local.name
    elif day.make_up is not None:
        why = gettext("Làm bù cho ngày %(day)s") % {"day": wording.short_day(day.make_up.instead_of)}
    else:
        why = day.holiday.name if day.holiday else ""
    return OtherDay(day.on, why, text_of(day.hours))


def text_of(hours: Hours) -> tuple[str, ...]:
    return tuple(f"{clock(each.opens)}–{clock(each.closes)}" for each in hours)


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
