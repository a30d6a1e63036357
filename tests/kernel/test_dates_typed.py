"""Days and times of day as people type them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.dates import read_clock, read_day


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["/", ".", "-", " ", " / "]), st.booleans())
def test_day_is_read_however_it_is_parted(day: date, between: str, padded: bool) -> None:
    parts = (f"{day:%d}", f"{day:%m}") if padded else (str(day.day), str(day.month))
    assert read_day(between.join((*parts, f"{day.year}"))) == day
    assert read_day(f"{day:%d%m}{day.year}") == day
    assert read_day(day.isoformat()) == day


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_year_of_two_digits_is_of_our_hundred_years(day: date) -> None:
    assert read_day(f"{day.day}/{day.month}/{day:%y}") == day


@given(st.dates(date(1990, 1, 1), date(2180, 12, 31)), st.integers(0, 99 * 365))
def test_year_of_two_digits_of_a_day_that_is_past_is_the_last_such_year(today: date, days: int) -> None:
    day = today - timedelta(days)
    assert read_day(f"{day.day}/{day.month}/{day:%y}", not_after=today) == day


def test_day_typed_with_a_whole_year_may_lie_ahead() -> None:
    assert read_day("1/1/2045", not_after=date(2026, 1, 1)) == date(2045, 1, 1)


@pytest.mark.parametrize(
    "typed",
    ["", "mai", "30/02/2026", "2/13/2026", "010226", "1/2", "1/2/226", "2026-02-30", "٠١/٠٢/٢٠٢٦", "1//2026"],
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed) is None


@given(st.times())
def test_time_is_read_however_it_is_parted(at: time) -> None:
    meant = time(at.hour, at.minute)
    for typed in (f"{at:%H:%M}", f"{at.hour}h{at:%M}", f"{at:%H%M}", f"{at:%H} giờ {at:%M} phút"):
        assert read_clock(typed) == meant
    assert read_clock(f"{at.hour}h") == time(at.hour)


@pytest.mark.parametrize("typed", ["", "8", "830", "24:00", "8:60", "8:5", "sáng", "8:30 PM"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read_clock(typed) is None
