"""What every page and letter says about the province that is served."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.kernel.errors import N_


@dataclass(frozen=True, slots=True)
class Province:
    """`name` as on the header, `agency` in charge as in the footer."""

    name: str
    agency: str


PROVINCES = {
    "kon-tum": Province(N_("tỉnh Kon Tum"), N_("Văn phòng Ủy ban nhân dân tỉnh Kon Tum")),
    "quang-ngai": Province(N_("tỉnh Quảng Ngãi"), N_("Văn phòng Ủy ban nhân dân tỉnh Quảng Ngãi")),
    "dak-lak": Province(N_("tỉnh Đắk Lắk"), N_("Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk")),
    "phu-tho": Province(N_("tỉnh Phú Thọ"), N_("Văn phòng Ủy ban nhân dân tỉnh Phú Thọ")),
}
