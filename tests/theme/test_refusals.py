"""A refusal is a sentence that people understand, whatever keys the rule was raised with."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from motcua.dossiers import labels
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import TooEarlyToGiveUp, WrongState
from motcua.theme.refusals import sentence


@pytest.mark.parametrize("status", Status)
def test_refusal_names_the_state_as_pages_do_and_not_by_its_key(status: Status) -> None:
    said = sentence(WrongState(status=status.value))
    assert said == f"Việc này không thực hiện được khi hồ sơ đang ở trạng thái “{labels.STATUS[status]}”."


def test_refusal_writes_moments_in_the_language_of_the_reader() -> None:
    refusal = TooEarlyToGiveUp(until=datetime(2024, 3, 6, 9, 30, tzinfo=UTC))
    assert "16 giờ 30 phút, ngày 06 tháng 3 năm 2024" in sentence(refusal)
    assert "16 giờ 30 phút, ngày 06 tháng 3 năm 2024" in str(refusal)
    with translation.override("en"):
        said = sentence(refusal)
    assert "16:30, 6 March 2024" in said
    assert "tháng" not in said
