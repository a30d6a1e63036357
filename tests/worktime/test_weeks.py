"""New opening hours from a day on: what was valid before stays, what would have come after falls away."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.kernel.periods import Period
from motcua.worktime.rules import ZONE, Calendar, LocalDay, NewHours, Week, hours, with_hours

FULL, MORNING = hours(["07:30-11:30", "13:30-17:30"]), hours(["08:00-11:00"])
DAYS = (*[FULL] * 5, (), ())
FIRST = date(2024, 4, 1)
NEW = NewHours(FIRST, (*[MORNING] * 5, (), ()))


def week(start: date | None, end: date | None) -> Week:
    return Week(Period(start, end), DAYS)


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ([(None, None)], [(None, date(2024, 3, 31))]),
        (
            [(None, date(2024, 2, 29)), (date(2024, 3, 1), None)],
            [(None, date(2024, 2, 29)), (date(2024, 3, 1), date(2024, 3, 31))],
        ),
        ([(None, date(2024, 12, 31))], [(None, date(2024, 3, 31))]),
        (  # a week of one day is left of what began the day before
            [(None, date(2024, 3, 30)), (date(2024, 3, 31), None)],
            [(None, date(2024, 3, 30)), (date(2024, 3, 31), date(2024, 3, 31))],
        ),
        ([(None, date(2024, 3, 31)), (date(2024, 4, 1), None)], [(None, date(2024, 3, 31))]),
        ([(None, date(2024, 3, 31)), (date(2024, 6, 1), None)], [(None, date(2024, 3, 31))]),
    ],
)
def test_new_hours_are_valid_from_their_first_day_on_and_the_others_until_the_day_before(
    before: list[tuple[date | None, date | None]], kept: list[tuple[date | None, date | None]]
) -> None:
    fair = LocalDay(date(2024, 4, 2), "Hội", ())
    calendar = Calendar("Lịch", tuple(week(*each) for each in before), local_days=(fair,))
    found = with_hours(calendar, NEW)
    assert found.weeks == (*(week(*each) for each in kept), Week(Period(FIRST, None), NEW.days))
    assert (found.hours_on(date(2024, 4, 1)), found.hours_on(date(2024, 4, 2))) == (MORNING, ())
    assert found.local_days == (fair,)


def test_new_hours_begin_with_the_midnight_of_their_first_day() -> None:
    assert NEW.starts_at == datetime(2024, 4, 1, 0, 0, tzinfo=ZONE)
