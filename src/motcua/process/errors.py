"""What a process refuses."""

from __future__ import annotations

from motcua.kernel.errors import N_, NotFound, Refusal


class UnknownProcess(NotFound):
    code = "process.unknown_process"
    message = N_("Không tìm thấy quy trình nội bộ cho thủ tục này.")


class StepNotOpen(Refusal):
    code = "process.step_not_open"
    message = N_("Bước này không ở trạng thái đang chờ xử lý.")


class UnknownOutcome(Refusal):
    code = "process.unknown_outcome"
    message = N_("Bước này không có kết quả xử lý đó.")


class CannotSendBack(Refusal):
    code = "process.cannot_send_back"
    message = N_("Chỉ trả lại được về một bước trước đã qua.")
