"""What a calendar says of a day, at the edges where a rule that is a little wrong would still look right."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.kernel.limits import TimeLimit
from motcua.kernel.periods import Period
from motcua.worktime.errors import NeverOpens
from motcua.worktime.rules import (
    ZONE,
    Calendar,
    Closure,
    Holiday,
    Week,
    closed,
    due_at,
    hours,
)

DAY = hours(["07:30-11:30", "13:30-17:30"])
WEEK = Week(Period(), (*[DAY] * 5, (), ()))
KNOWN, GUESSED, LATER = (
    Holiday(date(2024, 1, 1), "Tết Dương lịch"),
    Holiday(date(2025, 1, 1), "Tết Dương lịch", forecast=True),
    Holiday(date(2027, 1, 1), "Tết Dương lịch", forecast=True),
)
CALENDAR = Calendar("Lịch", (WEEK,), (KNOWN, GUESSED, LATER))


def test_day_that_is_given_twice_is_the_one_that_is_named() -> None:
    with pytest.raises(ValueError, match="2025-01-01 is given twice"):
        Calendar("Lịch", (WEEK,), (KNOWN, GUESSED, GUESSED))


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2024, 12, 31), False), (date(2025, 1, 1), True), (date(2025, 1, 2), True)],
)
def test_forecast_begins_with_the_first_day_of_its_year(on: date, expected: bool) -> None:
    assert CALENDAR.is_forecast(on) is expected


def test_card_says_from_when_holidays_are_a_forecast() -> None:
    assert CALENDAR.card()["forecast_from"] == "2025-01-01"
    assert Calendar("Lịch", (WEEK,)).card()["forecast_from"] is None
    assert Calendar("Lịch", (WEEK,), (GUESSED,)).card()["forecast_from"] == "2025-01-01"


def test_years_of_which_no_holiday_is_known_are_named_with_the_first_and_the_last() -> None:
    assert CALENDAR.years_without_holidays(date(2023, 12, 31), date(2028, 1, 1)) == (2023, 2026, 2028)
    assert CALENDAR.years_without_holidays(date(2024, 1, 1), date(2025, 12, 31)) == ()
    assert Calendar("Lịch", (WEEK,)).years_without_holidays(date(2023, 1, 1), date(2028, 1, 1)) == ()


def test_closing_of_a_closed_day_is_that_of_the_next_working_day() -> None:
    assert CALENDAR.closing_of(date(2024, 3, 8)) == datetime(2024, 3, 8, 17, 30, tzinfo=ZONE)
    assert CALENDAR.closing_of(date(2024, 3, 9)) == datetime(2024, 3, 11, 17, 30, tzinfo=ZONE)


def test_working_day_is_one_with_opening_hours() -> None:
    days = (date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 6))
    assert [CALENDAR.is_working_day(on) for on in days] == [False, True, False]


def test_two_weeks_after_one_another_each_have_their_days() -> None:
    morning = hours(["07:30-11:30"])
    old = Week(Period(None, date(2024, 3, 5)), (*[DAY] * 5, (), ()))
    new = Week(Period(date(2024, 3, 6), None), (*[morning] * 5, (), ()))
    calendar = Calendar("Lịch", (old, new))
    assert (calendar.hours_on(date(2024, 3, 5)), calendar.hours_on(date(2024, 3, 6))) == (DAY, morning)
    received = datetime(2024, 3, 5, 16, 30, tzinfo=ZONE)
    assert due_at(calendar, received, TimeLimit.parse("5wh")) == datetime(2024, 3, 6, 11, 30, tzinfo=ZONE)


def test_office_that_is_open_at_midnight_is_closed_from_the_first_minute_of_a_closure() -> None:
    always = Calendar("Trực", (Week(Period(), (hours(["00:00-24:00"]),) * 7),))
    storm = Closure(datetime(2024, 3, 5, tzinfo=ZONE), datetime(2024, 3, 7, tzinfo=ZONE), "Tránh bão")
    found = closed(always, [storm])
    assert [found.hours_on(date(2024, 3, day)) for day in (5, 6)] == [(), ()]
    assert found.is_open(datetime(2024, 3, 7, tzinfo=ZONE))


def test_limit_beyond_every_calendar_is_refused_where_only_the_moment_is_asked_for() -> None:
    with pytest.raises(NeverOpens, match="a limit of 99999999cd ends beyond"):
        due_at(CALENDAR, datetime(2024, 3, 5, 9, 0, tzinfo=ZONE), TimeLimit.parse("99999999cd"))
