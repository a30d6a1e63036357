"""Questions that are often asked, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from motcua.kernel.errors import N_
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer, and where to go on: an address with the words of its link."""

    key: str
    question: str
    answer: str
    href: str = ""
    link: str = ""


# (key, question, answer, section of the guide or address by name, words of the link)
_ASKED: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "khong-quen-mang",
        N_("Tôi không có máy tính, không quen dùng mạng thì sao?"),
        N_(
            "Bạn vẫn nộp được tại bộ phận một cửa. "
            "Cán bộ sẽ nhập hồ sơ giúp bạn và in giấy hẹn có mã để theo dõi."
        ),
        "#khong-co-thu-dien-tu-hoac-dien-thoai-thong-minh",
        N_("Làm thế nào khi không có thư điện tử"),
    ),
    (
        "mat-tien-khong",
        N_("Dùng trang này có mất tiền không?"),
        N_("Không. Bạn chỉ trả phí, lệ phí của thủ tục, ghi rõ ở trang của thủ tục đó."),
        "portal:procedures",
        N_("Tìm thủ tục"),
    ),
    (
        "thieu-giay-to",
        N_("Hồ sơ thiếu giấy tờ thì tôi được báo thế nào?"),
        N_(
            "Bạn nhận thông báo trong hộp thư của trang và qua thư điện tử, nói rõ phải bổ sung gì. "
            "Trong khi chờ bạn bổ sung, thời hạn được tính lại theo quy định."
        ),
        "#bo-sung-ho-so",
        N_("Cách bổ sung hồ sơ"),
    ),
    (
        "anh-chup",
        N_("Giấy tờ chụp bằng điện thoại có được không?"),
        N_("Được, nếu chụp đủ bốn góc và đọc rõ chữ. Trang cũng nhận tệp PDF, DOCX và XLSX."),
        "#chuan-bi-giay-to",
        N_("Cách chụp giấy tờ"),
    ),
    (
        "nop-thay",
        N_("Tôi nộp thay người khác được không?"),
        N_(
            "Được. Khi nộp hãy chọn là bạn nộp thay, ghi thông tin của người có yêu cầu "
            "và kèm giấy ủy quyền nếu thủ tục cần."
        ),
        "#nop-thay-nguoi-khac",
        N_("Cách nộp thay"),
    ),
    (
        "nop-luc-nao",
        N_("Tôi nộp hồ sơ ban đêm, ngày nghỉ được không?"),
        N_("Được. Hồ sơ gửi ngoài giờ làm việc được tính từ lúc cơ quan mở cửa trở lại."),
        "#hieu-ngay-hen-tra-ket-qua",
        N_("Thời hạn tính thế nào"),
    ),
    (
        "vi-sao-ngay-hen",
        N_("Vì sao ngày hẹn rơi vào hôm đó?"),
        N_("Trang tra cứu có phần “Vì sao có ngày hẹn này?” kể từng ngày được tính và không được tính."),
        "portal:tracking",
        N_("Tra cứu hồ sơ"),
    ),
    (
        "mat-giay-hen",
        N_("Tôi làm mất giấy hẹn thì sao?"),
        N_(
            "Nếu có tài khoản, bạn mở hồ sơ và in lại giấy hẹn. Nếu không, mang thẻ căn cước tới nơi đã nộp, "
            "cán bộ tìm hồ sơ và in lại cho bạn."
        ),
        "#theo-doi-ho-so",
        N_("Cách theo dõi hồ sơ"),
    ),
    (
        "qua-hen",
        N_("Hồ sơ quá hẹn thì tôi làm gì?"),
        N_(
            "Hãy gọi đường dây nóng hoặc hỏi bộ phận một cửa nơi nộp, đọc mã hồ sơ. "
            "Bạn cũng có thể gửi phản ánh, kiến nghị."
        ),
        "#khi-ho-so-qua-hen",
        N_("Các việc bạn làm được khi quá hẹn"),
    ),
    (
        "rut-ho-so",
        N_("Tôi muốn rút hồ sơ"),
        N_(
            "Mở hồ sơ trong “Hồ sơ của tôi” và chọn rút hồ sơ khi chưa có kết quả. "
            "Hồ sơ nộp tại quầy thì hỏi bộ phận một cửa."
        ),
        "#rut-ho-so",
        N_("Cách rút hồ sơ"),
    ),
    (
        "dong-tai-khoan",
        N_("Tôi không dùng tài khoản nữa, đóng thế nào?"),
        N_(
            "Vào Tài khoản của tôi, chọn Đóng tài khoản. Hồ sơ đã nộp ở lại với cơ quan và theo dõi được "
            "bằng mã; bản đang soạn bị bỏ."
        ),
        "#dong-tai-khoan",
        N_("Cách đóng tài khoản"),
    ),
    (
        "lua-dao",
        N_("Có người gọi, tự xưng cán bộ, hỏi mật khẩu hoặc mã xác nhận"),
        N_(
            "Đừng đọc cho ai. Cán bộ không bao giờ hỏi mật khẩu hay mã xác nhận. "
            "Nếu đã lỡ đọc, hãy đổi mật khẩu ngay."
        ),
        "#giu-an-toan-tai-khoan",
        N_("Giữ an toàn tài khoản"),
    ),
)


def questions() -> tuple[Question, ...]:
    return tuple(
        Question(key, gettext(question), gettext(answer), _href(to), gettext(link))
        for key, question, answer, to, link in _ASKED
    )


def _href(to: str) -> str:
    return reverse("portal:guide") + to if to.startswith("#") else reverse(to)


def find(asked: str) -> tuple[Question, ...]:
    """The questions that have every word asked for, in themselves or the answer, with or without accents."""
    words = fold(asked).split()
    return tuple(
        each
        for each in questions()
        if words and all(word in fold(f"{each.question} {each.answer}") for word in words)
    )
