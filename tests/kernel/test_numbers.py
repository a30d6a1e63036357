"""What is a number in an address, and what only looks like one."""

from __future__ import annotations

import pytest

from motcua.kernel.numbers import read_number


@pytest.mark.parametrize("text", ["", " 1", "-1", "+1", "1.0", "²", "٣", "1_0", "0x1", "1" * 19, "9" * 5000])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_digits_are_read_as_far_as_is_said() -> None:
    assert read_number("007") == 7
    assert read_number("9" * 18) == 10**18 - 1
    assert read_number("12345", digits=5) == 12345
    assert read_number("123456", digits=5) is None
