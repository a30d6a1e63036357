"""A ledger put together by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from motcua.kernel.limits import TimeLimit
from motcua.theme import ledgers
from motcua.worktime import queries, rules

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def arrival_of(came: str, calendar: rules.Calendar | None = None) -> str:
    """What is said of a filing that came at a moment and counts from the next opening."""
    calendar = calendar or queries.published_calendar("dak-lak")
    counted = calendar.next_opening(at(came))
    found = ledgers.explained(rules.due(calendar, counted, TimeLimit.parse("3wd")), at(came))
    assert found is not None
    return found.arrival


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


COUNTED_MONDAY = "nên được tính là nhận lúc 07 giờ 30 phút, ngày 11 tháng 3 năm 2024."
ARRIVALS = [
    ("2024-03-07T08:00", ""),
    (
        "2024-03-10T21:05",
        "Hồ sơ được ghi nhận lúc 21 giờ 05 phút, ngày 10 tháng 3 năm 2024, vào ngày nghỉ hằng tuần, "
        + COUNTED_MONDAY,
    ),
    (
        "2024-03-08T20:00",
        "Hồ sơ được ghi nhận lúc 20 giờ 00 phút, ngày 08 tháng 3 năm 2024, ngoài giờ làm việc của cơ quan, "
        + COUNTED_MONDAY,
    ),
    (
        "2024-03-07T12:00",
        "Hồ sơ được ghi nhận lúc 12 giờ 00 phút, ngày 07 tháng 3 năm 2024, trong giờ nghỉ trưa của cơ quan, "
        "nên được tính là nhận lúc 13 giờ 30 phút, ngày 07 tháng 3 năm 2024.",
    ),
    (
        "2024-02-10T09:00",
        "Hồ sơ được ghi nhận lúc 09 giờ 00 phút, ngày 10 tháng 02 năm 2024, vào ngày nghỉ (Tết Nguyên Đán), "
        "nên được tính là nhận lúc 07 giờ 30 phút, ngày 15 tháng 02 năm 2024.",
    ),
]


@pytest.mark.parametrize(("came", "said"), ARRIVALS)
def test_arrival_on_a_closed_moment_says_from_when_it_counts_and_why(came: str, said: str) -> None:
    assert arrival_of(came) == said


def test_arrival_during_a_closure_of_the_agency_names_it() -> None:
    shut = rules.LocalDay(date(2024, 3, 7), "mất điện", ())
    calendar = replace(queries.published_calendar("dak-lak"), local_days=(shut,))
    assert "vào lúc cơ quan không làm việc (mất điện), nên" in arrival_of("2024-03-07T09:00", calendar)


def test_promise_under_an_earlier_calendar_is_kept_and_said() -> None:
    calendar = queries.published_calendar("dak-lak")
    due = rules.due(calendar, at("2024-03-04T08:00"), TimeLimit.parse("3wd"))
    promise = at("2024-03-08T08:00")
    found = ledgers.explained(due.promised(promise), None)
    assert found is not None
    assert (found.days[-1].last, found.due.segments[-1].end) == (date(2024, 3, 8), promise)
    assert [note.startswith("Ngày hẹn đã được ấn định theo lịch") for note in found.notes] == [True]


def test_promise_that_agrees_with_the_calendar_needs_no_note() -> None:
    due = rules.due(queries.published_calendar("dak-lak"), at("2024-03-04T08:00"), TimeLimit.parse("3wd"))
    assert due.due_at is not None
    found = ledgers.explained(due.promised(due.due_at), None)
    assert found is not None
    assert found.notes == ()


def test_year_without_known_holidays_is_said() -> None:
    due = rules.due(queries.published_calendar("dak-lak"), at("2028-03-06T08:00"), TimeLimit.parse("3wd"))
    found = ledgers.explained(due, None)
    assert found is not None
    assert found.notes[0] == (
        "Chưa có dữ liệu ngày nghỉ lễ năm 2028, ngày hẹn chưa trừ ngày nghỉ lễ của năm đó."
    )


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (
            (),
            "Đúng lúc đã hẹn, cơ quan không làm việc (tránh bão). Ngày hẹn giữ nguyên; nếu cần đến nơi, "
            "mời đến từ 07 giờ 30 phút, ngày 08 tháng 3 năm 2024.",
        ),
        (rules.hours(["07:30-11:30"]), ""),
    ],
)
def test_promise_behind_closed_doors_says_when_they_open(hours: rules.Hours, said: str) -> None:
    published = queries.published_calendar("dak-lak")
    shut = replace(published, local_days=(rules.LocalDay(date(2024, 3, 7), "tránh bão", hours),))
    due = rules.due(shut, at("2024-03-04T08:00"), TimeLimit.parse("3wd"))
    found = ledgers.explained(due.promised(at("2024-03-07T08:00")), None)
    assert found is not None
    assert found.closed_then == said


def told_of(received: str, limit: str, *pauses: rules.Pause) -> tuple[str, list[tuple[str, str, int, str]]]:
    calendar = queries.published_calendar("dak-lak")
    found = ledgers.explained(rules.due(calendar, at(received), TimeLimit.parse(limit), pauses=pauses), None)
    assert found is not None
    days = [(f"{day.first:%d/%m}", f"{day.last:%d/%m}", day.days, day.reason) for day in found.days]
    return found.counting, days


def test_term_in_days_counts_days_off_too_and_says_so() -> None:
    counting, days = told_of("2024-03-05T08:00", "5cd")  # the last day is a Sunday
    assert counting.startswith("Thời hạn này tính theo ngày lịch, kể cả ngày nghỉ")
    assert days == [
        ("05/03", "05/03", 0, "ngày đầu, không tính"),
        ("06/03", "10/03", 5, ""),
        ("11/03", "11/03", 0, "ngày cuối của thời hạn là ngày nghỉ, nên hẹn vào ngày làm việc tiếp theo"),
    ]
    assert told_of("2024-03-05T08:00", "3wd")[0].startswith("Chỉ tính giờ cơ quan làm việc")
    assert told_of("2024-03-05T08:00", "12h")[0].startswith("Thời hạn này tính theo giờ đồng hồ")


def test_term_in_days_tells_the_days_of_a_pause() -> None:
    pause = rules.Pause(at("2024-03-06T10:00"), at("2024-03-08T09:00"), "supplement")
    assert told_of("2024-03-05T08:00", "3cd", pause)[1] == [
        ("05/03", "05/03", 0, "ngày đầu, không tính"),
        ("06/03", "06/03", 1, ""),
        ("07/03", "08/03", 0, "chờ người nộp bổ sung"),
        ("09/03", "10/03", 2, ""),
        ("11/03", "11/03", 0, "ngày cuối của thời hạn là ngày nghỉ, nên hẹn vào ngày làm việc tiếp theo"),
    ]
