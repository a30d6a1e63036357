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
    (
        Verb.REDIRECT,
        "Nộp nhầm cơ quan",
        "Theo quy định, thủ tục này do cơ quan nơi […] giải quyết nên hồ sơ được chuyển đến đó.",
    ),
    (
        Verb.RETURN_SUPPLEMENT,
        "Giấy tờ đã có trong hồ sơ",
        "Giấy tờ […] đã có trong hồ sơ, không yêu cầu người nộp lần nữa.",
    ),
    (Verb.SEND_BACK, "Chưa rõ căn cứ", "Dự thảo chưa nêu căn cứ tại […]. Đề nghị bổ sung rồi trình lại."),
    (Verb.REASSIGN, "Nghỉ phép", "Người đang phụ trách nghỉ phép đến hết ngày […]."),
    (
        Verb.INVITE,
        "Đối chiếu bản chính",
        "Mời Ông/Bà mang bản chính […] đến đối chiếu với bản đã nộp trực tuyến.",
    ),
    (
        Verb.RECORD_NON_COLLECTION,
        "Đã báo, chưa đến",
        "Đã báo ngày […] và gọi điện ngày […], người nộp chưa đến nhận.",
    ),
    (Verb.STOP, "Sẽ nộp lại sau", "Ông/Bà chưa chuẩn bị được […] và sẽ nộp lại sau."),
)


def keep_samples(at: datetime) -> None:
    for verb, title, text in SAMPLES:
        services.add_reason(actor=SYSTEM, at=at, agency_id=None, verb=verb, title=title, text=text)
