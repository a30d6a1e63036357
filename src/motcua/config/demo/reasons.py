"""Templates of reasons for the sample province: made up, as everything in it."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.kernel.actors import SYSTEM

SAMPLES = (
    (
        Verb.DECLINE,
        "Không thuộc thẩm quyền",
        "Thủ tục này do […] giải quyết. Ông/Bà vui lòng nộp hồ sơ tại cơ quan đó hoặc qua Cổng Dịch vụ công.",
    ),
    (
        Verb.REQUEST_SUPPLEMENT,
        "Thiếu chữ ký trên tờ khai",
        "Tờ khai chưa có chữ ký của người yêu cầu, nên chưa đủ căn cứ để tiếp nhận.",
    ),
    (
        Verb.REQUEST_SUPPLEMENT,
        "Bản chụp không đọc được",
        "Bản chụp […] bị mờ hoặc thiếu trang, không đọc được đầy đủ nội dung.",
    ),
    (
        Verb.PAUSE,
        "Nộp thuế, lệ phí trước bạ",
        "Ông/Bà cần nộp […] đồng theo Thông báo số […] của cơ quan thuế. Nộp xong, thời hạn được tính tiếp.",
    ),
    (
        Verb.EXTEND,
        "Chưa có ý kiến của cơ quan phối hợp",
        "Cơ quan được lấy ý kiến chưa trả lời; chúng tôi đã đôn đốc và sẽ trả kết quả theo ngày hẹn lại.",
    ),
    (
        Verb.REFUSE,
        "Không đủ điều kiện theo quy định",
        "Hồ sơ không đáp ứng điều kiện quy định tại […]: […].",
    ),
    (Verb.STOP, "Người nộp không bổ sung", "Quá thời hạn yêu cầu mà Ông/Bà chưa bổ sung […]."),
)


def keep_samples(at: datetime) -> None:
    for verb, title, text in SAMPLES:
        services.add_reason(actor=SYSTEM, at=at, agency_id=None, verb=verb, title=title, text=text)
