"""Lateness in the two greatest of days, hours and minutes, never less than it is."""

from __future__ import annotations

import pytest

from motcua.worktime.rules import late_parts


@pytest.mark.parametrize(
    ("minutes", "day_minutes", "parts"),
    [
        (1, 480, (0, 0, 1)),
        (60, 480, (0, 1, 0)),
        (479, 480, (0, 7, 59)),
        (480, 480, (1, 0, 0)),
        (481, 480, (1, 1, 0)),
        (540, 480, (1, 1, 0)),
        (541, 480, (1, 2, 0)),
        (900, 480, (1, 7, 0)),
        (901, 480, (2, 0, 0)),
        (870, 450, (1, 7, 0)),
        (871, 450, (2, 0, 0)),
        (845, 425, (1, 7, 0)),  # seven hours are five minutes less than this day
    ],
)
def test_lateness_of_a_day_or_more_is_said_in_days_and_begun_hours(
    minutes: int, day_minutes: int, parts: tuple[int, int, int]
) -> None:
    assert late_parts(minutes, day_minutes) == parts


@pytest.mark.parametrize("day_minutes", [450, 480, 510])
def test_lateness_is_never_said_to_be_less_than_it_is_nor_an_hour_more(day_minutes: int) -> None:
    for minutes in range(1, 3 * day_minutes):
        days, hours, rest = late_parts(minutes, day_minutes)
        said = days * day_minutes + hours * 60 + rest
        assert minutes <= said < minutes + 60
        assert hours * 60 + rest < day_minutes
