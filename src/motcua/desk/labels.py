"""Words that only the desk needs. Vietnamese is the message id of the translations."""

from __future__ import annotations

from motcua.agencies.enums import Role
from motcua.dossiers.enums import Status, WarningLevel
from motcua.kernel.errors import N_

HANDING: dict[str, str] = {
    "counter": N_("Trực tiếp tại Bộ phận Một cửa"),
    "online": N_("Trực tuyến: người nộp tải bản điện tử"),
    "postal": N_("Qua dịch vụ bưu chính"),
}
DELIVERY: dict[str, str] = {
    "counter": N_("Nhận tại quầy"),
    "postal": N_("Nhận qua bưu chính"),
    "online": N_("Nhận bản điện tử"),
}
STATUS_TONE: dict[Status, str] = {
    Status.AWAITING_SUPPLEMENT: "wait",
    Status.READY: "good",
    Status.RESULT_ISSUED: "good",
    Status.RETURNED: "good",
    Status.CLOSED: "good",
    Status.DECLINED: "bad",
    Status.WITHDRAWN: "bad",
    Status.STOPPED: "bad",
}
ROLE: dict[Role, str] = {
    Role.RECEIVER: N_("Tiếp nhận và trả kết quả"),
    Role.DESK_HEAD: N_("Trưởng bộ phận một cửa"),
    Role.UNIT_HEAD: N_("Phụ trách đơn vị"),
    Role.CASE_OFFICER: N_("Thụ lý"),
    Role.APPROVER: N_("Lãnh đạo phê duyệt"),
    Role.CLERK: N_("Văn thư"),
    Role.ADMIN: N_("Quản trị"),
}
SLIP: dict[str, str] = {
    "intake_receipt": N_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "supplement_request": N_("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    "decline": N_("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
}
DETAIL: dict[str, str] = {
    "code": N_("Mã hồ sơ: %(value)s"),
    "officer_name": N_("Người thụ lý: %(value)s"),
    "number": N_("Số: %(value)s"),
    "received_by": N_("Người nhận: %(value)s"),
    "proof": N_("Chứng cứ giao nhận: %(value)s"),
}
WARNING: dict[WarningLevel, str] = {
    WarningLevel.HALF: N_("quá 50%"),
    WarningLevel.NEARLY: N_("quá 80%"),
    WarningLevel.USED_UP: N_("hết hạn bước"),
}
