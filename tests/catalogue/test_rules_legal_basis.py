"""The order of the texts that a procedure rests on."""

from __future__ import annotations

import pytest

from motcua.catalogue.rules.legal_basis import in_order


def test_laws_come_before_decrees_circulars_and_decisions() -> None:
    mixed = ("62/2011/QĐ-TTg", "04/2020/TT-BTP", "66.7/2025/NQ-CP", "123/2015/NĐ-CP", "60/2014/QH13")
    assert in_order(mixed) == tuple(reversed(mixed))


@pytest.mark.parametrize(
    "newest_first",
    [
        ("146/2025/QH15", "76/2025/QH15", "60/2014/QH13"),
        ("18/2026/NĐ-CP", "280/2025/NĐ-CP", "07/2025/NĐ-CP"),
        ("24/2026/NQ-CP", "66.19/2025/NQ-CP", "66.7/2025/NQ-CP", "66/2025/NQ-CP"),
        ("05/2025/TT-BTP", "05/2015/TTLT-BTP-BCA-BYT", "15/2014/TT-BTP"),
    ],
)
def test_the_newest_of_a_kind_comes_first(newest_first: tuple[str, ...]) -> None:
    assert in_order(reversed(newest_first)) == newest_first


def test_a_name_around_the_number_changes_nothing_and_what_has_none_comes_last() -> None:
    given = ("Văn bản của tỉnh", "Thông tư 04/2020/TT-BTP", "Hướng dẫn", "Luật Hộ tịch (60/2014/QH13)")
    assert in_order(given) == (given[3], given[1], given[0], given[2])
