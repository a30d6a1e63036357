"""Handing a result over, and visits."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal, Technical


class BadHanding(Refusal):
    code = "dossiers.bad_handing"
    message = N_("Cần ghi người nhận và chứng cứ giao nhận phù hợp với cách trả kết quả.")


class TakerRequired(Refusal):
    """Somebody else than the applicant, or than who filed for them, takes the result at the desk."""

    code = "dossiers.taker_required"
    message = N_(
        "Người nhận không phải chủ hồ sơ, cũng không phải người đã nộp thay. "
        "Hãy xem giấy tờ tùy thân của người nhận rồi ghi loại và số giấy tờ."
    )


class AddressRequired(Refusal):
    """A result goes by post, and nothing says where to."""

    code = "dossiers.address_required"
    message = N_("Hãy ghi địa chỉ nhận kết quả: hồ sơ chưa có địa chỉ nào.")


class PostalNumberRequired(Refusal):
    """The regulation has results sent by registered post; a registered sending has a number."""

    code = "dossiers.postal_number_required"
    message = N_(
        "Theo quy chế, kết quả gửi qua bưu chính phải gửi bảo đảm và có ký nhận. "
        "Hãy ghi số vận đơn bưu chính in trên phiếu gửi: chỉ gồm chữ cái và chữ số, ví dụ RA123456789VN."
    )


class TakerNotEntrusted(Refusal):
    """Who takes a result, or signs for it, for somebody else says in what capacity, and by which paper."""

    code = "dossiers.taker_not_entrusted"
    message = N_("Nhận kết quả thay người khác thì phải ghi tư cách và giấy tờ chứng minh tư cách đó.")


class NoElectronicResult(Refusal):
    code = "dossiers.no_electronic_result"
    message = N_("Kết quả chưa có bản điện tử nên không trả trực tuyến được. Hãy chọn cách trả khác.")


class WayNotOffered(Refusal):
    """The regulation does not have this way of return for this level of service."""

    code = "dossiers.way_not_offered"
    message = N_("Quy chế không có cách nhận kết quả này cho mức độ dịch vụ của thủ tục.")


class WayNotOfProcedure(Refusal):
    """The procedure does not allow this way of return, by the text `basis` on its sheet."""

    code = "dossiers.way_not_of_procedure"
    message = N_(
        "Kết quả của thủ tục này không trả theo cách đã chọn (%(basis)s). "
        "Hãy chọn một cách nhận kết quả ghi ở trang thủ tục."
    )


class WayNotAgreed(Refusal):
    """The regulation has the form of the return agreed with the applicant, who has chosen another one."""

    code = "dossiers.way_not_agreed"
    message = N_(
        "Kết quả được trả theo cách đã thống nhất với người nộp. Nếu người nộp nay muốn nhận cách khác, "
        "hãy đính chính cách nhận kết quả trước."
    )


class NotAskedYet(Refusal):
    """Nothing was asked of the applicant that could have failed to come."""

    code = "dossiers.not_asked_yet"
    message = N_("Hồ sơ chưa được yêu cầu bổ sung lần nào, nên không từ chối vì không bổ sung được.")


class NotCollectedHere(Refusal):
    """The result goes online or by post: nobody was to come for it."""

    code = "dossiers.not_collected_here"
    message = N_(
        "Kết quả của hồ sơ này được trả trực tuyến hoặc qua bưu chính, người nộp không phải đến nhận. "
        "Nếu nay kết quả chờ người nộp tại nơi trả, hãy đính chính cách nhận kết quả trước."
    )


class TooEarlyToGiveUp(Technical):
    """The applicant was asked or told just now, and may still come. The length is ours: no text gives one,
    so no clause stands beside it (reading A35)."""

    code = "dossiers.too_early_to_give_up"
    message = N_(
        "Người nộp vừa được báo và còn thời gian đến %(until)s. Hãy chờ đến lúc đó. "
        "Thời gian chờ này do hệ thống đặt, quy chế không quy định."
    )


class NoVisitRemote(Refusal):
    """The result goes online or by post, and the regulation has nobody come then: no ground opens it."""

    code = "dossiers.no_visit_remote"
    message = N_(
        "Kết quả của hồ sơ trực tuyến này được trả trực tuyến hoặc qua bưu chính: theo quy chế, "
        "không mời người nộp đến."
    )


class TooManyVisits(Refusal):
    """After an accepted online filing only so many visits may be asked; one more needs its own ground."""

    code = "dossiers.too_many_visits"
    message = N_(
        "Theo quy chế, người nộp trực tuyến không phải đến thêm lần nào nữa. Muốn mời phải ghi rõ lý do."
    )


class VisitInThePast(Technical):
    """Nobody can come at a moment that has passed; no text needs to say so."""

    code = "dossiers.visit_in_the_past"
    message = N_("Giờ hẹn phải sau thời điểm hiện tại.")


class VisitWhenClosed(Technical):
    """Nobody is asked to come to a closed door. No text says it in so many words; it is ours."""

    code = "dossiers.visit_when_closed"
    message = N_(
        "Giờ hẹn phải trong giờ làm việc của cơ quan; lúc đã chọn cơ quan không làm việc. Giới hạn này do hệ "
        "thống đặt, quy chế không quy định."
    )


class PapersNotCompared(Refusal):
    code = "dossiers.papers_not_compared"
    message = N_("Cần ghi nhận đã đối chiếu giấy tờ nộp trực tuyến với bản chính khi trả kết quả.")


class FormNotSigned(Refusal):
    code = "dossiers.form_not_signed"
    message = N_("Cần ghi nhận người nộp đã ký mẫu đơn, tờ khai khai trực tuyến khi trả kết quả.")
