"""What the regulation wants public, kind by kind, and how each kind is called here.

Which kinds, and by which clauses, stands in the regulation's file under `publicity.*`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.law.rules import Regulation
from motcua.portal import province
from motcua.portal.words import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of public information. `is_shown_anyway`: there are data, so the page stands also where the
    regulation is silent. `law_key` is the value whose clauses ask for it, if not of its own name."""

    key: str
    slug: str
    title: Text
    about: Text
    is_shown_anyway: bool = True
    law_key: str = ""

    def clauses(self, regulation: Regulation) -> tuple[str, ...]:
        """The clauses by which this is public; none where the regulation is silent, or says that it is not.

        Basis: KT18-5.1.a#1, KT18-5.1.a#2, KT18-5.1.b#1, KT18-5.1.b#2, KT18-5.2#3, KT18-3.2, DL24-5.1,
        DL24-5.2, DL24-5.3, DL24-5.4, DL24-5.6, DL24-5.7, DL24-5.8, DL24-5.9, DL24-5.10, DL24-11.3, PT24-5.1,
        PT24-5.2, PT24-5.4, PT24-5.5, PT24-5.7#1, PT24-5.9, QN20-7.1#2, QN20-18, KT22-23.1#2.
        """
        value = regulation.get(self.law_key or f"publicity.{self.key}")
        return value.clauses if value and value.value is not False else ()


KINDS = (
    Kind(
        "services",
        "dich-vu-cong",
        _("Dịch vụ công và cơ quan cung cấp"),
        _("Mỗi thủ tục nộp trực tuyến được tới mức nào và những cơ quan nào giải quyết."),
    ),
    Kind(
        "procedures",
        "thu-tuc",
        _("Thủ tục hành chính"),
        _("Danh mục thủ tục theo lĩnh vực; bấm vào một thủ tục để xem toàn bộ nội dung."),
    ),
    Kind(
        "levels",
        "muc-do-truc-tuyen",
        _("Mức độ trực tuyến"),
        _("Mức độ cung cấp trực tuyến của từng thủ tục."),
        is_shown_anyway=False,
    ),
    Kind(
        "online_list",
        "danh-muc-truc-tuyen",
        _("Danh mục dịch vụ công trực tuyến đã quyết định"),
        _("Những thủ tục đã có quyết định cung cấp trực tuyến, mức độ và ngày bắt đầu."),
        law_key="catalogue.assessed_by",
    ),
    Kind(
        "time_limits",
        "thoi-han",
        _("Thời hạn giải quyết"),
        _("Thời hạn của từng thủ tục theo cách nộp và trường hợp."),
    ),
    Kind(
        "fees",
        "phi-le-phi",
        _("Phí, lệ phí"),
        _("Mức phí, lệ phí của từng thủ tục."),
    ),
    Kind(
        "process",
        "quy-trinh",
        _("Quy trình giải quyết"),
        _("Các bước cơ quan làm khi giải quyết hồ sơ, và thời gian của từng bước."),
    ),
    Kind(
        "guidance",
        "huong-dan",
        _("Hướng dẫn thực hiện"),
        _("Cách tìm thủ tục, nộp hồ sơ, theo dõi và nhận kết quả."),
    ),
    Kind(
        "notices",
        "thong-bao",
        _("Thông báo"),
        _("Thông báo chung của hệ thống. Thông báo về từng hồ sơ chỉ gửi cho người nộp."),
    ),
    Kind(
        "statistics",
        "so-lieu",
        _("Số liệu giải quyết thủ tục"),
        _("Số hồ sơ nộp, đã giải quyết và trễ hẹn của cả tỉnh và từng cơ quan."),
    ),
    Kind(
        "use",
        "muc-do-su-dung",
        _("Mức độ sử dụng dịch vụ công trực tuyến"),
        _("Số hồ sơ nộp trực tuyến và số hồ sơ đã giải quyết của từng dịch vụ, theo năm."),
    ),
    Kind(
        "evaluation",
        "danh-gia",
        _("Đánh giá và khảo sát hài lòng"),
        _("Kết quả đánh giá việc giải quyết thủ tục và khảo sát sự hài lòng."),
        is_shown_anyway=False,
    ),
    Kind(
        "petitions",
        "phan-anh-kien-nghi",
        _("Phản ánh, kiến nghị"),
        _("Nơi tiếp nhận phản ánh, kiến nghị về thủ tục và kết quả xử lý."),
    ),
    Kind(
        "contacts",
        "lien-he-co-quan",
        _("Cơ quan quản lý và liên hệ"),
        _("Cơ quan quản lý hệ thống và nơi liên hệ của các cơ quan giải quyết thủ tục."),
    ),
    Kind(
        "hotline",
        "duong-day-nong",
        _("Đường dây nóng"),
        _("Số điện thoại hỏi đáp và hỗ trợ."),
    ),
    Kind(
        "payment",
        "thanh-toan",
        _("Thanh toán phí, lệ phí"),
        _("Các cách trả phí, lệ phí và nghĩa vụ tài chính."),
    ),
    Kind(
        "postal",
        "buu-chinh-cong-ich",
        _("Dịch vụ bưu chính công ích"),
        _("Những thủ tục gửi được qua bưu điện."),
    ),
    Kind(
        "apologies",
        "van-ban-xin-loi",
        _("Văn bản xin lỗi vì trễ hẹn"),
        _("Văn bản xin lỗi tổ chức, cá nhân khi hồ sơ quá hẹn, đã che thông tin cá nhân."),
        is_shown_anyway=False,
    ),
    Kind(
        "store",
        "kho-du-lieu",
        _("Kho dữ liệu điện tử của tổ chức, cá nhân"),
        _("Nơi giữ hồ sơ và kết quả để dùng lại cho thủ tục khác."),
        is_shown_anyway=False,
    ),
    Kind(
        "catalogues",
        "danh-muc-dung-chung",
        _("Danh mục dữ liệu dùng chung"),
        _("Danh mục lấy từ Cổng Dịch vụ công quốc gia."),
        is_shown_anyway=False,
    ),
    Kind(
        "other",
        "thong-tin-khac",
        _("Thông tin khác"),
        _("Thông tin khác do Ủy ban nhân dân tỉnh giao công khai."),
        is_shown_anyway=False,
    ),
)
PAYMENT_WAYS: dict[str, Text] = {
    "online": _("Trực tuyến"),
    "counter": _("Trực tiếp tại bộ phận một cửa"),
    "postal": _("Qua dịch vụ bưu chính công ích"),
    "commune_post_office": _("Tại bưu điện xã, phường, thị trấn"),
    "national_platform": _("Qua nền tảng thanh toán của Cổng Dịch vụ công quốc gia"),
    "other": _("Cách khác theo quy định"),
}
PETITION_CHANNELS: dict[str, Text] = {
    "email": _("Thư điện tử"),
    "hotline": _("Đường dây nóng"),
    "national": _("Hệ thống tiếp nhận, trả lời phản ánh, kiến nghị trên Cổng Dịch vụ công quốc gia"),
    "other": _("Cách khác theo quy định"),
}


def kinds_in_force(on: date) -> tuple[Kind, ...]:
    """What the regulation in force asks for, then what is public all the same."""
    rules = province.regulation(on)
    asked = {kind.key for kind in KINDS if rules and not kind.law_key and kind.clauses(rules)}
    return tuple(
        [kind for kind in KINDS if kind.key in asked]
        + [kind for kind in KINDS if kind.key not in asked and kind.is_shown_anyway]
    )


def address_of(key: str, on: date) -> str:
    """Where that kind is published; empty where it is not."""
    kind = next((kind for kind in kinds_in_force(on) if kind.key == key), None)
    return reverse("portal:information", args=[kind.slug]) if kind else ""


def kind_at(slug: str, on: date) -> Kind | None:
    return next((kind for kind in kinds_in_force(on) if kind.slug == slug), None)
