"""What scopes and recipients are called. Vietnamese is the message id of the translations."""

from __future__ import annotations

from motcua.incidents.enums import ReportKind, Scope, Whom
from motcua.kernel.errors import N_

SCOPE: dict[Scope, str] = {
    Scope.PROVINCE: N_("Toàn tỉnh"),
    Scope.AGENCY: N_("Một cơ quan"),
    Scope.DESK: N_("Một bộ phận một cửa"),
}
REPORT_KIND: dict[ReportKind, str] = {
    ReportKind.OUTAGE: N_("Hệ thống gặp sự cố, gián đoạn"),
    ReportKind.ACCOUNT: N_("Tài khoản bị mất, bị đánh cắp, bị người khác dùng"),
    ReportKind.MISUSE: N_("Dùng hệ thống sai mục đích, tệp có mã độc"),
}
WHOM: dict[Whom, str] = {
    Whom.OFFICE: N_("Văn phòng Ủy ban nhân dân tỉnh"),
    Whom.DTTT: N_("Sở Thông tin và Truyền thông"),
    Whom.ICT_CENTRE: N_("Trung tâm Công nghệ thông tin và Truyền thông"),
    Whom.ASSIGNED_UNIT: N_("Đơn vị được giao quản lý hệ thống"),
    Whom.PROVIDER: N_("Đơn vị cung cấp dịch vụ"),
}
