"""A unit whose name every agency of its level gives is called by its place."""

from __future__ import annotations

import pytest

from motcua.agencies.rules.naming import in_full, own_name, seat_of

WARD, POLICE = "Ủy ban nhân dân phường Ea Kao", "Công an xã Ea Ktur"


@pytest.mark.parametrize(
    ("unit", "agency", "name"),
    [
        (
            "Trung tâm Phục vụ hành chính công cấp xã",
            WARD,
            "Trung tâm Phục vụ hành chính công phường Ea Kao",
        ),
        ("Chỉ huy Công an cấp xã", POLICE, "Chỉ huy Công an xã Ea Ktur"),
        (
            "Quầy Công an cấp xã tại Trung tâm Phục vụ hành chính công cấp xã",
            POLICE,
            "Quầy Công an tại Trung tâm Phục vụ hành chính công xã Ea Ktur",
        ),
        ("Phòng Kinh tế", WARD, "Phòng Kinh tế"),
        ("Bộ phận một cửa cấp xã", "Sở Tư pháp", "Bộ phận một cửa cấp xã"),
    ],
)
def test_unit_with_the_name_of_its_level_is_called_by_its_place(unit: str, agency: str, name: str) -> None:
    assert own_name(unit, agency) == name


def test_agency_is_named_once_beside_its_unit() -> None:
    assert in_full("Bộ phận một cửa cấp xã", WARD) == "Bộ phận một cửa phường Ea Kao"
    assert in_full(f"Lãnh đạo {WARD}", WARD) == f"Lãnh đạo {WARD}"
    assert in_full("Phòng Kinh tế", WARD) == f"Phòng Kinh tế, {WARD}"
    assert in_full("", WARD) == WARD


@pytest.mark.parametrize(
    ("agency", "seat"),
    [
        (WARD, "Ea Kao"),
        (POLICE, "Ea Ktur"),
        ("Ủy ban nhân dân thị xã Phú Thọ", "Phú Thọ"),
        ("Ủy ban nhân dân phường 1", "Phường 1"),
        ("Sở Tư pháp", ""),
    ],
)
def test_papers_name_the_place_without_its_kind(agency: str, seat: str) -> None:
    assert seat_of(agency) == seat
