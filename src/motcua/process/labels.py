"""How steps and drafts of processes are called. Vietnamese is the message id of the translations."""

from __future__ import annotations

from motcua.kernel.errors import N_
from motcua.process.enums import DraftState, StepKind

STEP: dict[StepKind, str] = {
    StepKind.INTAKE: N_("Tiếp nhận"),
    StepKind.ASSIGN: N_("Phân công"),
    StepKind.PROCESS: N_("Thụ lý"),
    StepKind.REVIEW: N_("Kiểm tra, xét duyệt"),
    StepKind.OPINION: N_("Lấy ý kiến"),
    StepKind.APPROVE: N_("Phê duyệt"),
    StepKind.CLERICAL: N_("Văn thư"),
    StepKind.PUBLISH: N_("Công bố"),
    StepKind.RETURN: N_("Trả kết quả"),
}
TIME_UNIT: dict[str, str] = {
    "none": N_("không tính thời gian"),
    "working_hour": N_("giờ làm việc"),
    "working_day": N_("ngày làm việc"),
    "calendar_day": N_("ngày"),
    "month": N_("tháng"),
}
DRAFT: dict[DraftState, tuple[str, str]] = {
    DraftState.DRAFT: (N_("đang soạn"), "wait"),
    DraftState.SUBMITTED: (N_("chờ quyết định"), "wait"),
    DraftState.APPROVED: (N_("đã phê duyệt"), "good"),
    DraftState.DROPPED: (N_("đã bỏ"), ""),
}
FIELD: dict[str, str] = {
    "name": N_("nội dung"),
    "kind": N_("loại bước"),
    "place": N_("cơ quan làm"),
    "actor_text": N_("đơn vị"),
    "printed_value": N_("thời gian"),
    "printed_unit": N_("đơn vị thời gian"),
    "waits_for": N_("bước phải chờ"),
    "outcomes": N_("hướng đi tiếp"),
    "is_counted": N_("có tính vào thời hạn"),
    "ends_with_number": N_("chỉ xong khi đã ghi số kết quả"),
    "condition": N_("trường hợp phải làm"),
    "shares_time": N_("thời gian chung với bước trên"),
}
