"""Facts for looking at a message before anybody gets it. Nobody in them exists."""

from __future__ import annotations

from motcua.notify.rules import messages

RECIPIENT = "Nguyễn Văn Mẫu"
_NUMBER = "000.00.00.H15-260302-0001"
_FACTS = {
    "agency": "Ủy ban nhân dân phường Mẫu",
    "answer": "Nhất trí với đề xuất.",
    "awaits_papers": "",
    "asked_of": "Công an phường Mẫu",
    "began": "08 giờ 00 phút, ngày 02 tháng 3 năm 2026",
    "began_at": "2026-03-02T08:00:00+07:00",
    "bring": "Giấy chứng sinh",
    "by_post": "",
    "call": "0905 000 000",
    "clauses": "QN20-6.1.a",
    "decision": "12/QĐ-UBND",
    "declared_by": "Trần Thị Mẫu",
    "desk": "Bộ phận một cửa",
    "device": "Chrome trên Windows",
    "document": "Công văn trả lời của Sở Xây dựng",
    "due": "17 giờ 00 phút, ngày 05 tháng 3 năm 2026",
    "due_at": "2026-03-05T17:00:00+07:00",
    "ended": "11 giờ 00 phút, ngày 02 tháng 3 năm 2026",
    "ended_at": "2026-03-02T11:00:00+07:00",
    "ends": "17 giờ 00 phút, ngày 03 tháng 3 năm 2026",
    "fees": "- Lệ phí: 8.000 đồng",
    "first": "",
    "by": "Nguyễn Thị Lan",
    "guidance": "Chụp rõ bản chính, đủ bốn góc giấy, rồi gửi trên trang theo dõi hồ sơ.",
    "guide": "Trần Thị Mẫu",
    "in_vain": "",
    "instead_of": "",
    "is_checked": "",
    "is_given": "1",
    "is_late": "",
    "items": "- Giấy chứng sinh: bản chụp rõ, đủ các trang",
    "last": "",
    "last_day": "29/11/2026",
    "link": "https://dichvucong.example.vn/ho-so-cua-toi/",
    "minutes": "10",
    "moment": "09 giờ 15 phút, ngày 02 tháng 3 năm 2026",
    "moved": "17 giờ 00 phút, ngày 06 tháng 3 năm 2026",
    "no_refund": "",
    "number": "3",
    "opening": "07 giờ 30 phút, ngày 06 tháng 3 năm 2026",
    "opens": "07:30, 6 March 2026",
    "organisation": "Hợp tác xã Mẫu",
    "other": "Lê Văn Mẫu",
    "paper": "https://dichvucong.example.vn/ho-so-cua-toi/",
    "pay_by_procedure": "",
    "pay_ways": "online counter",
    "place": "Ủy ban nhân dân phường Mẫu",
    "procedure": "Thủ tục đăng ký khai sinh",
    "purpose": "Xem xét hiện trạng thửa đất",
    "question": "Đề nghị cho ý kiến về nguồn gốc đất.",
    "reason": "Bản chụp giấy tờ mờ, không đọc được số và ngày cấp.",
    "reference": _NUMBER,
    "remedy": "Hệ thống đã hoạt động trở lại.",
    "requested_on": "02/03/2026",
    "sent": "- Giấy chứng sinh",
    "share": "80",
    "since": "02/03/2026",
    "receipt": "08 giờ 00 phút, ngày 02 tháng 3 năm 2026",
    "receipt_at": "2026-03-02T08:00:00+07:00",
    "starts": "07 giờ 30 phút, ngày 03 tháng 3 năm 2026",
    "until": "01/03/2027",
    "was_due": "17 giờ 00 phút, ngày 04 tháng 3 năm 2026",
    "was_due_at": "2026-03-04T17:00:00+07:00",
    "what": "Kiểm tra hồ sơ mới nộp",
    "when": "09 giờ 00 phút, ngày 04 tháng 3 năm 2026",
    "when_at": "2026-03-04T09:00:00+07:00",
    "year": "2027",
}


def facts(key: str, *, hotline: str) -> dict[str, str]:
    """What a message of this key could carry. A secret code has six digits."""
    code = "123456" if messages.kind(key).is_secret or key.startswith("account.") else _NUMBER
    return _FACTS | {"code": code, "hotline": hotline}
