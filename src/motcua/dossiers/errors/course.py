"""The course of a dossier: its state, its tasks, who may be given them."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal, Technical


class WrongState(Refusal):
    """The verb is not open in this state."""

    code = "dossiers.wrong_state"
    message = N_("Việc này không thực hiện được khi hồ sơ đang ở trạng thái “%(status)s”.")


class NoSuchTask(Refusal):
    code = "dossiers.no_such_task"
    message = N_("Công việc này đã được xử lý hoặc không còn chờ xử lý.")


class WrongTask(Refusal):
    code = "dossiers.wrong_task"
    message = N_("Việc này không thuộc bước “%(step)s” của quy trình.")


class NotYourTask(Refusal):
    code = "dossiers.not_your_task"
    message = N_("Công việc này được giao cho người khác.")


class ReasonRequired(Refusal):
    code = "dossiers.reason_required"
    message = N_("Cần ghi rõ lý do.")


class ReasonOfOursRequired(ReasonRequired, Technical):
    """The same where no text has the act give a reason, and we do: no clause stands beside it."""

    code = "dossiers.reason_of_ours_required"
    message = N_("Cần ghi rõ lý do. Yêu cầu này do hệ thống đặt, quy chế không quy định.")


class ReasonTooLong(Technical):
    """`most` is the number of characters. The bound is ours, so no clause stands beside it."""

    code = "dossiers.reason_too_long"
    message = N_(
        "Lý do dài quá %(most)s ký tự. Hãy viết ngắn lại. Giới hạn này do hệ thống đặt, quy chế không quy "
        "định."
    )


class BadAssignee(Refusal):
    code = "dossiers.bad_assignee"
    message = N_("Chỉ giao được cho cán bộ đang giữ đúng nhiệm vụ đó tại cùng đơn vị.")


class AlreadyTheirs(Refusal):
    code = "dossiers.already_theirs"
    message = N_("Việc này đang do chính người được chọn phụ trách.")


class NothingToUrge(Refusal):
    code = "dossiers.nothing_to_urge"
    message = N_(
        "Không có ai để đôn đốc: hồ sơ đã xong, đang tạm dừng, chỉ còn việc của bạn hay nơi khác, hoặc người "
        "giữ việc không còn làm được. Nếu không còn ai làm được thì hãy giao việc cho người khác."
    )


class UrgedToday(Refusal):
    """Who is urged several times a day reads none of it."""

    code = "dossiers.urged_today"
    message = N_("Hôm nay đã đôn đốc %(names)s về hồ sơ này. Mỗi người chỉ được đôn đốc một lần trong ngày.")


class NobodysCase(Refusal):
    """A whole case can only be taken from somebody who has it."""

    code = "dossiers.nobodys_case"
    message = N_("Hồ sơ chưa được phân công cho ai nên chưa chuyển được cho người khác.")


class NotRequested(Refusal):
    """Only the applicant can have a dossier withdrawn or stopped: what cannot be taken in is declined, what
    cannot be settled is refused on the merits."""

    code = "dossiers.not_requested"
    message = N_(
        "Chỉ ghi nhận rút hồ sơ hoặc dừng giải quyết khi người nộp đề nghị và ngày, hình thức đề nghị được "
        "ghi lại. Nếu hồ sơ không đủ điều kiện, hãy từ chối tiếp nhận; hồ sơ đã tiếp nhận thì đề xuất từ "
        "chối giải quyết để lãnh đạo quyết định."
    )


class BadRequestDay(Technical):
    """Nobody asks before there is a dossier, or tomorrow; no text needs to say so."""

    code = "dossiers.bad_request_day"
    message = N_("Ngày người nộp đề nghị phải từ ngày nộp hồ sơ đến hôm nay.")


class TooLate(Refusal):
    """A decision exists: since the circular of 2025 nothing is withdrawn or stopped any more."""

    code = "dossiers.too_late"
    message = N_(
        "Hồ sơ đã có quyết định giải quyết nên không rút hoặc dừng được nữa "
        "(Điều 7 Thông tư số 03/2025/TT-VPCP)."
    )


class ResultIsOut(Technical):
    """The result has its number: what was asked for is there, and nothing is left to withdraw or to stop. No
    text from before the circular of 2025 says until when; the limit is ours (reading A55)."""

    code = "dossiers.result_is_out"
    message = N_(
        "Kết quả giải quyết đã có số nên hồ sơ không rút hoặc dừng được nữa. Nếu không cần kết quả, "
        "người nộp không phải đến nhận."
    )
