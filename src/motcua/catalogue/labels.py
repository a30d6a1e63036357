"""How what governs the catalogue is called. Vietnamese is the message id of the translations."""

from __future__ import annotations

from collections.abc import Callable

from motcua.catalogue.enums import (
    Change,
    DutyKind,
    DutyState,
    OnlineLevel,
    ProposalState,
    ServiceKind,
    UpgradeKind,
    UpgradeState,
    UpgradeStep,
)
from motcua.catalogue.rules.levels import Lack
from motcua.catalogue.rules.sheets import OTHER_CASE, ProcedureSheet
from motcua.kernel.errors import N_

DUTY: dict[DutyKind, str] = {
    DutyKind.CONTENT: N_("Xây dựng nội dung cụ thể của thủ tục"),
    DutyKind.PROCESS: N_("Xây dựng quy trình nội bộ, gửi Văn phòng Ủy ban nhân dân tỉnh"),
    DutyKind.SEND: N_("Gửi nội dung và quy trình để đăng tải"),
    DutyKind.PUBLISH: N_("Cập nhật, công khai trên Hệ thống"),
    DutyKind.WEBSITE: N_("Đăng trên trang thông tin của cơ quan"),
    DutyKind.NATIONAL: N_("Cập nhật Cơ sở dữ liệu quốc gia về thủ tục hành chính"),
    DutyKind.SET_UP: N_("Thiết lập quy trình điện tử"),
    DutyKind.CHECK: N_("Kiểm tra nội dung đã công khai"),
    DutyKind.CORRECT: N_("Cập nhật lại nội dung theo kiến nghị"),
}
# Units as they are printed that the law's arithmetic does not know; those not named here say nothing.
PRINTED_UNITS: dict[str, str] = {
    "day": N_("ngày"),
    "hour": N_("giờ"),
    "working_hour": N_("giờ làm việc"),
    "working_day": N_("ngày làm việc"),
    "calendar_day": N_("ngày"),
    "month": N_("tháng"),
}
OTHER_CASES = N_("Các trường hợp khác")
UNIT_NOT_STATED = N_("%(number)s (văn bản công bố không nêu rõ đơn vị)")
# (words, tone of the tag)
DUTY_STATE: dict[DutyState, tuple[str, str]] = {
    DutyState.OPEN: (N_("đang trong hạn"), "wait"),
    DutyState.PROMPT: (N_("cần làm kịp thời"), "wait"),
    DutyState.OVERDUE: (N_("quá hạn"), "bad"),
    DutyState.DONE: (N_("đã xong"), "good"),
    DutyState.DONE_LATE: (N_("đã xong, trễ hạn"), "bad"),
}
PARTY: dict[str, str] = {
    "agency": N_("Cơ quan chủ trì tham mưu"),
    "office": N_("Văn phòng Ủy ban nhân dân tỉnh"),
    "dttt": N_("Sở Thông tin và Truyền thông"),
    "justice": N_("Sở Tư pháp"),
}
COUNTED_FROM: dict[str, str] = {
    "signing": N_("ngày ký quyết định"),
    "effect": N_("ngày quyết định có hiệu lực"),
    "asking": N_("ngày kiến nghị"),
}
CHANGE: dict[Change, str] = {
    Change.NEW: N_("ban hành mới"),
    Change.CHANGED: N_("sửa đổi, bổ sung, thay thế"),
    Change.REPEALED: N_("bãi bỏ"),
}
LEVEL: dict[OnlineLevel, str] = {
    OnlineLevel.FULL: N_("Trực tuyến toàn trình"),
    OnlineLevel.PARTIAL: N_("Trực tuyến một phần"),
    OnlineLevel.NONE: N_("Không nộp trực tuyến được"),
}
NUMBERED_LEVEL: dict[OnlineLevel, str] = {
    OnlineLevel.FULL: N_("Mức độ 4 (toàn trình)"),
    OnlineLevel.PARTIAL: N_("Mức độ 3 (một phần)"),
    OnlineLevel.NONE: N_("Không nộp trực tuyến được"),
}
LACK: dict[Lack, str] = {
    Lack.TERM: N_("thời hạn giải quyết"),
    Lack.RESULT: N_("kết quả của thủ tục"),
    Lack.BASIS: N_("văn bản quy định thủ tục"),
    Lack.FORMS: N_("mẫu đơn để tải về"),
    Lack.QUESTIONS: N_("tờ khai điền trên trang"),
    Lack.PAYMENT: N_("thanh toán trực tuyến"),
}
SERVICE: dict[ServiceKind, str] = {
    ServiceKind.ADMINISTRATIVE: N_("Dịch vụ hành chính công"),
    ServiceKind.OTHER: N_("Dịch vụ khác của cơ quan nhà nước"),
}
PROPOSAL_STATE: dict[ProposalState, tuple[str, str]] = {
    ProposalState.SUBMITTED: (N_("chờ thẩm định"), "wait"),
    ProposalState.RETURNED: (N_("trả lại để bổ sung"), "bad"),
    ProposalState.SUPPORTED: (N_("đề nghị đồng ý, chờ quyết định"), "wait"),
    ProposalState.OPPOSED: (N_("đề nghị không đồng ý, chờ quyết định"), "wait"),
    ProposalState.APPROVED: (N_("đã quyết định đồng ý"), "good"),
    ProposalState.REJECTED: (N_("đã quyết định không đồng ý"), ""),
    ProposalState.WITHDRAWN: (N_("đã rút"), ""),
}
PROPOSAL_ACT: dict[str, str] = {
    "propose": N_("Đề xuất"),
    "change": N_("Bổ sung, gửi lại"),
    "withdraw": N_("Rút đề xuất"),
    "return": N_("Trả lại để bổ sung"),
    "support": N_("Thẩm định: đề nghị đồng ý"),
    "oppose": N_("Thẩm định: đề nghị không đồng ý"),
    "approve": N_("Quyết định đồng ý"),
    "reject": N_("Quyết định không đồng ý"),
}
UPGRADE_KIND: dict[UpgradeKind, str] = {
    UpgradeKind.UPGRADE: N_("Nâng cấp, mở rộng hệ thống"),
    UpgradeKind.COMMENT: N_("Vướng mắc, góp ý về hệ thống"),
    UpgradeKind.SUPPORT: N_("Hỗ trợ sử dụng, vận hành"),
}
UPGRADE_STATE: dict[UpgradeState, tuple[str, str]] = {
    UpgradeState.REQUESTED: (N_("chờ xem xét"), "wait"),
    UpgradeState.REVIEWED: (N_("đã rà soát"), "wait"),
    UpgradeState.PROPOSED: (N_("đã đề xuất"), "wait"),
    UpgradeState.ANSWERED: (N_("đã trả lời"), "good"),
    UpgradeState.APPROVED: (N_("đã chấp thuận"), "good"),
    UpgradeState.REFUSED: (N_("không chấp thuận"), ""),
    UpgradeState.DEPLOYED: (N_("đã triển khai"), "good"),
    UpgradeState.WITHDRAWN: (N_("đã rút"), ""),
}
UPGRADE_STEP: dict[UpgradeStep, str] = {
    UpgradeStep.REQUEST: N_("Đã gửi yêu cầu"),
    UpgradeStep.WITHDRAW: N_("Đã rút yêu cầu"),
    UpgradeStep.REVIEW: N_("Đã rà soát"),
    UpgradeStep.ANSWER: N_("Đã trả lời"),
    UpgradeStep.PROPOSE: N_("Đã đề xuất"),
    UpgradeStep.APPROVE: N_("Ủy ban nhân dân tỉnh chấp thuận"),
    UpgradeStep.REFUSE: N_("Ủy ban nhân dân tỉnh không chấp thuận"),
    UpgradeStep.DEPLOY: N_("Đã triển khai"),
}
SOLUTION: dict[str, str] = {
    "business": N_("Giải pháp nghiệp vụ"),
    "identification": N_("Cách định danh người nộp"),
    "assurance": N_("Mức độ bảo đảm của phương thức xác thực"),
    "sources": N_("Nguồn dữ liệu, dịch vụ được chia sẻ, khai thác"),
}


def case_names(sheet: ProcedureSheet, other: str) -> list[tuple[str, str]]:
    """What a dossier of the procedure can be, as (answer, words); `other` names the last."""
    named = ((case, other if case == OTHER_CASE else case) for case in sheet.cases)
    return [(case, name[:1].upper() + name[1:]) for case, name in named]


def printed_term(printed: str, said: Callable[[str], str] = str) -> str:
    """What a publication says of a term with which the law does not count, in words: `15 ngày`.

    `printed` is its number and unit as a dossier keeps them (`15 day`), `said` puts words into the reader's
    language. Empty where no number was printed.
    """
    number, _, unit = printed.partition(" ")
    if not number[:1].isdigit():
        return ""
    if unit not in PRINTED_UNITS:
        return said(UNIT_NOT_STATED) % {"number": number}
    return f"{number} {said(PRINTED_UNITS[unit])}"


def level_names(scale: tuple[str, ...]) -> dict[OnlineLevel, str]:
    """The levels as the regulation of that scale calls them; 4 and 3 are full and partial by our mapping.

    Basis: KT22-23.1#1, QN20-3.5#1, PT24-2.3, PT24-2.4 (A24).
    """
    return NUMBERED_LEVEL if "4" in scale else LEVEL
