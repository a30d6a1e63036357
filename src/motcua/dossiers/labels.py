"""What statuses, verbs, events and grounds are called. Vietnamese is the message id of the translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.dossiers.enums import (
    Box,
    Column,
    Decision,
    DeclineGround,
    Lateness,
    Sort,
    Status,
    Verb,
    WarningLevel,
)
from motcua.kernel.errors import N_
from motcua.kernel.limits import TimeLimit, TimeUnit

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import ResultDelivery

STATUS: dict[Status, str] = {
    Status.DRAFT: N_("Đang soạn"),
    Status.SUBMITTED: N_("Chờ tiếp nhận"),
    Status.AWAITING_SUPPLEMENT: N_("Chờ bổ sung"),
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
    Status.SUBMITTED: N_("Bộ phận Một cửa đang kiểm tra hồ sơ và sẽ trả lời bạn."),
    Status.AWAITING_SUPPLEMENT: N_(
        "Bạn cần bổ sung hồ sơ. Trong thời gian chờ, thời hạn giải quyết không tính."
    ),
    Status.ACCEPTED: N_("Hồ sơ đã được tiếp nhận và đang được chuyển đến đơn vị giải quyết."),
    Status.IN_PROGRESS: N_("Cơ quan có thẩm quyền đang giải quyết hồ sơ."),
    Status.DECIDED: N_("Đã có quyết định. Kết quả đang được hoàn tất để chuyển đến Bộ phận Một cửa."),
    Status.RESULT_ISSUED: N_("Kết quả đã có và đang được chuyển đến nơi trả."),
    Status.READY: N_("Mời bạn nhận kết quả."),
    Status.RETURNED: N_("Kết quả đã được trả."),
    Status.CLOSED: N_("Kết quả đã được trả. Hồ sơ đã hoàn tất."),
    Status.DECLINED: N_("Hồ sơ không được tiếp nhận. Lý do ghi trong phiếu từ chối."),
    Status.WITHDRAWN: N_("Hồ sơ đã được rút theo yêu cầu của người nộp."),
    Status.STOPPED: N_("Cơ quan đã dừng giải quyết hồ sơ và ghi rõ lý do."),
}

VERB: dict[Verb, str] = {
    Verb.SAVE_DRAFT: N_("Lưu bản soạn"),
    Verb.SUBMIT: N_("Nộp hồ sơ"),
    Verb.REGISTER_AT_COUNTER: N_("Nhận hồ sơ tại quầy"),
    Verb.REGISTER_BY_POST: N_("Nhận hồ sơ qua bưu chính"),
    Verb.ACCEPT: N_("Tiếp nhận"),
    Verb.DECLINE: N_("Từ chối tiếp nhận"),
    Verb.REQUEST_SUPPLEMENT: N_("Yêu cầu bổ sung"),
    Verb.SUPPLEMENT: N_("Bổ sung hồ sơ"),
    Verb.HAND_OVER: N_("Chuyển đơn vị giải quyết"),
    Verb.ASSIGN: N_("Phân công thụ lý"),
    Verb.COMPLETE_STEP: N_("Hoàn thành bước"),
    Verb.SEND_BACK: N_("Trả lại bước trước"),
    Verb.PROPOSE: N_("Trình đề xuất"),
    Verb.APPROVE: N_("Phê duyệt"),
    Verb.REFUSE: N_("Từ chối giải quyết"),
    Verb.ISSUE_RESULT: N_("Ban hành kết quả"),
    Verb.ANNOUNCE: N_("Báo có kết quả"),
    Verb.RETURN_RESULT: N_("Trả kết quả"),
    Verb.CLOSE: N_("Đóng hồ sơ"),
    Verb.WITHDRAW: N_("Rút hồ sơ"),
    Verb.STOP: N_("Dừng giải quyết"),
}

EVENT: dict[str, str] = {
    "draft_saved": N_("Soạn hồ sơ"),
    "submitted": N_("Nộp hồ sơ trực tuyến"),
    "registered": N_("Nhận hồ sơ tại Bộ phận Một cửa"),
    "accepted": N_("Tiếp nhận hồ sơ, hẹn trả kết quả"),
    "declined": N_("Từ chối tiếp nhận"),
    "supplement_requested": N_("Yêu cầu bổ sung hồ sơ"),
    "supplemented": N_("Người nộp bổ sung hồ sơ"),
    "handed_over": N_("Chuyển đơn vị giải quyết"),
    "assigned": N_("Phân công thụ lý"),
    "step_completed": N_("Hoàn thành một bước giải quyết"),
    "sent_back": N_("Trả lại bước trước"),
    "proposed": N_("Trình đề xuất"),
    "approved": N_("Phê duyệt"),
    "refused": N_("Từ chối giải quyết"),
    "result_issued": N_("Ban hành kết quả"),
    "announced": N_("Báo có kết quả"),
    "result_returned": N_("Trả kết quả"),
    "closed": N_("Đóng hồ sơ"),
    "withdrawn": N_("Rút hồ sơ"),
    "stopped": N_("Dừng giải quyết"),
}

GROUND: dict[DeclineGround, str] = {
    DeclineGround.NOT_COMPETENT: N_("Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan"),
    DeclineGround.NOT_SUPPLEMENTED: N_("Hồ sơ không được bổ sung theo hướng dẫn"),
    DeclineGround.INVALID_PAPERS: N_("Giấy tờ trong hồ sơ không hợp lệ"),
    DeclineGround.DUPLICATE: N_("Hồ sơ trùng với hồ sơ đang được giải quyết"),
    DeclineGround.BY_LAW: N_("Pháp luật quy định không tiếp nhận trong trường hợp này"),
}

BOX: dict[Box, str] = {
    Box.MINE: N_("Việc của tôi"),
    Box.UNIT: N_("Việc chung của đơn vị"),
    Box.APPROVALS: N_("Chờ phê duyệt"),
    Box.RETURNS: N_("Chờ trả kết quả"),
    Box.WAITING: N_("Chờ người nộp"),
    Box.DONE: N_("Mới kết thúc"),
    Box.SOON: N_("Sắp trễ và đã trễ"),
    Box.OTHERS: N_("Chờ người khác"),
    Box.TODAY: N_("Tôi đã làm hôm nay"),
}

SORT: dict[Sort, str] = {
    Sort.DUE: N_("Hết hạn sớm nhất trước"),
    Sort.NEWEST: N_("Việc mới đến trước"),
    Sort.OLDEST: N_("Việc chờ lâu nhất trước"),
    Sort.FILED: N_("Hồ sơ nộp sớm nhất trước"),
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

WARNING: dict[WarningLevel, str] = {
    WarningLevel.NONE: N_("Còn nhiều thời gian"),
    WarningLevel.HALF: N_("Đã qua 50% thời hạn của bước"),
    WarningLevel.NEARLY: N_("Đã qua 80% thời hạn của bước"),
    WarningLevel.USED_UP: N_("Đã hết thời hạn của bước"),
}

DECISION: dict[Decision, str] = {
    Decision.GRANT: N_("Đồng ý giải quyết"),
    Decision.REFUSE: N_("Không đủ điều kiện giải quyết"),
}

CHANNEL: dict[str, str] = {
    "counter": N_("Trực tiếp tại quầy"),
    "online": N_("Trực tuyến"),
    "postal": N_("Qua dịch vụ bưu chính"),
}

EFORM = N_("Tờ khai điện tử")

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


def system_name(province: str) -> str:
    """The legal name of the system; slips are Vietnamese whatever the language of the screen."""
    return f"Hệ thống thông tin giải quyết thủ tục hành chính tỉnh {province_name(province)}"


def ground(value: DeclineGround) -> str:
    return GROUND[value]


def printed_term(limit: str, printed: str) -> str:
    """The term in words for a slip: `03 ngày làm việc`; what was printed where no arithmetic is possible."""
    if not limit:
        return printed or "Không quy định"
    length = TimeLimit.parse(limit)
    whole = length.value.denominator == 1
    number = f"{length.value.numerator:02d}" if whole else f"{float(length.value):g}".replace(".", ",")
    return f"{number} {_UNITS[length.unit]}"


def delivery_sentence(delivery: ResultDelivery) -> str:
    """How the result will be handed over, in words for a slip."""
    if delivery.how == "online":
        return "Nhận bản điện tử trên Hệ thống"
    if delivery.how == "postal":
        return f"Nhận qua dịch vụ bưu chính, địa chỉ: {delivery.address}"
    return "Nhận trực tiếp tại Bộ phận Tiếp nhận và Trả kết quả"
