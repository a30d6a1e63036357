"""Whether words name the one-stop desk, so that being asked there is a visit."""

from __future__ import annotations

import pytest

from motcua.dossiers.rules.desk_places import is_at_desk

CENTRE = (
    "Trung tâm Phục vụ hành chính công tỉnh Quảng Ngãi",
    "54 Hùng Vương, phường Cẩm Thành; 492 Trần Phú, phường Kon Tum",
)
COMMUNE = ("Ủy ban nhân dân xã Ba Tơ", "Thôn 3, xã Ba Tơ")


@pytest.mark.parametrize(
    "place",
    [
        "Bộ phận Một cửa",
        "bo phan mot cua huyen",
        "Bộ phận Tiếp nhận và Trả kết quả cấp xã",
        "Bộ phận tiếp nhận hồ sơ và trả kết quả",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "Trung tâm\u00a0phục  vụ – hành chính công",
        "Trung tâm Hành chính công",
        "TTPVHCC tỉnh",
        "Bộ phận TN&TKQ",
        "Tầng 1, số 54 Hùng Vương",
        "54 Hùng Vương, tỉnh Quảng Ngãi",
        "54 Hùng Vương, phường Cẩm Thành",
        "Số 492 Trần Phú, phường Kon Tum",
        "UBND xã, Thôn 3, xã Ba Tơ",
    ],
)
def test_place_is_the_desk(place: str) -> None:
    assert is_at_desk(place, (CENTRE, COMMUNE))


@pytest.mark.parametrize(
    "place",
    [
        "Thửa đất số 12, tờ bản đồ 5",
        "Một cửa hàng ở chợ",
        "Số 154 Hùng Vương",
        "54 Hùng Vương, phường Nghĩa Lộ",
        "Thửa 7, Thôn 3, xã Ba Vì",
        "Trung tâm y tế",
        "",
    ],
)
def test_place_is_elsewhere(place: str) -> None:
    assert not is_at_desk(place, (CENTRE, COMMUNE))
    assert not is_at_desk(place)
