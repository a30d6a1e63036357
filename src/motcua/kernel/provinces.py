"""What every page and letter says about the province that is served."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from motcua.kernel.errors import N_

PROVINCES: Mapping[str, str] = MappingProxyType(
    {
        "kon-tum": N_("tỉnh Kon Tum"),
        "quang-ngai": N_("tỉnh Quảng Ngãi"),
        "dak-lak": N_("tỉnh Đắk Lắk"),
        "phu-tho": N_("tỉnh Phú Thọ"),
    }
)
