"""Sample names and sentences. Nobody here exists: personal ids start with 000, addresses end in .example."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from motcua.kernel.text import fold

PASSWORD = "Xem-thu-2026"  # noqa: S105 - printed on the screen of the demo
GIVEN_PASSWORD = "Doi-ngay-2026"  # noqa: S105 - printed on the screen of the demo

HOTLINE = "0000 1022"  # no number of Vietnam begins so: nobody is called by mistake

FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Y",
    "H’",
)
MIDDLES = ("Văn", "Thị", "Minh", "Thanh", "Đức", "Ngọc", "Quốc", "Hồng", "Xuân", "Kim")
GIVEN = (
    "An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khoa", "Lâm", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sơn",
    "Thảo", "Uyên", "Vinh", "Xuyến", "Yến", "Đạt", "Hiếu", "Liên", "Tuấn", "Trang",
)  # fmt: skip
STREETS = ("Lê Duẩn", "Nguyễn Tất Thành", "Phan Chu Trinh", "Trần Phú", "Hùng Vương", "Quang Trung")

DECLINE_REASON = "Thủ tục này không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận."
DECLINE_PROVISION = "Khoản 1 Điều 17 Nghị định số 61/2018/NĐ-CP"
DECLINE_WAY = {
    "competent": "Ủy ban nhân dân cấp xã nơi cư trú",
    "guidance": "Mang giấy tờ đến bộ phận một cửa ở đó, hoặc nộp trực tuyến và chọn cơ quan đó.",
}
SUPPLEMENT_REASON = "Bản chụp giấy tờ mờ, không đọc được số và ngày cấp."
SUPPLEMENT_WHAT = "Bản chụp rõ, đủ các trang"
SUPPLEMENT_GUIDANCE = (
    "Chụp hoặc quét lại bản chính, đủ các góc giấy, rồi gửi bổ sung trên Cổng hoặc nộp tại quầy."
)
WITHDRAW_REASON = "Tôi đã thay đổi kế hoạch, xin rút hồ sơ."
WITHDRAW_REQUEST = "Đơn đề nghị rút hồ sơ"
STOP_REASON = "Người nộp chưa chuẩn bị được giấy tờ cần bổ sung và đề nghị dừng giải quyết để nộp lại sau."
STOP_REQUEST = "Đơn đề nghị dừng giải quyết hồ sơ"
GO_ON_NOTE = "Đã quá thời gian hướng dẫn mà chưa nhận được giấy tờ bổ sung; giải quyết theo hồ sơ hiện có."
PAYMENT_REASON = "Nộp lệ phí theo thông báo của cơ quan thuế."
PAYMENT_PROOF = "Biên lai thu số"
APOLOGY_REASON = "Cần thêm thời gian kiểm tra thực địa cùng Ủy ban nhân dân cấp xã."
SEND_BACK_REASON = "Dự thảo còn sai tên chủ hồ sơ, đề nghị rà soát lại."
OTHERWISE_REASON = "Căn cứ đề xuất từ chối đã hết hiệu lực; hồ sơ đủ điều kiện theo quy định hiện hành."
REFUSE_REASON = "Hồ sơ không đáp ứng điều kiện theo quy định tại căn cứ pháp lý của thủ tục."
GRANT_TEXT = "Hồ sơ hợp lệ, đủ điều kiện giải quyết."


def full_name(rng: Random) -> str:
    family = rng.choice(FAMILIES)
    if family in {"Y", "H’"}:
        return f"{family} {rng.choice(GIVEN)} {rng.choice(('Niê', 'Mlô', 'Êban', 'Byă'))}"
    return f"{family} {rng.choice(MIDDLES)} {rng.choice(GIVEN)}"


def personal_id(serial: int) -> str:
    """Twelve digits that no province issues."""
    return f"000{serial:09d}"


def phone(serial: int) -> str:
    return f"09{serial:08d}"


def email(name: str, serial: int) -> str:
    letters = "".join(letter for letter in fold(name) if letter.isascii() and letter.isalnum())
    return f"{letters}{serial}@hopthu.example"


def address(rng: Random, place: str) -> str:
    """A house in `place`, which may be named as its committee is."""
    place = place.removeprefix("Ủy ban nhân dân ")
    return f"{rng.randint(1, 300)} {rng.choice(STREETS)}, {place}"


def birthday(rng: Random) -> date:
    return date(1955, 1, 1) + timedelta(days=rng.randrange(365 * 50))
