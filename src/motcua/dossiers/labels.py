"""What statuses, verbs, events and grounds are called. Vietnamese is the message id of the translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.agencies.enums import AgencyLevel
from motcua.agencies.rules.naming import seat_of
from motcua.catalogue import labels as catalogue_labels
from motcua.catalogue.enums import PaymentTime
from motcua.catalogue.rules.fees import copies_of, free_if, is_on_request, unit_of
from motcua.documents.rules.wording import moment
from motcua.dossiers.enums import (
    Box,
    Capacity,
    Column,
    Correctable,
    Decision,
    DeclineGround,
    DossierPart,
    Figure,
    Lateness,
    PauseGround,
    RefundAnswer,
    RefundGround,
    Sort,
    Status,
    StepEnd,
    TakerPaper,
    TermKind,
    Verb,
    WarningLevel,
)
from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.kernel.money import Money
from motcua.worktime.rules import late_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from motcua.agencies.rules.cards import AgencyCard
    from motcua.catalogue.rules.fees import FeeDue, FeesToPay, FeeToPay
    from motcua.catalogue.rules.sheets import Fee
    from motcua.dossiers.rules.state import ResultDelivery, State

# When an online filing counts as received, as its page, its PDF and its letter tell it
RECEIPT_ON_ACCEPTANCE = N_("khi bộ phận một cửa tiếp nhận hồ sơ")
RECEIPT_IF_VALID = N_("%(at)s, nếu hồ sơ đầy đủ, hợp lệ")
RECEIPT_OFF_HOURS = N_("%(at)s, nếu hồ sơ đầy đủ, hợp lệ; tính từ lúc đó vì gửi ngoài giờ làm việc")

STATUS: dict[Status, str] = {
    Status.DRAFT: N_("Đang soạn"),
    Status.SUBMITTED: N_("Chờ tiếp nhận"),
    Status.AWAITING_SUPPLEMENT: N_("Chờ bổ sung"),
    Status.AWAITING_PAYMENT: N_("Chờ nghĩa vụ tài chính"),
    Status.ACCEPTED: N_("Đã tiếp nhận"),
    Status.IN_PROGRESS: N_("Đang giải quyết"),
    Status.DECIDED: N_("Đã có quyết định"),
    Status.RESULT_ISSUED: N_("Đã có kết quả"),
    Status.READY: N_("Chờ nhận kết quả"),
    Status.RETURNED: N_("Đã trả kết quả"),
    Status.CLOSED: N_("Đã trả kết quả, đóng hồ sơ"),
    Status.DECLINED: N_("Không được tiếp nhận"),
    Status.WITHDRAWN: N_("Người nộp đã rút"),
    Status.STOPPED: N_("Dừng giải quyết"),
}

# What a person wants to know: where it is and what comes next.
STATUS_FOR_APPLICANT: dict[Status, str] = {
    Status.DRAFT: N_("Bạn chưa nộp hồ sơ này. Bạn có thể soạn tiếp bất cứ lúc nào."),
    Status.SUBMITTED: N_("Bộ phận một cửa đang kiểm tra hồ sơ và sẽ trả lời bạn."),
    Status.AWAITING_SUPPLEMENT: N_("Bạn cần bổ sung hồ sơ theo yêu cầu của cơ quan."),
    Status.AWAITING_PAYMENT: N_(
        "Bạn cần hoàn thành nghĩa vụ tài chính. Trong thời gian chờ, thời hạn giải quyết không tính."
    ),
    Status.ACCEPTED: N_("Hồ sơ đã được tiếp nhận và đang được chuyển đến đơn vị giải quyết."),
    Status.IN_PROGRESS: N_("Cơ quan có thẩm quyền đang giải quyết hồ sơ."),
    Status.DECIDED: N_("Đã có quyết định. Kết quả đang được hoàn tất để chuyển đến bộ phận một cửa."),
    Status.RESULT_ISSUED: N_("Kết quả đã về đến nơi trả; bộ phận một cửa sẽ báo để bạn nhận."),
    Status.READY: N_("Mời bạn nhận kết quả."),
    Status.RETURNED: N_("Kết quả đã được trả."),
    Status.CLOSED: N_("Kết quả đã được trả. Hồ sơ đã hoàn tất."),
    Status.DECLINED: N_("Hồ sơ không được tiếp nhận. Lý do ghi trong phiếu từ chối."),
    Status.WITHDRAWN: N_("Hồ sơ đã được rút theo yêu cầu của người nộp."),
    Status.STOPPED: N_("Hồ sơ đã dừng giải quyết theo đề nghị của người nộp."),
}

VERB: dict[Verb, str] = {
    Verb.SAVE_DRAFT: N_("Lưu bản soạn"),
    Verb.SUBMIT: N_("Nộp hồ sơ"),
    Verb.REGISTER_AT_COUNTER: N_("Nhận hồ sơ tại quầy"),
    Verb.REGISTER_BY_POST: N_("Nhận hồ sơ qua bưu chính"),
    Verb.ACCEPT: N_("Tiếp nhận"),
    Verb.ISSUE_RECEIPT: N_("Lập giấy tiếp nhận theo đề nghị"),
    Verb.DECLINE: N_("Từ chối tiếp nhận"),
    Verb.REDIRECT: N_("Chuyển đến cơ quan có thẩm quyền"),
    Verb.REQUEST_SUPPLEMENT: N_("Yêu cầu bổ sung"),
    Verb.RELEASE_SUPPLEMENT: N_("Đồng ý gửi yêu cầu bổ sung"),
    Verb.RETURN_SUPPLEMENT: N_("Trả lại đề xuất yêu cầu bổ sung"),
    Verb.TELL_APPLICANT: N_("Gửi thông báo cho người nộp"),
    Verb.SUPPLEMENT: N_("Bổ sung hồ sơ"),
    Verb.HAND_OVER: N_("Chuyển đơn vị giải quyết"),
    Verb.ASSIGN: N_("Phân công thụ lý"),
    Verb.REASSIGN: N_("Giao cho người khác"),
    Verb.PAUSE: N_("Tạm dừng tính thời hạn"),
    Verb.RESUME: N_("Tính tiếp thời hạn"),
    Verb.EXTEND: N_("Xin lỗi và hẹn lại"),
    Verb.ENTRUST: N_("Giao cơ quan phối hợp"),
    Verb.CONSULT: N_("Lấy ý kiến"),
    Verb.ANSWER: N_("Cho ý kiến"),
    Verb.REMIND: N_("Nhắc trả lời ý kiến"),
    Verb.PLAN_VERIFICATION: N_("Lên lịch xác minh"),
    Verb.CALL_OFF_VERIFICATION: N_("Hủy hoặc dời lịch xác minh"),
    Verb.RECORD_VERIFICATION: N_("Ghi kết quả xác minh"),
    Verb.ATTACH_DOCUMENT: N_("Thêm tài liệu khác"),
    Verb.COMPLETE_STEP: N_("Hoàn thành bước"),
    Verb.SEND_BACK: N_("Trả lại bước trước"),
    Verb.PROPOSE: N_("Trình đề xuất"),
    Verb.APPROVE: N_("Phê duyệt"),
    Verb.REFUSE: N_("Từ chối giải quyết"),
    Verb.ISSUE_RESULT: N_("Ban hành kết quả"),
    Verb.INVITE: N_("Mời người nộp đến"),
    Verb.ANNOUNCE: N_("Báo có kết quả"),
    Verb.RETURN_RESULT: N_("Trả kết quả"),
    Verb.RECORD_NON_COLLECTION: N_("Ghi nhận chưa đến nhận kết quả"),
    Verb.CORRECT: N_("Đính chính"),
    Verb.CLOSE: N_("Đóng hồ sơ"),
    Verb.WITHDRAW: N_("Rút hồ sơ"),
    Verb.STOP: N_("Dừng giải quyết"),
    Verb.JOIN_ACCOUNT: N_("Đưa hồ sơ vào tài khoản"),
}

EVENT: dict[str, str] = {
    "draft_saved": N_("Soạn hồ sơ"),
    "submitted": N_("Nộp hồ sơ trực tuyến"),
    "registered": N_("Nhận hồ sơ tại bộ phận một cửa"),
    "accepted": N_("Tiếp nhận hồ sơ, hẹn trả kết quả"),
    "receipt_issued": N_("Lập giấy tiếp nhận theo đề nghị của người nộp"),
    "declined": N_("Từ chối tiếp nhận"),
    "redirected": N_("Chuyển đến cơ quan có thẩm quyền"),
    "supplement_requested": N_("Yêu cầu bổ sung hồ sơ"),
    "supplement_proposed": N_("Đề xuất yêu cầu bổ sung hồ sơ"),
    "supplement_cleared": N_("Lãnh đạo đồng ý yêu cầu bổ sung; chuyển bộ phận một cửa gửi"),
    "supplement_returned": N_("Trả lại đề xuất yêu cầu bổ sung"),
    "applicant_told": N_("Bộ phận một cửa gửi thông báo cho người nộp"),
    "supplemented": N_("Người nộp bổ sung hồ sơ"),
    "handed_over": N_("Chuyển đơn vị giải quyết"),
    "assigned": N_("Phân công thụ lý"),
    "reassigned": N_("Giao cho người khác"),
    "paused": N_("Tạm dừng chờ nghĩa vụ tài chính"),
    "resumed": N_("Tính tiếp thời hạn"),
    "extended": N_("Xin lỗi và hẹn lại ngày trả kết quả"),
    "entrusted": N_("Giao cơ quan phối hợp"),
    "consulted": N_("Lấy ý kiến"),
    "answered": N_("Cho ý kiến"),
    "reminded": N_("Nhắc trả lời ý kiến"),
    "verification_planned": N_("Lên lịch xác minh"),
    "verification_called_off": N_("Hủy lịch xác minh"),
    "verification_recorded": N_("Ghi kết quả xác minh"),
    "document_attached": N_("Thêm tài liệu khác"),
    "step_completed": N_("Hoàn thành một bước giải quyết"),
    "sent_back": N_("Trả lại bước trước"),
    "proposed": N_("Trình đề xuất"),
    "approved": N_("Phê duyệt"),
    "refused": N_("Từ chối giải quyết"),
    "result_issued": N_("Ban hành kết quả"),
    "invited": N_("Mời người nộp đến bộ phận một cửa"),
    "announced": N_("Báo có kết quả"),
    "result_returned": N_("Trả kết quả"),
    "not_collected": N_("Chưa đến nhận kết quả"),
    "corrected": N_("Đính chính"),
    "closed": N_("Đóng hồ sơ"),
    "withdrawn": N_("Rút hồ sơ"),
    "stopped": N_("Dừng giải quyết"),
    "account_joined": N_("Đưa vào tài khoản của chủ hồ sơ"),
    "entered_late": N_("Nhập bổ sung từ sổ giấy khi có sự cố"),
}
MOVED = N_("Dời lịch xác minh")  # a verification that was called off for another moment

# The same as what happened, where an applicant reads how it went.
HAPPENED: dict[str, str] = {
    "submitted": N_("Đã nộp hồ sơ trực tuyến"),
    "registered": N_("Đã nhận hồ sơ tại bộ phận một cửa"),
    "accepted": N_("Đã tiếp nhận hồ sơ, hẹn trả kết quả"),
    "receipt_issued": N_("Đã lập giấy tiếp nhận theo đề nghị"),
    "declined": N_("Đã từ chối tiếp nhận"),
    "decline_taken_back": N_("Đã thu hồi việc từ chối tiếp nhận do ghi nhầm"),
    "redirected": N_("Đã chuyển đến cơ quan có thẩm quyền"),
    "supplement_requested": N_("Đã yêu cầu bổ sung hồ sơ"),
    "supplement_taken_back": N_("Đã thu hồi yêu cầu bổ sung do gửi nhầm"),
    "withdrawn_taken_back": N_("Đã thu hồi việc rút hồ sơ do ghi nhầm"),
    "stopped_taken_back": N_("Đã thu hồi việc dừng giải quyết do ghi nhầm"),
    "supplemented": N_("Đã bổ sung hồ sơ"),
    "paused": N_("Đã tạm dừng chờ nghĩa vụ tài chính"),
    "resumed": N_("Thời hạn đã tính tiếp"),
    "extended": N_("Đã xin lỗi và hẹn lại ngày trả kết quả"),
    "handed_over": N_("Đã chuyển đơn vị giải quyết"),
    "approved": N_("Đã phê duyệt"),
    "refused": N_("Đã từ chối giải quyết"),
    "result_issued": N_("Đã ban hành kết quả"),
    "invited": N_("Đã mời người nộp đến bộ phận một cửa"),
    "announced": N_("Đã báo có kết quả"),
    "result_returned": N_("Đã trả kết quả"),
    "not_collected": N_("Chưa có ai đến nhận kết quả"),
    "corrected": N_("Đã đính chính"),
    "withdrawn": N_("Đã rút hồ sơ"),
    "stopped": N_("Đã dừng giải quyết"),
}

DOSSIER_PART: dict[DossierPart, str] = {
    DossierPart.DESK: N_("Phần hồ sơ của bộ phận một cửa"),
    DossierPart.SETTLING: N_("Phần hồ sơ của cơ quan giải quyết"),
}

GROUND: dict[DeclineGround, str] = {
    DeclineGround.NOT_COMPETENT: N_("Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan"),
    DeclineGround.NOT_SUPPLEMENTED: N_("Hồ sơ không được bổ sung theo hướng dẫn"),
    DeclineGround.INVALID_PAPERS: N_("Giấy tờ trong hồ sơ không hợp lệ"),
    DeclineGround.DUPLICATE: N_("Hồ sơ trùng với hồ sơ đang được giải quyết"),
    DeclineGround.BY_LAW: N_("Pháp luật quy định không tiếp nhận trong trường hợp này"),
}

PAUSE_GROUND: dict[PauseGround, str] = {
    PauseGround.FINANCIAL_OBLIGATION: N_("Chờ người nộp hoàn thành nghĩa vụ tài chính"),
}

REFUND_GROUND: dict[RefundGround, str] = {
    RefundGround.AGENCY_CANNOT: N_("Cơ quan không thực hiện được thủ tục"),
    RefundGround.WITHDRAWAL: N_("Người nộp rút hồ sơ"),
    RefundGround.MISTAKEN: N_("Nộp nhầm"),
    RefundGround.EXCESS: N_("Nộp thừa"),
}

PAYMENT: dict[str, str] = {
    "online": N_("Trực tuyến"),
    "counter": N_("Trực tiếp tại bộ phận một cửa"),
    "postal": N_("Chuyển qua bưu điện"),
    "commune_post_office": N_("Tại bưu điện xã, phường, thị trấn"),
    "national_platform": N_("Nền tảng thanh toán của Cổng Dịch vụ công quốc gia"),
    "other": N_("Cách khác theo quy định"),
}

DUE: dict[PaymentTime, str] = {
    PaymentTime.FILING: N_("nộp khi nộp hồ sơ"),
    PaymentTime.ACCEPTANCE: N_("nộp khi hồ sơ được tiếp nhận"),
    PaymentTime.NOTICE: N_("nộp khi có thông báo nộp của cơ quan giải quyết"),
    PaymentTime.RESULT: N_("nộp khi nhận kết quả"),
}
# Whether it was paid is recorded nowhere, so that nobody is told to pay who may have.
DUE_BY_NOW = N_("%(when)s (đã đến lúc, bỏ qua nếu đã nộp)")
DUE_UNSAID = N_("thời điểm nộp chưa được công bố")

CAPACITY: dict[Capacity, str] = {
    Capacity.REPRESENTATIVE: N_("Người đại diện theo pháp luật"),
    Capacity.AUTHORISED: N_("Người được ủy quyền"),
    Capacity.POSTAL_STAFF: N_("Nhân viên bưu chính công ích"),
    Capacity.HIRED: N_("Doanh nghiệp, cá nhân được thuê dịch vụ"),
}

TAKER_PAPER: dict[TakerPaper, str] = {
    TakerPaper.IDENTITY: N_("Căn cước"),
    TakerPaper.PASSPORT: N_("Hộ chiếu hoặc giấy tờ đi lại"),
    TakerPaper.OTHER: N_("Giấy tờ tùy thân khác"),
}

CORRECTABLE: dict[Correctable, str] = {
    Correctable.CONTACT: N_("Thông tin liên hệ của người nộp"),
    Correctable.IDENTITY: N_("Số định danh, ngày sinh của chủ hồ sơ"),
    Correctable.DELIVERY: N_("Cách nhận kết quả"),
    Correctable.RESULT: N_("Số, ký hiệu và tên kết quả"),
    Correctable.RETURN: N_("Ghi nhầm là đã trả kết quả"),
    Correctable.DECISION: N_("Ghi nhầm là đã phê duyệt hoặc đã từ chối giải quyết"),
    Correctable.DECLINE: N_("Ghi nhầm là đã từ chối tiếp nhận"),
    Correctable.SUPPLEMENT: N_("Gửi nhầm yêu cầu bổ sung"),
    Correctable.ENDING: N_("Ghi nhầm là đã rút hoặc đã dừng giải quyết"),
}

BOX: dict[Box, str] = {
    Box.MINE: N_("Việc của tôi"),
    Box.UNIT: N_("Việc chung của đơn vị"),
    Box.APPROVALS: N_("Chờ phê duyệt"),
    Box.RETURNS: N_("Chờ trả kết quả"),
    Box.WAITING: N_("Chờ người nộp"),
    Box.DONE: N_("Mới kết thúc"),
    Box.SOON: N_("Sắp trễ và đã trễ"),
    Box.PRESSING: N_("Cần đôn đốc"),
    Box.OTHERS: N_("Chờ người khác"),
    Box.TODAY: N_("Tôi đã làm hôm nay"),
    Box.MESSAGES: N_("Tin nhắn chờ trả lời"),
    Box.ASKED: N_("Chờ ý kiến"),
    Box.UNCLOSED: N_("Đã trả, chưa đóng"),
}

SORT: dict[Sort, str] = {
    Sort.DUE: N_("Hết hạn sớm nhất trước"),
    Sort.NEWEST: N_("Việc mới đến trước"),
    Sort.OLDEST: N_("Việc chờ lâu nhất trước"),
    Sort.FILED: N_("Hồ sơ nộp sớm nhất trước"),
}

# Lists without tasks are read in an order of their own; `SORT` says nothing true of it.
ORDER: dict[Box, str] = {
    Box.WAITING: N_("Chờ lâu nhất trước"),
    Box.DONE: N_("Mới kết thúc trước"),
    Box.TODAY: N_("Mới thay đổi trước"),
    Box.MESSAGES: N_("Tin chờ lâu nhất trước"),
    Box.UNCLOSED: N_("Đã trả lâu nhất trước"),
}

LATENESS: dict[Lateness, str] = {
    Lateness.LATE: N_("Đã trễ hạn"),
    Lateness.TODAY: N_("Đến hạn hôm nay"),
    Lateness.WEEK: N_("Đến hạn trong 7 ngày tới"),
}

COLUMN: dict[Column, str] = {
    Column.PROCEDURE: N_("Thủ tục"),
    Column.WORK: N_("Việc cần làm"),
    Column.TERM: N_("Thời hạn"),
    Column.STATUS: N_("Trạng thái"),
    Column.UNIT: N_("Đơn vị"),
    Column.OFFICER: N_("Người đang giữ"),
    Column.CHANNEL: N_("Cách nộp"),
    Column.FILED: N_("Nộp lúc"),
    Column.OPENED: N_("Chờ từ lúc"),
}

# Of a dossier's dates and of how its term ended: what a list, a search, the register and a spreadsheet say.
PROMISED = N_("Hẹn trả:")
PROMISED_BEFORE_PAUSE = N_("Hẹn trả trước khi tạm dừng:")
PROMISED_ANEW = N_("nay hẹn lại")
WAITED_SINCE = N_("Chờ từ:")
STANDS_STILL = N_("tạm dừng")
DONE_IN_TIME = N_("xong đúng hạn")
DONE_BY_NEW_DATE = N_("xong trong hạn đã hẹn lại")
DONE_LATE = N_("xong, %(late)s")
BROKEN_OFF_LATE = N_("kết thúc, %(late)s")
# Of the work on a line, beside the step.
SENT_BACK = N_("được trả lại")
WAS_SENT_BACK = N_("từng bị trả lại")
STUCK = N_("Chưa có ai làm được bước này")
NO_LONGER_HERE = N_("Không còn ở đơn vị bạn")
PROPOSED = N_("Đề xuất:")
ASKED_OF = N_("Hỏi:")
ASKED_BY = N_("Người hỏi:")
WARNED: dict[WarningLevel, str] = {
    WarningLevel.HALF: N_("quá 50%"),
    WarningLevel.NEARLY: N_("quá 80%"),
    # a term that is used up is named by the pill: the step's or the dossier's
}

WARNING: dict[WarningLevel, str] = {
    WarningLevel.NONE: N_("Còn nhiều thời gian"),
    WarningLevel.HALF: N_("Đã qua 50% thời hạn của bước"),
    WarningLevel.NEARLY: N_("Đã qua 80% thời hạn của bước"),
    WarningLevel.USED_UP: N_("Đã hết thời hạn của bước"),
}

# Said on the notice of stopping, which is Vietnamese whatever the language of the screen.
_STOPPED_FEES: dict[RefundAnswer, str] = {
    RefundAnswer.OWED: "Phí, lệ phí đã nộp (nếu có) được hoàn trả khi ông (bà) đề nghị.",
    RefundAnswer.CONSIDERED: "Phí, lệ phí đã nộp (nếu có) được xem xét hoàn trả khi ông (bà) đề nghị.",
    RefundAnswer.NONE: "Quy chế không có quy định riêng về hoàn trả trong trường hợp này; phí, lệ phí đã nộp "
    "(nếu có) thực hiện theo pháp luật về phí và lệ phí.",
}

# Said on the routing slip, which is Vietnamese whatever the language of the screen.
STEP_END: dict[StepEnd, str] = {
    StepEnd.EARLY: "Trước hạn",
    StepEnd.ON_TIME: "Đúng hạn",
    StepEnd.LATE: "Quá hạn",
}

DECISION: dict[Decision, str] = {
    Decision.GRANT: N_("Đồng ý giải quyết"),
    Decision.REFUSE: N_("Không đủ điều kiện giải quyết"),
}

DECIDED: dict[Decision, str] = {
    Decision.GRANT: N_("Đã phê duyệt"),
    Decision.REFUSE: N_("Đã từ chối giải quyết"),
}

TERM: dict[TermKind, str] = {
    TermKind.ANSWER: N_("Hạn trả lời hồ sơ mới nộp"),
    TermKind.STEP: N_("Hạn của các bước đang mở"),
    TermKind.OPINION: N_("Hạn cho ý kiến"),
}

CHANNEL: dict[str, str] = {
    "counter": N_("Trực tiếp tại quầy"),
    "online": N_("Trực tuyến"),
    "postal": N_("Qua dịch vụ bưu chính"),
}

# Names of tasks that no process names: in `rules/decide/asking.py` and `rules/moves.py`.
CONSULT_TASK = N_("Cho ý kiến về hồ sơ")
CHECK_TASK = N_("Kiểm tra hồ sơ mới nộp")
REQUEST_PAPER = N_("Giấy đề nghị của người nộp")
PAPER_OF_TAKER = N_("Giấy tờ của người nhận kết quả thay")

_PROVINCES = {
    "kon-tum": "Kon Tum",
    "quang-ngai": "Quảng Ngãi",
    "dak-lak": "Đắk Lắk",
    "phu-tho": "Phú Thọ",
}
_UNITS = {
    TimeUnit.WORKING_HOUR: "giờ làm việc",
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.CALENDAR_DAY: "ngày",
    TimeUnit.MONTH: "tháng",
    TimeUnit.CLOCK_HOUR: "giờ",
}


def province_name(province: str) -> str:
    return _PROVINCES.get(province, province)


def place_of(agency: AgencyCard) -> str:
    """Where an agency's papers are dated: the province for those of the province, else where it sits.

    From memory of NĐ 30/2020 Phụ lục I; no regulation says it.
    """
    is_below = agency.level in (AgencyLevel.COMMUNE, AgencyLevel.DISTRICT)
    return (seat_of(agency.name) if is_below else "") or province_name(agency.province)


def system_name(province: str) -> str:
    """The legal name of the system; slips are Vietnamese whatever the language of the screen."""
    return f"Hệ thống thông tin giải quyết thủ tục hành chính tỉnh {province_name(province)}"


def ground(value: DeclineGround) -> str:
    return GROUND[value]


def printed_term(limit: str, printed: str) -> str:
    """The term in words for a slip: `03 ngày làm việc`; what was printed where no arithmetic is possible."""
    if not limit:
        return catalogue_labels.printed_term(printed) or "Không quy định"
    length = TimeLimit.parse(limit)
    whole = length.value.denominator == 1
    number = f"{length.value.numerator:02d}" if whole else f"{float(length.value):g}".replace(".", ",")
    return f"{number} {_UNITS[length.unit]}"


def fees_sentence(
    fees: Sequence[Fee], copies: int | None = None, dues: Sequence[FeeDue | None] | None = None
) -> str:
    """What is to be paid, in words for a slip: `Lệ phí: 50.000 đồng mỗi bản; Phí: theo quy định riêng`; with
    when, where `dues` are given: `Lệ phí: 50.000 đồng, nộp khi nhận kết quả`."""
    told = [f"{fee.name}: {fee_amount(fee, copies_of(fee, fees, copies))}" for fee in fees]
    times = dues or [None] * len(fees)
    return _with_times(told, times) + _unsaid(times)


def when_due(due: FeeDue | None, say: Callable[[str], str] = str) -> str:
    """`nộp khi nhận kết quả`, and whether it is time; empty where the regulation leaves it open."""
    if due is None:
        return ""
    if due.time is None:
        return say(DUE_UNSAID)
    when = say(DUE[due.time])
    return say(DUE_BY_NOW) % {"when": when} if due.has_come else when


def _with_times(told: Sequence[str], dues: Sequence[FeeDue | None]) -> str:
    """Each fee with its time of payment; whether that has come would not stay true on paper."""
    is_mixed = not _unsaid(dues)
    return "; ".join(
        f"{one}, {DUE[due.time] if due.time else DUE_UNSAID}" if due and is_mixed else one
        for one, due in zip(told, dues, strict=True)
    )


def _unsaid(dues: Sequence[FeeDue | None]) -> str:
    """Said once, behind all fees, where the time of none was published."""
    told = [due for due in dues if due is not None]
    return f"; {DUE_UNSAID}" if told and not any(due.time for due in told) else ""


def stage_sentence(state: State) -> str:
    """Where the handling of a dossier stands, in words for a slip: its open steps, else its status."""
    if state.is_paused or not state.tasks:
        return STATUS[state.status]
    return "; ".join(dict.fromkeys(task.name for task in state.tasks))


def stopped_fees_sentence(answer: RefundAnswer | None) -> str:
    """What becomes of fees where the applicant has the handling stopped, in words for the notice."""
    if answer is None:
        return "Hồ sơ này không phải nộp phí, lệ phí."
    return _STOPPED_FEES[answer]


def fee_amount(fee: Fee, copies: int | None = None) -> str:
    """`8.000 đồng mỗi bản, 2 bản là 16.000 đồng`, `theo quy định riêng`, or in which cases it is nothing.

    Of a fee that is charged on request, and for which no number is known, it says so.
    """
    if cases := free_if(fee):
        return _free_in(cases)
    if fee.amount is None:
        return "theo quy định riêng"
    told = f"{fee.amount} {unit_of(fee)}".strip()
    if copies:
        return told + _for_copies(Money(fee.amount.vnd * copies), copies)
    return told + (", nếu yêu cầu" if is_on_request(fee) else "")


def _for_copies(cost: Money, copies: int) -> str:
    return f", {copies} bản là {cost}"


def _free_in(cases: str) -> str:
    return f"miễn nếu {cases}; trường hợp khác theo quy định riêng"


def fees_told(found: FeesToPay) -> str:
    """What is to be paid and when, in words for the acknowledgement, or that nothing is."""
    if found.is_nothing:
        told = "Không phải nộp phí, lệ phí"
    else:
        fees = [f"{fee.name}{f' ({fee.case})' if fee.case else ''}: {_amount(fee)}" for fee in found.fees]
        told = _with_times(fees, [fee.due for fee in found.fees])
    unsure = "mức này chưa đối chiếu với văn bản công bố"
    told = f"{told} ({unsure})" if found.fees and found.is_unverified else told
    return told + _unsaid([fee.due for fee in found.fees])


def _amount(fee: FeeToPay) -> str:
    if fee.amount is None:
        return "theo quy định riêng"
    if fee.free_if:
        return _free_in(fee.free_if)
    if not fee.amount.vnd:
        return "miễn phí"
    told = f"{fee.amount} {fee.unit}".strip()
    if fee.sum is not None and fee.copies:
        return told + _for_copies(fee.sum, fee.copies)
    return told + (", nếu yêu cầu" if fee.is_on_request else "")


DESK_LATE: dict[Figure | None, str] = {
    Figure.ANSWERED_LATE: "Trả lời chậm",
    Figure.FORWARDED_LATE: "Chuyển chậm",
}
DELIVERY_IN_REGISTER: dict[str, str] = {
    "counter": "Trực tiếp",
    "online": "Trực tuyến",
    "postal": "Bưu chính",
}


def lateness(minutes: int, day_minutes: int) -> str:
    """ "trễ 2 ngày 3 giờ làm việc" in opening time; `minutes` of it, `day_minutes` to a day."""
    if minutes <= 0:
        return "vừa quá hạn"
    counted = zip(late_parts(minutes, day_minutes), ("ngày", "giờ", "phút"), strict=True)
    return f"trễ {' '.join(f'{count} {unit}' for count, unit in counted if count)} làm việc"


def of_pause(promised_at: datetime | None, at: datetime, *, stopped_late: bool, stands_still: bool) -> str:
    """What to say at a moment of the date that was promised before a pause; empty while the term runs.

    Basis: by reference QĐ 766/QĐ-TTg chỉ số 2.1 (secondary); reading A75.
    """
    if stopped_late:
        return N_("ngày này qua trước khi tạm dừng nên hồ sơ vẫn tính là trễ")
    if not stands_still or promised_at is None:
        return ""
    if promised_at < at:
        return N_("ngày này qua trong lúc tạm dừng, không tính là trễ; sẽ hẹn lại khi hồ sơ tiếp tục")
    return N_("sẽ hẹn lại khi hồ sơ tiếp tục")


def state_of_pause(state: State, at: datetime) -> str:
    """`of_pause` of a dossier whose whole state is at hand."""
    return of_pause(state.due_at, at, stopped_late=state.stopped_late, stands_still=state.stands_still)


def finished(finished_at: datetime, due_at: datetime, promised_at: datetime | None) -> str:
    """How a term ended; with a place for how late it was. `due_at` is what lateness is measured by,
    `promised_at` the first date given.

    What missed its first date but kept the new one of a letter that came in time is in time by the texts;
    it is said in words that do not hide the first date.

    Basis: PT24-10.3#1, PT24-10.3#3; by reference NĐ 61/2018 Đ19 (secondary); reading A12.
    """
    if finished_at > due_at:
        return DONE_LATE
    if promised_at is not None and finished_at > promised_at:
        return DONE_BY_NEW_DATE
    return DONE_IN_TIME


def register_note(state: State, at: datetime) -> str:
    """What the last column of the register says: how the dossier ended or what it waits for, whether it was
    late or, still open at this moment, is late by now, and what was entered afterwards from a paper log.

    No text says what stands in this column; the words are ours.

    Basis: PT24-23.8; by reference TT 01/2018 Mẫu 06 (memory).
    """
    ended = {
        Status.WITHDRAWN: "Người nộp rút hồ sơ",
        Status.STOPPED: "Dừng giải quyết",
        Status.AWAITING_SUPPLEMENT: "Chờ bổ sung",
        Status.AWAITING_PAYMENT: "Chờ nghĩa vụ tài chính",
    }.get(state.status, "")
    refused = "Không đủ điều kiện giải quyết" if state.decision is Decision.REFUSE else ""
    forwarded = "Không chuyển hồ sơ trong hạn" if state.unforwarded_by else ""
    late = "Trễ hạn" if state.is_late else "Đang trễ hạn" if state.is_overdue(at) else ""
    pause = state_of_pause(state, at)
    logs = dict.fromkeys(from_log(each.page, each.entered_at) for each in state.late_entries)
    return "; ".join(part for part in (ended, pause, refused, late, forwarded, *logs) if part)


def from_log(page: str, entered_at: datetime, done_by: str = "") -> str:
    """That something was entered afterwards from a paper log, as slips and the register say it."""
    said = f"Nhập bổ sung từ sổ giấy, trang {page}, lúc {moment(entered_at)}"
    return f"{said}; người đã làm: {done_by}" if done_by else said


def delivery_sentence(delivery: ResultDelivery) -> str:
    """How the result will be handed over, in words for a slip."""
    if delivery.how == "online":
        return "Nhận bản điện tử trên Hệ thống"
    if delivery.how == "postal":
        return f"Nhận qua dịch vụ bưu chính, địa chỉ: {delivery.address}"
    return "Nhận trực tiếp tại Bộ phận Tiếp nhận và Trả kết quả"


def request_paper(what: str) -> str:
    """What a paper is called that asked for an event of this kind, or entrusted somebody with the result."""
    return PAPER_OF_TAKER if what == "result_returned" else REQUEST_PAPER
