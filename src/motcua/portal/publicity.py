"""What the regulation wants public, kind by kind, and how each kind is called here.

Basis: KT18-5.1.a, KT18-5.1.b, KT18-5.2#3, DL24-5.1 to DL24-5.10, PT24-5.1 to PT24-5.9, QN20-7.1#2, QN20-18,
KT22-23.1#2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from motcua.portal import province
from motcua.portal.words import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of public information. `basis`: clauses of all regulations that ask for it. `is_shown_anyway`:
    there are data, so the page stands also where the regulation is silent."""

    key: str
    slug: str
    title: Text
    about: Text
    basis: tuple[str, ...]
    is_shown_anyway: bool = True

    def clauses(self, short_name: str) -> tuple[str, ...]:
        return tuple(each for each in self.basis if each.startswith(f"{short_name}-"))


KINDS = (
    Kind(
        "services",
        "dich-vu-cong",
        _("Dịch vụ công và cơ quan cung cấp"),
        _("Mỗi thủ tục nộp trực tuyến được tới mức nào và những cơ quan nào giải quyết."),
        ("KT18-5.1.a#1", "DL24-5.1", "PT24-5.1", "QN20-7.1#2", "KT22-23.1#2"),
    ),
    Kind(
        "procedures",
        "thu-tuc",
        _("Thủ tục hành chính"),
        _("Danh mục thủ tục theo lĩnh vực; bấm vào một thủ tục để xem toàn bộ nội dung."),
        ("KT18-5.2#3", "QN20-7.1#2", "KT22-23.1#2"),
    ),
    Kind(
        "levels",
        "muc-do-truc-tuyen",
        _("Mức độ trực tuyến"),
        _("Mức độ cung cấp trực tuyến của từng thủ tục."),
        ("KT18-5.1.a#1",),
        is_shown_anyway=False,
    ),
    Kind(
        "time_limits",
        "thoi-han",
        _("Thời hạn giải quyết"),
        _("Thời hạn của từng thủ tục theo cách nộp và trường hợp."),
        ("KT18-13.4#1",),
    ),
    Kind(
        "fees",
        "phi-le-phi",
        _("Phí, lệ phí"),
        _("Mức phí, lệ phí của từng thủ tục."),
        ("KT18-13.4#1", "DL24-5.8"),
    ),
    Kind(
        "process",
        "quy-trinh",
        _("Quy trình giải quyết"),
        _("Các bước cơ quan làm khi giải quyết hồ sơ."),
        ("KT18-5.2#3",),
        is_shown_anyway=False,
    ),
    Kind(
        "guidance",
        "huong-dan",
        _("Hướng dẫn thực hiện"),
        _("Cách tìm thủ tục, nộp hồ sơ, theo dõi và nhận kết quả."),
        ("KT18-5.1.b#1", "DL24-5.3", "PT24-5.7#1"),
    ),
    Kind(
        "notices",
        "thong-bao",
        _("Thông báo"),
        _("Thông báo chung của hệ thống. Thông báo về từng hồ sơ chỉ gửi cho người nộp."),
        ("DL24-5.4",),
    ),
    Kind(
        "statistics",
        "so-lieu",
        _("Số liệu giải quyết thủ tục"),
        _("Số hồ sơ nộp, đã giải quyết và trễ hẹn của cả tỉnh và từng cơ quan."),
        ("KT18-5.1.b#2", "DL24-5.6", "PT24-5.2"),
    ),
    Kind(
        "evaluation",
        "danh-gia",
        _("Đánh giá và khảo sát hài lòng"),
        _("Kết quả đánh giá việc giải quyết thủ tục và khảo sát sự hài lòng."),
        ("DL24-5.5#1", "PT24-5.3"),
        is_shown_anyway=False,
    ),
    Kind(
        "petitions",
        "phan-anh-kien-nghi",
        _("Phản ánh, kiến nghị"),
        _("Nơi tiếp nhận phản ánh, kiến nghị về thủ tục và kết quả xử lý."),
        ("DL24-5.5#2", "PT24-5.8"),
    ),
    Kind(
        "contacts",
        "lien-he-co-quan",
        _("Cơ quan quản lý và liên hệ"),
        _("Cơ quan quản lý hệ thống và nơi liên hệ của các cơ quan giải quyết thủ tục."),
        ("DL24-5.7", "QN20-18"),
    ),
    Kind(
        "hotline",
        "duong-day-nong",
        _("Đường dây nóng"),
        _("Số điện thoại hỏi đáp và hỗ trợ."),
        ("DL24-5.7",),
    ),
    Kind(
        "payment",
        "thanh-toan",
        _("Thanh toán phí, lệ phí"),
        _("Các cách trả phí, lệ phí và nghĩa vụ tài chính."),
        ("DL24-5.8", "PT24-5.5"),
    ),
    Kind(
        "postal",
        "buu-chinh-cong-ich",
        _("Dịch vụ bưu chính công ích"),
        _("Những thủ tục gửi được qua bưu điện."),
        ("DL24-5.9",),
    ),
    Kind(
        "apologies",
        "van-ban-xin-loi",
        _("Văn bản xin lỗi vì trễ hẹn"),
        _("Văn bản xin lỗi tổ chức, cá nhân khi hồ sơ quá hẹn, đã che thông tin cá nhân."),
        ("DL24-5.10",),
        is_shown_anyway=False,
    ),
    Kind(
        "store",
        "kho-du-lieu",
        _("Kho dữ liệu điện tử của tổ chức, cá nhân"),
        _("Nơi giữ hồ sơ và kết quả để dùng lại cho thủ tục khác."),
        ("PT24-5.6",),
        is_shown_anyway=False,
    ),
    Kind(
        "catalogues",
        "danh-muc-dung-chung",
        _("Danh mục dữ liệu dùng chung"),
        _("Danh mục lấy từ Cổng Dịch vụ công quốc gia."),
        ("DL24-5.2",),
        is_shown_anyway=False,
    ),
    Kind(
        "other",
        "thong-tin-khac",
        _("Thông tin khác"),
        _("Thông tin khác do Ủy ban nhân dân tỉnh giao công khai."),
        ("PT24-5.4", "PT24-5.9"),
        is_shown_anyway=False,
    ),
)
PAYMENT_WAYS: dict[str, Text] = {
    "online": _("Trực tuyến"),
    "counter": _("Trực tiếp tại bộ phận một cửa"),
    "postal": _("Qua dịch vụ bưu chính công ích"),
    "commune_post_office": _("Tại bưu điện văn hóa xã"),
    "national_platform": _("Qua nền tảng thanh toán của Cổng Dịch vụ công quốc gia"),
    "other": _("Cách khác theo quy định"),
}
PETITION_CHANNELS: dict[str, Text] = {
    "system": _("Trên hệ thống này"),
    "email": _("Thư điện tử"),
    "hotline": _("Đường dây nóng"),
    "national": _("Hệ thống tiếp nhận, trả lời phản ánh, kiến nghị trên Cổng Dịch vụ công quốc gia"),
    "other": _("Cách khác theo quy định"),
}
RECEIVERS: dict[str, Text] = {
    "office": _("Văn phòng Ủy ban nhân dân tỉnh"),
    "agency": _("Cơ quan giải quyết thủ tục"),
    "dttt": _("Sở Thông tin và Truyền thông"),
}


def kinds_in_force(on: date) -> tuple[Kind, ...]:
    """What the regulation in force asks for, then what is public all the same."""
    rules = province.regulation(on)
    asked = rules.words("publicity.items") if rules else ()
    return tuple(
        [kind for kind in KINDS if kind.key in asked]
        + [kind for kind in KINDS if kind.key not in asked and kind.is_shown_anyway]
    )


def kind_at(slug: str, on: date) -> Kind | None:
    return next((kind for kind in kinds_in_force(on) if kind.slug == slug), None)
