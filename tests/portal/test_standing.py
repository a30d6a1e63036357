"""The pill of a dossier as its applicant reads it."""

from __future__ import annotations

from datetime import datetime

import pytest

from motcua.portal import standing
from motcua.theme.wording import Pill
from motcua.worktime import queries

DUE = datetime.fromisoformat("2024-03-04T17:30+07:00")


@pytest.mark.parametrize(
    ("finished", "now", "expected"),
    [
        (None, "2024-03-04T20:00", Pill("vừa quá hạn", "late")),
        ("2024-03-04T17:30", "2024-03-06T12:00", Pill("xong đúng hạn", "done")),
        ("2024-03-04T18:00", "2024-03-06T12:00", Pill("xong, vừa quá hạn", "late")),
        ("2024-03-05T09:30", "2024-03-06T12:00", Pill("xong, trễ 2 giờ làm việc", "late")),
    ],
)
def test_pill_late_by_closed_time_only_is_late(finished: str | None, now: str, expected: Pill) -> None:
    term = standing.Term(
        DUE,
        queries.published_calendar("dak-lak"),
        finished_at=datetime.fromisoformat(f"{finished}+07:00") if finished else None,
        is_over=finished is not None,
    )
    assert standing.pill(term, datetime.fromisoformat(f"{now}+07:00")) == expected


def test_what_was_late_when_its_clock_was_stopped_is_said_to_be_late() -> None:
    calendar, now = queries.published_calendar("dak-lak"), datetime.fromisoformat("2024-03-06T09:30+07:00")
    halted = standing.Term(DUE, calendar, stands_still=True)
    late = standing.Term(DUE, calendar, stopped_late=True)
    assert (standing.pill(halted, now), standing.lateness(halted, now)) == (
        Pill("tạm dừng tính thời hạn", "paused"),
        None,
    )
    assert standing.pill(late, now) == Pill("trễ 1 ngày 2 giờ làm việc", "late")
    assert standing.lateness(late, now) == standing.Lateness(
        "Hồ sơ đã quá hẹn 1 ngày 2 giờ làm việc mà chưa có kết quả. "
        "Cơ quan tạm dừng tính thời hạn khi đã quá hẹn, nên hồ sơ vẫn tính là trễ.",
        is_open=True,
    )


FIRST = DUE
NEW = datetime.fromisoformat("2024-03-12T17:30+07:00")


@pytest.mark.parametrize(
    ("is_timely", "finished", "expected"),
    [
        (True, "2024-03-04T09:00", Pill("xong đúng hạn", "done")),
        (True, "2024-03-08T09:00", Pill("xong trong hạn đã hẹn lại", "done")),
        (True, "2024-03-13T09:30", Pill("xong, trễ 2 giờ làm việc", "late")),
        (False, "2024-03-04T09:00", Pill("xong đúng hạn", "done")),
        (False, "2024-03-05T09:30", Pill("xong, trễ 2 giờ làm việc", "late")),
    ],
)
def test_new_date_counts_if_its_letter_was_timely_and_is_named(
    is_timely: bool, finished: str, expected: Pill
) -> None:
    at = datetime.fromisoformat(f"{finished}+07:00")
    term = standing.Term(
        NEW if is_timely else FIRST,  # State.measured_due_at: tests/dossiers/test_services_lateness.py
        queries.published_calendar("dak-lak"),
        promised_at=FIRST,
        finished_at=at,
        is_over=True,
    )
    assert standing.pill(term, at) == expected
