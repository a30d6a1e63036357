"""A refusal is a sentence that people understand, whatever keys the rule was raised with."""

from __future__ import annotations

import pytest

from motcua.dossiers import labels
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import WrongState
from motcua.theme.refusals import sentence


@pytest.mark.parametrize("status", Status)
def test_refusal_names_the_state_as_pages_do_and_not_by_its_key(status: Status) -> None:
    said = sentence(WrongState(status=status.value))
    assert said == f"Việc này không thực hiện được khi hồ sơ đang ở trạng thái “{labels.STATUS[status]}”."
