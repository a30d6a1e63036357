"""When to try again, and how letters are put together."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from motcua.notify.errors import UnknownMessage
from motcua.notify.rules import letters, messages, retrying
from motcua.notify.rules.messages import Recipient

POSTED = datetime(2024, 3, 4, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.parametrize(
    ("attempts", "pause"),
    [(1, timedelta(seconds=30)), (2, timedelta(minutes=2)), (8, timedelta(hours=12))],
)
def test_next_try_after_failures_waits_longer_each_time(attempts: int, pause: timedelta) -> None:
    at = POSTED + timedelta(hours=1)
    assert retrying.next_try(attempts=attempts, posted_at=POSTED, good_for=None, at=at) == at + pause


def test_next_try_after_all_pauses_is_given_up() -> None:
    attempts = len(retrying.WAITS) + 1
    assert retrying.next_try(attempts=attempts, posted_at=POSTED, good_for=None, at=POSTED) is None


def test_next_try_of_code_that_would_come_too_late_is_given_up() -> None:
    ten = timedelta(minutes=10)
    in_time, too_late = POSTED + timedelta(minutes=7), POSTED + timedelta(minutes=8)
    assert retrying.next_try(attempts=2, posted_at=POSTED, good_for=ten, at=in_time) is not None
    assert retrying.next_try(attempts=2, posted_at=POSTED, good_for=ten, at=too_late) is None


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("Mã đặt lại mật khẩu: ", "Mã đặt lại mật khẩu"),
        ("Kết quả giải quyết hồ sơ : không đủ điều kiện", "Kết quả giải quyết hồ sơ: không đủ điều kiện"),
        ("Nghỉ lúc 11:30", "Nghỉ lúc 11:30"),
    ],
)
def test_subject_whose_code_is_left_out_has_no_mark_hanging(typed: str, subject: str) -> None:
    assert letters.split(typed)[0] == subject


def test_split_of_subject_with_line_break_in_a_value_keeps_one_line() -> None:
    assert letters.split("\n Hồ sơ  A\r đã nhận\n\nXin chào\n\n\n\nHết  \n") == (
        "Hồ sơ A đã nhận",
        "Xin chào\n\nHết",
    )


def test_message_id_of_same_row_is_always_the_same() -> None:
    assert letters.message_id(7, POSTED, "a.vn") == letters.message_id(7, POSTED, "a.vn")
    assert letters.message_id(7, POSTED, "") == "<motcua.7.1709514000000000@motcua.invalid>"


def test_kind_of_unknown_key_is_refused() -> None:
    with pytest.raises(UnknownMessage, match=r"'dossier\.lost' is not a message"):
        messages.kind("dossier.lost")


@pytest.mark.parametrize(
    ("recipient", "channel", "reached"),
    [
        (Recipient(1, None, "An"), "in_app", True),
        (Recipient(1, None, "An"), "email", True),
        (Recipient(None, "an@example.vn", "An"), "in_app", False),
        (Recipient(None, "an@example.vn", "An"), "email", True),
        (Recipient(None, "", "An"), "email", False),
    ],
)
def test_recipient_is_reached_by_channels_it_has(recipient: Recipient, channel: str, reached: bool) -> None:
    assert recipient.is_reached_by(channel) is reached
