"""The table behind a calendar: the first and the last of its days, and where it has to grow."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.kernel.limits import TimeLimit
from motcua.kernel.periods import Period
from motcua.worktime.errors import NeverOpens
from motcua.worktime.rules import ZONE, Calendar, Week, due_at, hours
from motcua.worktime.rules.timetables import Timetable

DAY = hours(["07:30-11:30", "13:30-17:30"])
WEEK = Week(Period(), (*[DAY] * 5, (), ()))
ONLY_WEDNESDAYS = Week(Period(), ((), (), DAY, (), (), (), ()))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def table(week: Week = WEEK) -> Timetable:
    """One that nobody has asked for anything yet."""
    return Timetable(Calendar("Lịch", (week,)).hours_on)


def test_first_days_of_all_calendars_are_counted_from_their_first_minute() -> None:
    days = table()
    assert days.between(at("1990-01-01 00:00"), at("1990-01-01 09:30")) == 120
    assert days.between(at("1990-01-01 07:30"), at("1990-01-03 07:30")) == 2 * 480
    assert days.after(at("1990-01-01 07:30"), 60) == at("1990-01-01 08:30")
    assert days.opening_of(date(1990, 1, 1)) == at("1990-01-01 07:30")


def test_last_minute_of_all_calendars_is_still_one_and_there_is_none_after_it() -> None:
    days = table()
    assert days.after(at("2150-12-31 16:30"), 60) == at("2150-12-31 17:30")
    assert days.closing_of(date(2150, 12, 31)) == at("2150-12-31 17:30")
    for beyond in (
        lambda: days.after(at("2150-12-31 16:30"), 61),
        lambda: days.position(at("2151-01-01 00:00")),
        lambda: days.position(at("2151-03-05 09:00")),
        lambda: days.closing_of(date(2151, 1, 1)),
    ):
        with pytest.raises(NeverOpens):
            beyond()


@pytest.mark.parametrize("year", [2016, 2031])
def test_table_that_has_to_grow_answers_as_one_that_had_grown(year: int) -> None:
    grown = table()
    grown.position(at("2000-01-01 00:00")), grown.position(at("2100-01-01 00:00"))
    for text in (f"{year}-01-01 00:00", f"{year}-12-31 10:00"):
        moment = at(text)
        assert table().between(moment, at(f"{year}-06-02 09:00")) == grown.between(
            moment, at(f"{year}-06-02 09:00")
        )
        assert table().after(moment, 10_000) == grown.after(moment, 10_000)
        assert table().opening_at_or_after(moment) == grown.opening_at_or_after(moment)
        assert table().closing_of(moment.date()) == grown.closing_of(moment.date())


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2024-03-05 06:00", "2024-03-05 07:30"),
        ("2024-03-05 07:30", "2024-03-05 07:30"),
        ("2024-03-05 11:30", "2024-03-05 13:30"),
        ("2024-03-05 17:29", "2024-03-05 17:29"),
        ("2024-03-08 17:30", "2024-03-11 07:30"),
    ],
)
def test_agency_opens_at_its_next_opening(moment: str, opens: str) -> None:
    assert table().opening_at_or_after(at(moment)) == at(opens)


def test_table_grows_where_it_ends_with_days_that_are_closed() -> None:
    days = table(ONLY_WEDNESDAYS)  # its last day, 31 December 2030, is a Tuesday
    assert days.opening_of(date(2030, 12, 31)) == at("2031-01-01 07:30")
    days = table(ONLY_WEDNESDAYS)
    assert days.closing_of(date(2030, 12, 26)) == at("2031-01-01 17:30")
    assert days.closing_after(date(2031, 1, 1), 2) == at("2031-01-15 17:30")


def test_limit_that_reaches_beyond_the_table_ends_as_many_opening_minutes_later() -> None:
    days = table()
    due = days.after(at("2030-12-31 09:00"), 480 * 2000)
    assert days.between(at("2030-12-31 09:00"), due) == 480 * 2000
    assert due == due_at(Calendar("Lịch", (WEEK,)), at("2030-12-31 09:00"), TimeLimit.parse("2000wd"))
