"""What somebody means who looks for dossiers without a code: a personal number or a name."""

from __future__ import annotations

import pytest

from motcua.dossiers.rules.lookup import meant


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("066 090 000 001", "066090000001"),
        (" Nguyễn Văn An ", "nguyen van an"),
        ("An", "an"),  # two letters are a name
        ("A", None),
        ("Ô 2", None),  # one letter and a figure are none
        ("Tổ hợp tác số 2", "to hop tac so 2"),
        ("H15-240304-0001", None),  # a code
        ("HSTP15-0001", None),
        ("06609", None),
        ("An\x00", None),
        ("x" * 300, "x" * 200),
    ],
)
def test_typed_words_mean_a_number_a_name_or_nothing(typed: str, found: str | None) -> None:
    assert meant(typed) == found
