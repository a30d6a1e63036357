"""Asking for more, and bringing it."""

from __future__ import annotations

from motcua.kernel.errors import N_, Refusal, Technical


class GuidanceRequired(Refusal):
    code = "dossiers.guidance_required"
    message = N_("Cần ghi rõ nội dung, lý do và hướng dẫn đầy đủ để người nộp bổ sung một lần.")


class NotAComponent(Refusal):
    code = "dossiers.not_a_component"
    message = N_("Chỉ được yêu cầu bổ sung giấy tờ thuộc thành phần hồ sơ đã công bố: %(names)s.")


class AlreadyGuided(Refusal):
    """Full guidance is given once; a second request needs its own ground."""

    code = "dossiers.already_guided"
    message = N_("Hồ sơ này đã được hướng dẫn bổ sung một lần. Muốn yêu cầu lần nữa phải ghi rõ căn cứ.")


class AwaitingControl(Refusal):
    """A proposed supplement request waits for whoever controls it; nothing goes on meanwhile."""

    code = "dossiers.awaiting_control"
    message = N_("Đề xuất yêu cầu bổ sung đang chờ người có thẩm quyền kiểm soát.")


class AwaitingRelay(Refusal):
    """A supplement request waits for the one-stop desk, which sends it; nothing goes on meanwhile."""

    code = "dossiers.awaiting_relay"
    message = N_("Yêu cầu bổ sung đang chờ bộ phận một cửa gửi cho người nộp.")


class LetterWaits(Refusal):
    """What the desk has to tell the applicant goes out before the dossier is over."""

    code = "dossiers.letter_waits"
    message = N_("Còn thông báo chờ bộ phận một cửa gửi cho người nộp: hãy gửi trước khi trả kết quả.")


class DeskTellsThem(Refusal):
    """A dossier that is over opens no task for the desk: it adds what the applicant is to have itself."""

    code = "dossiers.desk_tells_them"
    message = N_(
        "Hồ sơ đã trả kết quả: tài liệu cho người nộp xem do bộ phận một cửa thêm. Bạn vẫn thêm được tài "
        "liệu để cơ quan xem."
    )


class NothingBrought(Refusal):
    code = "dossiers.nothing_brought"
    message = N_("Chưa có giấy tờ hoặc thông tin nào được bổ sung.")


class NotAskedFor(Refusal):
    """An answer to a request brings what it names; nothing else of the dossier changes by it."""

    code = "dossiers.not_asked_for"
    message = N_("Cơ quan không yêu cầu bổ sung: %(names)s.")


class AnswersFaulty(Refusal):
    """`params["fields"]` maps the questions of the e-form to what is wrong with their answers."""

    code = "dossiers.answers_faulty"
    message = N_("Tờ khai chưa đúng: %(faults)s")


class StillMissing(Refusal):
    code = "dossiers.still_missing"
    message = N_("Còn thiếu nội dung đã được yêu cầu bổ sung: %(names)s.")


class TitleRequired(Refusal):
    code = "dossiers.title_required"
    message = N_("Hãy ghi tên tài liệu, không quá %(longest)s ký tự.")


class DocumentFileRequired(Refusal):
    code = "dossiers.document_file_required"
    message = N_("Hãy chọn tệp của tài liệu.")


class TooManyDocuments(Technical):
    """More would make a dossier that nobody reads; the bound is the operator's."""

    code = "dossiers.too_many_documents"
    message = N_(
        "Hồ sơ đã có %(most)s tài liệu khác, là mức nhiều nhất, nên tài liệu này chưa được thêm. Hãy hỏi "
        "người quản trị hệ thống nếu hồ sơ cần nhiều hơn."
    )
