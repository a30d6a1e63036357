from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest

from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime import labels, rules
from motcua.worktime.enums import Reason, SegmentKind

NOW = datetime(2024, 3, 12, 9, tzinfo=rules.ZONE)


def test_every_word_has_a_label() -> None:
    assert set(labels.KINDS) == set(SegmentKind)
    assert set(labels.REASONS) == set(Reason)
    assert set(labels.LIMITS) == set(TimeUnit)


SEGMENTS = [
    (SegmentKind.CLOSED, Reason.MIDDAY, "", "nghỉ trưa"),
    (SegmentKind.CLOSED, "night", "", "ngoài giờ hành chính"),
    (SegmentKind.CLOSED, "Tết Nguyên Đán", "", "Tết Nguyên Đán"),
    (SegmentKind.CLOSED, Reason.LOCAL_CLOSURE, "Chuyển trụ sở", "Chuyển trụ sở"),
    (SegmentKind.PAUSED, "pause", "", "tạm dừng tính thời hạn"),
    (SegmentKind.PAUSED, "chờ bổ sung", "", "chờ bổ sung"),
]


@pytest.mark.parametrize(("kind", "reason", "detail", "expected"), SEGMENTS)
def test_reason_label_is_vietnamese(kind: SegmentKind, reason: str, detail: str, expected: str) -> None:
    assert labels.reason_label(rules.Segment(kind, NOW, NOW, 0, reason, detail)) == expected


LIMITS = [
    ("3wd", "03 ngày làm việc"),
    ("8wh", "08 giờ làm việc"),
    ("15cd", "15 ngày"),
    ("1mo", "01 tháng"),
    ("12h", "12 giờ"),
    ("0.5wd", "0,5 ngày làm việc"),
]


@pytest.mark.parametrize(("short", "expected"), LIMITS)
def test_limit_text_is_written_as_on_a_slip(short: str, expected: str) -> None:
    assert labels.limit_text(TimeLimit.parse(short)) == expected


def test_number_text_keeps_three_digits() -> None:
    assert labels.number_text(Fraction(1, 3)) == "0,333"
