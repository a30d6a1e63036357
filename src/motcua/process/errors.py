"""What a process refuses."""

from __future__ import annotations

from motcua.accounts.errors import FieldErrors
from motcua.kernel.errors import N_, NotFound, Refusal, Technical


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


class DraftMoved(Technical):
    """Nobody writes over what they have not seen."""

    code = "process.draft_moved"
    message = N_("Dự thảo đã được người khác sửa từ khi bạn mở trang. Hãy xem lại trước khi làm tiếp.")


class DraftClosed(Refusal):
    code = "process.draft_closed"
    message = N_("Dự thảo không còn ở giai đoạn làm được việc này.")


class DraftOpen(Technical):
    """Of two open drafts nobody could say which follows the other."""

    code = "process.draft_open"
    message = N_("Thủ tục này đang có một dự thảo quy trình chưa xong.")


class DoesNotSettle(Refusal):
    code = "process.does_not_settle"
    message = N_("Cơ quan này không giải quyết thủ tục.")


class BrokenDraft(Refusal):
    """Params: `reason`, a sentence that is translated already."""

    code = "process.broken_draft"
    message = N_("Các bước chưa ghép được với nhau: %(reason)s.")


class HasFindings(Refusal):
    """Params: `findings`, sentences that are translated already."""

    code = "process.has_findings"
    message = N_("%(findings)s Hãy sửa, hoặc ghi lý do vẫn ban hành.")


class BadApproval(FieldErrors):
    code = "process.bad_approval"
