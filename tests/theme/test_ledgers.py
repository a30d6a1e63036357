"""A ledger put together by day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from motcua.kernel.limits import TimeLimit
from motcua.theme import ledgers
from motcua.worktime import queries, rules

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def days_of(received: str, limit: str, *pauses: rules.Pause) -> list[ledgers.LedgerDay]:
    calendar = queries.published_calendar("dak-lak")
    start = datetime.fromisoformat(received).replace(tzinfo=HERE)
    return ledgers.by_day(rules.due(calendar, start, TimeLimit.parse(limit), pauses=pauses).segments)


def test_days_over_a_weekend_draw_the_closed_days_together() -> None:
    days = days_of("2024-03-07T08:00", "3wd")  # a Thursday
    closed = [day for day in days if day.kind == "closed"]
    assert [(day.first, day.last) for day in closed] == [(date(2024, 3, 9), date(2024, 3, 10))]
    assert [day.first.day for day in days if day.kind == "worked"] == [7, 8, 11, 12]


def test_worked_minutes_of_the_days_are_the_limit() -> None:
    calendar = queries.published_calendar("dak-lak")
    worked = sum(day.worked for day in days_of("2024-02-07T16:45", "3wd"))
    assert worked == 3 * calendar.day_minutes


def test_public_holiday_is_named() -> None:
    reasons = [day.reason for day in days_of("2024-02-07T16:45", "3wd") if day.kind == "closed"]
    assert any("Tết" in reason for reason in reasons)


def test_pause_is_told_apart_from_closed_time() -> None:
    pause = rules.Pause(
        datetime(2024, 3, 5, 8, tzinfo=HERE), datetime(2024, 3, 6, 8, tzinfo=HERE), "chờ bổ sung"
    )
    days = days_of("2024-03-04T08:00", "2wd", pause)
    assert [day.first.day for day in days if day.paused] == [5, 6]
    assert "chờ bổ sung" in {day.reason for day in days if day.paused}
