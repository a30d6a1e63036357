"""Closures laid over a calendar: what they close, and what they leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.limits import TimeLimit
from motcua.kernel.periods import Period
from motcua.worktime.rules import (
    ZONE,
    Calendar,
    Closure,
    LocalDay,
    Range,
    Week,
    closed,
    due_at,
    hours,
    known_at,
    ledger,
)

MONDAY = datetime(2024, 3, 4, tzinfo=ZONE)
DAY = hours(["07:30-11:30", "13:30-17:30"])
CALENDAR = Calendar("Lịch", (Week(Period(), (*[DAY] * 5, (), ())),))
minutes = st.integers(0, 14 * 24 * 60)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2024-03-{text}").replace(tzinfo=ZONE)


def closure(start: str, end: str, reason: str = "Tránh bão") -> Closure:
    return Closure(at(start), at(end), reason)


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        ("05 00:00", "06 00:00", []),
        ("05 13:30", "05 17:30", ["07:30-11:30"]),
        ("05 10:00", "05 15:00", ["07:30-10:00", "15:00-17:30"]),
        ("05 08:00", "05 08:30", ["07:30-08:00", "08:30-11:30", "13:30-17:30"]),
        ("05 11:30", "05 13:30", ["07:30-11:30", "13:30-17:30"]),
    ],
)
def test_closure_leaves_the_rest_of_the_day_open(start: str, end: str, left: list[str]) -> None:
    assert closed(CALENDAR, [closure(start, end)]).hours_on(date(2024, 3, 5)) == hours(left)


def test_closure_of_several_days_closes_each_and_no_other() -> None:
    days = closed(CALENDAR, [closure("05 00:00", "07 00:00")]).local_days
    assert days == (LocalDay(date(2024, 3, 5), "Tránh bão"), LocalDay(date(2024, 3, 6), "Tránh bão"))


def test_closure_of_closed_time_changes_nothing() -> None:
    assert closed(CALENDAR, [closure("09 00:00", "11 00:00")]) is CALENDAR


def test_closure_without_length_leaves_the_day_in_one_piece() -> None:
    assert closed(CALENDAR, [closure("05 09:00", "05 09:00")]) is CALENDAR


def test_two_closures_of_one_day_close_both_parts() -> None:
    parts = [closure("05 13:30", "05 17:30", "Mất điện"), closure("05 07:30", "05 09:00", "Họp dân")]
    (day,) = closed(CALENDAR, parts).local_days
    assert day == LocalDay(date(2024, 3, 5), "Họp dân; Mất điện", (Range(540, 690),))


def test_closure_takes_from_a_day_the_agency_has_of_its_own() -> None:
    saturday = LocalDay(date(2024, 3, 9), "Làm thêm", hours(["07:30-11:30"]))
    calendar = Calendar("Lịch", CALENDAR.weeks, local_days=(saturday,))
    (day,) = closed(calendar, [closure("09 09:00", "10 00:00")]).local_days
    assert (day.name, day.hours) == ("Tránh bão", (Range(450, 540),))


def test_term_ends_later_by_the_time_closed_and_its_ledger_says_why() -> None:
    calendar = closed(CALENDAR, [closure("05 00:00", "06 00:00")])
    received, limit = at("04 09:00"), TimeLimit.parse("2wd")
    moments = [due_at(each, received, limit) for each in (CALENDAR, calendar)]
    assert moments == [at("06 09:00"), at("07 09:00")]
    segments = ledger(calendar, received, moments[1])
    assert "Tránh bão" in {segment.detail or segment.reason for segment in segments}
    assert sum(each.minutes for each in segments if each.kind == "worked") == 2 * 480


@pytest.mark.parametrize(
    ("moment", "is_in_vain"),
    [("05 13:30", False), ("05 13:31", True), ("05 17:30", True), ("06 07:31", False)],
)
def test_closure_takes_in_what_ends_behind_closed_doors(moment: str, is_in_vain: bool) -> None:
    assert closure("05 13:30", "05 17:30").takes_in(at(moment)) is is_in_vain


@given(st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]), minutes, st.integers(1, 40))
def test_closure_closes_its_own_time_and_never_brings_a_term_forward(
    span: tuple[int, int], received: int, length: int
) -> None:
    one = Closure(*(MONDAY + timedelta(minutes=each) for each in span), "Nghỉ")
    calendar = closed(CALENDAR, [one])
    start, far = MONDAY - timedelta(days=3), MONDAY + timedelta(days=30)
    assert calendar.open_minutes(one.starts_at, one.ends_at) == 0
    taken = CALENDAR.open_minutes(one.starts_at, one.ends_at)
    assert calendar.open_minutes(start, far) == CALENDAR.open_minutes(start, far) - taken
    came, limit = MONDAY + timedelta(minutes=received), TimeLimit.parse(f"{length}wh")
    before, after = due_at(CALENDAR, came, limit), due_at(calendar, came, limit)
    assert after >= before
    assert not one.takes_in(after)
    if before <= one.starts_at:
        assert after == before


def test_calendar_as_it_was_known_is_without_what_was_announced_later() -> None:
    first = replace(closure("05 00:00", "06 00:00"), announced_at=at("01 08:00"))
    second = replace(closure("06 00:00", "07 00:00"), announced_at=at("04 08:00"))
    always = closure("07 00:00", "08 00:00")
    now = closed(closed(CALENDAR, [second, always]), [first])
    assert known_at(now, at("04 08:00")) is now
    assert known_at(now, at("04 07:59")) == closed(CALENDAR, [first, always])
    assert known_at(now, at("01 07:59")) == closed(CALENDAR, [always])
    assert known_at(CALENDAR, at("01 07:59")) is CALENDAR
