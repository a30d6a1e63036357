"""Opinions, parts of other agencies, verifications."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal, Technical


class BadConsultTerm(Refusal):
    code = "dossiers.bad_consult_term"
    message = N_("Lấy ý kiến phải kèm thời hạn trả lời hợp lệ.")


class ConsultTermRequired(Refusal):
    """The regulation has opinions asked for with a term."""

    code = "dossiers.consult_term_required"
    message = N_("Lấy ý kiến phải ghi thời hạn trả lời.")


class OpinionAwaited(Refusal):
    """Somebody was asked and may still answer in time."""

    code = "dossiers.opinion_awaited"
    message = N_(
        "%(name)s còn được trả lời ý kiến đến %(due)s. Hãy chờ trả lời, hoặc rút lại câu hỏi và ghi rõ lý do "
        "khi trình."
    )


class OpinionNotChased(Refusal):
    """The term of the question is over, and nobody chased the answer."""

    code = "dossiers.opinion_not_chased"
    message = N_(
        "%(name)s đã quá hạn trả lời ý kiến (%(due)s) mà chưa được nhắc. Hãy nhắc trả lời trước, "
        "hoặc rút lại câu hỏi và ghi rõ lý do khi trình."
    )


class VerificationAwaited(Refusal):
    """A verification was planned; its result is not recorded and it was not called off."""

    code = "dossiers.verification_awaited"
    message = N_(
        "Buổi xác minh đã lên lịch (%(when)s, %(place)s) chưa được ghi kết quả. Hãy ghi kết quả, "
        "hoặc hủy lịch và ghi rõ lý do khi trình."
    )


class BadPartTerm(Refusal):
    code = "dossiers.bad_part_term"
    message = N_("Thời hạn của phần việc chưa hợp lệ.")


class PartTermTooLong(Technical):
    """Others would have longer than the step, or until after the result is promised. The bound is ours: no
    text names one, so no clause stands beside it (reading A56)."""

    code = "dossiers.part_term_too_long"
    message = N_(
        "Thời hạn của phần việc kết thúc sau %(until)s, là hạn của bước hoặc ngày hẹn trả kết quả. Hãy ghi "
        "thời hạn ngắn hơn. Giới hạn này do hệ thống đặt, quy chế không quy định."
    )


class PartAlreadyThere(Technical):
    """Given once more to whom it was given: nothing would change but the key of its task. No text speaks of
    it (reading A84)."""

    code = "dossiers.part_already_there"
    message = N_("Phần việc này đang ở chính đơn vị được chọn. Hãy chọn đơn vị khác.")


class PartTermRequired(Refusal):
    """Parts that run side by side have terms; the step has none, so the part must name its own."""

    code = "dossiers.part_term_required"
    message = N_("Giao cơ quan khác cùng giải quyết phải ghi thời hạn của phần việc.")


class NobodyToAsk(Technical):
    """Nobody holds a post there that could take the question: it would wait for no one."""

    code = "dossiers.nobody_to_ask"
    message = N_("Đơn vị được chọn chưa có ai nhận việc cho ý kiến, hoặc chính là đơn vị đang thụ lý.")


class NoOpenQuestion(Refusal):
    code = "dossiers.no_open_question"
    message = N_("Việc này không còn chờ trả lời hoặc chưa từng được đặt ra.")


class VerificationIncomplete(Refusal):
    """The applicant has to be there, and something is missing that the regulation wants recorded then."""

    code = "dossiers.verification_incomplete"
    message = N_("Cần ghi đủ thời gian, địa điểm, thành phần tham gia và nội dung xác minh.")


class VerificationUndescribed(Technical):
    """The same of a verification without the applicant, or where the regulation names nothing: that it is
    wanted is ours, so no clause stands beside it."""

    code = "dossiers.verification_undescribed"
    message = N_(
        "Cần ghi đủ thời gian, địa điểm, thành phần tham gia và nội dung xác minh. Yêu cầu này do hệ thống "
        "đặt cho mọi buổi xác minh, quy chế không quy định cho trường hợp này."
    )


class VerificationFileRequired(Refusal):
    code = "dossiers.verification_file_required"
    message = N_("Cần đính kèm biên bản hoặc hồ sơ xác minh.")


class AppointmentOver(Refusal):
    """Nobody is asked to be somewhere at a time that is over."""

    code = "dossiers.appointment_over"
    message = N_(
        "Thời gian mời người nộp có mặt đã qua nên không gửi được nữa. Hãy báo người thụ lý ghi kết quả xác "
        "minh hoặc lên lịch khác."
    )


class NoSuchAppointment(Refusal):
    """The verification was never planned here, was held, or was called off before."""

    code = "dossiers.no_such_appointment"
    message = N_("Lịch xác minh này không có, đã ghi kết quả hoặc đã hủy. Hãy xem lại mục “Xác minh”.")


class AppointmentUnchanged(Technical):
    """Moved to where it is already: that would be told as a change. Ours."""

    code = "dossiers.appointment_unchanged"
    message = N_("Thời gian và địa điểm mới trùng với lịch đang có. Hãy ghi thời gian hoặc địa điểm khác.")


class BadVerificationTime(Technical):
    """A plan lies ahead; a record behind, and not before there was anything to verify. No text says so; it is
    ours."""

    code = "dossiers.bad_verification_time"
    message = N_(
        "Lịch xác minh phải ở thời điểm sắp tới; kết quả xác minh phải ở thời điểm đã qua, sau khi nộp hồ "
        "sơ. Giới hạn này do hệ thống đặt, quy chế không quy định."
    )


class NotElsewhere(Refusal):
    code = "dossiers.not_elsewhere"
    message = N_("Cần chọn một cơ quan khác có thẩm quyền; không chuyển lại cho cơ quan đã chuyển hồ sơ đi.")
