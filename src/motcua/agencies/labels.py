"""What levels are called. Vietnamese is the message id of the translations."""

from __future__ import annotations

from motcua.agencies.enums import AgencyLevel
from motcua.kernel.errors import N_

LEVEL: dict[AgencyLevel, str] = {
    AgencyLevel.PROVINCE: N_("Cấp tỉnh"),
    AgencyLevel.COMMUNE: N_("Cấp xã"),
    AgencyLevel.DISTRICT: N_("Cấp huyện (đến ngày 30/6/2025)"),
    AgencyLevel.CENTRAL: N_("Trung ương"),
}
