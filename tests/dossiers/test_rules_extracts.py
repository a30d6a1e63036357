"""What stands in the daily extract of receipt and handling."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from tests.dossiers.world import moment

from motcua.dossiers.rules.extracts import HEADINGS, Figures, Line, written

AT, DUE, DONE = moment("2024-03-04 08:05"), moment("2024-03-07 17:30"), moment("2024-03-08 09:00")


def line(kind: str, **changes: Any) -> Line:
    given: dict[str, Any] = {
        "at": AT, "entered_at": None, "agency": "Sở Tư pháp", "procedure_code": "1.000001",
        "procedure": "Cấp giấy phép", "channel": "Trực tuyến", "reference": "H15-1", "kind": kind,
        "done": "Đã làm", "status": "Đang giải quyết", "due_at": DUE, "finished_at": None, "is_late": False,
    }  # fmt: skip
    return Line(**given | changes)


def rows(*lines: Line) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(lines).content().decode("utf-8-sig"), newline="")))


def test_extract_writes_moments_to_the_minute_and_says_what_was_late() -> None:
    in_time, late = rows(
        line("accepted"), line("result_issued", entered_at=DONE, finished_at=DONE, is_late=True)
    )
    assert list(in_time) == list(HEADINGS)
    assert list(in_time.values()) == [
        "2024-03-04 08:05", "", "Sở Tư pháp", "1.000001", "Cấp giấy phép", "Trực tuyến", "H15-1", "Đã làm",
        "Đang giải quyết", "2024-03-07 17:30", "", "", "",
    ]  # fmt: skip
    assert (late["Nhập bổ sung lúc"], late["Có kết quả lúc"], late["Quá hẹn"]) == (
        "2024-03-08 09:00",
        "2024-03-08 09:00",
        "Có",
    )


@pytest.mark.parametrize(
    ("kinds", "figures"),
    [
        ("submitted registered", Figures(events=2, filed=2)),
        ("accepted accepted", Figures(events=2, accepted=2)),
        ("result_issued", Figures(events=1)),  # on its way to the desk still
        ("corrected closed", Figures(events=2)),
        ("", Figures()),
    ],
)
def test_extract_counts_what_was_filed_accepted_and_settled(kinds: str, figures: Figures) -> None:
    assert written(line(kind) for kind in kinds.split()).figures == figures


def test_extract_counts_a_dossier_as_settled_with_what_brings_its_result_to_the_desk() -> None:
    both = (line("result_issued"), line("step_completed", settles=True))
    assert written(both).figures == Figures(events=2, settled=1)
