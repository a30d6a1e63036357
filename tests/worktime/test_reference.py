"""Ten thousand random cases against the minute-by-minute reference. Seeded: the same cases each time."""

from __future__ import annotations

import random
import tomllib
from datetime import date, datetime, time, timedelta

import pytest
from tests.worktime import reference
from tests.worktime.reference import Reference

from motcua.kernel.limits import TimeLimit
from motcua.kernel.periods import Period
from motcua.worktime import queries, rules
from motcua.worktime.enums import OffHours

CASES = 10_000
LOCAL_OFF, LOCAL_HALF, LOCAL_EXTRA = date(2022, 3, 15), date(2023, 6, 7), date(2024, 2, 12)
BREAK = date(2021, 10, 1)
OLD = {name: ["06:30-11:00", "13:00-17:00"] for name in reference.NAMES[:5]} | {"saturday": ["07:00-11:30"]}
NEW = {name: ["07:30-11:30", "13:15-16:45"] for name in reference.NAMES[:4]} | {"friday": ["07:30-11:30"]}


def _published(agency: str | None) -> tuple[rules.Calendar, Reference]:
    data = tomllib.loads((reference.DATA / "calendars/dak-lak.toml").read_text(encoding="utf-8"))
    table = data["agency"][0]["week"][0] if agency else data["week"][0]
    off, made_up = reference.public_holidays()
    twin = Reference(reference.week_of(table), off, made_up, {}, lambda day: 480)
    return queries.published_calendar("dak-lak", agency), twin


def _odd() -> tuple[rules.Calendar, Reference]:
    """Hours that change in the middle, odd lengths, a closure, a half day and an opening during Tết."""
    public = queries.public_holidays()
    weeks = []
    for table, validity in (OLD, Period(None, BREAK - timedelta(days=1))), (NEW, Period(BREAK, None)):
        weeks.append(
            rules.Week(validity, tuple(rules.hours(table.get(name, [])) for name in reference.NAMES))
        )
    own = {LOCAL_OFF: [], LOCAL_HALF: ["08:00-10:10"], LOCAL_EXTRA: ["09:00-11:00", "20:00-24:00"]}
    days = tuple(rules.LocalDay(day, "x", rules.hours(texts)) for day, texts in own.items())
    calendar = rules.Calendar("odd", tuple(weeks), public.holidays, public.make_up_days, days)
    off, made_up = reference.public_holidays()
    old, new = reference.week_of(OLD), reference.week_of(NEW)
    twin = Reference(
        lambda day: (old if day < BREAK else new)(day),
        off,
        made_up,
        own,
        lambda day: 510 if day < BREAK else 450,
    )
    return calendar, twin


def _moment(chance: random.Random, first: datetime, minutes: int) -> datetime:
    """Often exactly at an edge of opening hours, where mistakes live."""
    moment = first + timedelta(minutes=chance.randrange(minutes))
    if chance.random() < 0.3:
        hour, minute = chance.choice(
            [(0, 0), (7, 30), (11, 30), (13, 30), (17, 30), (15, 0), (11, 29), (13, 29)]
        )
        moment = moment.replace(hour=hour, minute=minute)
    return moment


def _limit(chance: random.Random) -> TimeLimit:
    short = chance.choice(
        [f"{chance.randrange(0, 40)}wh", f"{chance.choice([0.25, 0.5, 1, 1, 2, 3, 5, 7.5, 10, 15])}wd"] * 3
        + [f"{chance.randrange(0, 40)}cd", f"{chance.randrange(0, 4)}mo", f"{chance.randrange(0, 73)}h"]
    )
    return TimeLimit.parse(short)


def _pauses(chance: random.Random, received: datetime) -> list[tuple[datetime, datetime]]:
    if chance.random() < 0.6:
        return []
    result = []
    for _ in range(chance.randrange(1, 4)):
        start = _moment(chance, received - timedelta(days=2), 10 * 1440)
        result.append(
            (start, start + timedelta(minutes=chance.choice([0, 45, 300, 1440, 2000, 4 * 1440, 9999])))
        )
    return result


@pytest.mark.slow
def test_due_at_ten_thousand_random_cases_agrees_with_minute_by_minute_reference() -> None:
    chance = random.Random(20240207)
    pairs = [_published(None), _published("H15.MAU.01"), _odd()]
    first = datetime(2018, 1, 1, tzinfo=rules.ZONE)
    for number in range(CASES):
        calendar, twin = chance.choice(pairs)
        received, limit = _moment(chance, first, 9 * 365 * 1440), _limit(chance)
        working = str(limit).endswith(("wh", "wd"))
        cutoff = chance.choice([time(15), time(10, 30)]) if working and chance.random() < 0.15 else None
        pauses, off_hours = _pauses(chance, received), chance.choice(list(OffHours))
        found = rules.due(
            calendar,
            received,
            limit,
            pauses=tuple(rules.Pause(start, end) for start, end in pauses),
            same_day_cutoff=cutoff,
            off_hours=off_hours,
        )
        unit = str(limit).lstrip("0123456789.")
        moves = off_hours is OffHours.NEXT_WORKING_PERIOD
        wanted = twin.due(received, float(limit.value), unit, pauses, cutoff, moves=moves)
        case = (number, calendar.name, received, str(limit), cutoff, off_hours, pauses)
        assert found.due_at is not None, case
        assert found.due_at.replace(tzinfo=None) == wanted, case


def test_open_minutes_random_stretches_agree_with_reference() -> None:
    chance = random.Random(17)
    for calendar, twin in (_published("H15.MAU.01"), _odd()):
        for _ in range(300):
            start = _moment(chance, datetime(2018, 1, 1, tzinfo=rules.ZONE), 9 * 365 * 1440)
            end = _moment(chance, start.replace(hour=0, minute=0) + timedelta(days=1), 60 * 1440)
            wanted = sum(twin.opening[twin.number(start) : twin.number(end)])
            assert calendar.open_minutes(start, end) == wanted
            assert calendar.open_minutes(end, start) == -wanted
            assert calendar.is_open(start) == bool(twin.opening[twin.number(start)])
