"""Words that only the desk needs. Vietnamese is the message id of the translations."""

from __future__ import annotations

from motcua.agencies.enums import Role
from motcua.dossiers.enums import Status
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
    Status.AWAITING_PAYMENT: "wait",
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
    "apology": N_("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    "decline": N_("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
}
# Fields that may be put right, as they are called in the history and on the form.
CORRECTED: dict[str, str] = {
    "name": N_("Họ và tên"),
    "phone": N_("Điện thoại"),
    "email": N_("Thư điện tử"),
    "address": N_("Địa chỉ"),
    "submitter_name": N_("Người nộp thay"),
    "how": N_("Cách nhận kết quả"),
    "delivery_address": N_("Địa chỉ nhận kết quả"),
    "number": N_("Số, ký hiệu"),
    "result_name": N_("Tên kết quả"),
    "received_by": N_("Người nhận"),
    "proof": N_("Chứng cứ giao nhận"),
}
APOLOGY_LATE = N_(
    "Phiếu lập muộn hơn quy định (ít nhất một ngày làm việc trước khi hết hạn): hồ sơ vẫn tính là trễ hạn."
)
DETAIL: dict[str, str] = {
    "code": N_("Mã hồ sơ: %(value)s"),
    "officer_name": N_("Người thụ lý: %(value)s"),
    "was_due_at": N_("Ngày đã hẹn: %(value)s"),
    "due_at": N_("Ngày hẹn lại: %(value)s"),
    "to_name": N_("Hỏi: %(value)s"),
    "entrusted_to": N_("Giao cho: %(value)s"),
    "answer_due": N_("Hạn trả lời: %(value)s"),
    "planned_for": N_("Thời gian: %(value)s"),
    "held_at": N_("Thời gian: %(value)s"),
    "place": N_("Địa điểm: %(value)s"),
    "participants": N_("Thành phần: %(value)s"),
    "agency_name": N_("Chuyển đến: %(value)s"),
    "forward_by": N_("Chuyển chậm; hạn chuyển là %(value)s"),
    "task_name": N_("Bước: %(value)s"),
    "number": N_("Số: %(value)s"),
    "received_by": N_("Người nhận: %(value)s"),
    "proof": N_("Chứng cứ giao nhận: %(value)s"),
    "visit": N_("Hẹn lúc: %(value)s"),
    "purpose": N_("Nội dung: %(value)s"),
    "ground_of_visit": N_("Lý do mời thêm: %(value)s"),
    "papers_compared": N_("Đã đối chiếu giấy tờ với bản chính"),
}
