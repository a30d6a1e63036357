"""What people agree to when they send a filing: which data, what for, who sees it, how long.

Each wording has a name, which is kept with the event that sent the filing. A wording that was ever asked
stays here as it was; another one gets another name, which then is `CONSENT` of `dossiers/rules/consent.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules.consent import CONSENT


@dataclass(frozen=True, slots=True)
class Point:
    question: str | Promise
    answer: str | Promise


@dataclass(frozen=True, slots=True)
class Consent:
    key: str
    points: tuple[Point, ...]


# What was said alike in every wording.
_WHICH = Point(_("Dữ liệu nào?"), _("Những gì bạn khai trong hồ sơ này và giấy tờ bạn gửi kèm."))
_WHAT_FOR = Point(
    _("Dùng để làm gì?"),
    _("Chỉ để giải quyết hồ sơ này, báo tin cho bạn và trả kết quả."),
)
_HOW_LONG = Point(
    _("Giữ bao lâu?"),
    _(
        "Theo thời hạn lưu trữ mà pháp luật quy định cho loại hồ sơ này. "
        "Bản chưa gửi thì cơ quan không xem được."
    ),
)
_RIGHTS = Point(
    _("Bạn có quyền gì?"),
    _(
        "Xem và tải về dữ liệu của mình, nhờ bộ phận một cửa sửa chỗ sai. "
        "Khi cơ quan chưa quyết định, bạn rút lại sự đồng ý bằng cách rút hồ sơ."
    ),
)

WORDINGS = {
    each.key: each
    for each in (
        Consent(
            "2026-1",
            (
                _WHICH,
                _WHAT_FOR,
                Point(
                    _("Ai xem được?"),
                    _(
                        "Cán bộ đang giải quyết hồ sơ, ở cơ quan này và cơ quan phối hợp. "
                        "Mỗi lần xem đều được ghi lại; bạn đọc được danh sách đó trong tài khoản. "
                        "Bên khác chỉ nhận được dữ liệu khi pháp luật quy định hoặc khi bạn đồng ý."
                    ),
                ),
                _HOW_LONG,
                _RIGHTS,
            ),
        ),
        Consent(
            "2026-2",
            (
                _WHICH,
                _WHAT_FOR,
                Point(
                    _("Ai xem được?"),
                    _(
                        "Cán bộ của bộ phận một cửa và của đơn vị giải quyết, lãnh đạo và văn thư của cơ "
                        "quan; cơ quan được hỏi ý kiến hoặc được giao phần việc, trong lúc làm phần việc đó; "
                        "nhân viên bưu chính theo hợp đồng, khi nhận hồ sơ hoặc chuyển kết quả. "
                        "Mỗi lần mở hồ sơ đều được ghi lại; bạn đọc được danh sách đó trong tài khoản. "
                        "Bên khác chỉ nhận được dữ liệu khi pháp luật quy định hoặc khi bạn đồng ý."
                    ),
                ),
                _HOW_LONG,
                _RIGHTS,
            ),
        ),
        Consent(
            "2026-3",
            (
                _WHICH,
                _WHAT_FOR,
                Point(
                    _("Ai xem được?"),
                    _(
                        "Cán bộ của bộ phận một cửa và của đơn vị giải quyết, lãnh đạo và văn thư của cơ "
                        "quan; cơ quan được hỏi ý kiến hoặc được giao phần việc, trong lúc làm phần việc đó; "
                        "nhân viên bưu chính theo hợp đồng, khi nhận hồ sơ hoặc chuyển kết quả; người quản "
                        "trị hệ thống của tỉnh, đối với thư hệ thống gửi đi, khi kiểm tra việc gửi. "
                        "Mỗi lần xem đều được ghi lại; bạn đọc được danh sách đó trong tài khoản. "
                        "Bên khác chỉ nhận được dữ liệu khi pháp luật quy định hoặc khi bạn đồng ý."
                    ),
                ),
                _HOW_LONG,
                _RIGHTS,
            ),
        ),
    )
}
NOW = WORDINGS[CONSENT]

# What is asked of sharing registered data, by the name that is kept with the answer; old words stay here.
SHARING: dict[str, tuple[str | Promise, ...]] = {
    "2026-1": (
        _(
            "Thông tin đã đăng ký là những gì có trong tài khoản của bạn: họ tên, số định danh, "
            "ngày sinh, địa chỉ, số điện thoại, thư điện tử. Giấy tờ và nội dung hồ sơ không thuộc "
            "phần này."
        ),
        _(
            "Nếu bạn cho phép, hệ thống được chia sẻ thông tin đó để thực hiện dịch vụ liên quan "
            "khi tổ chức có thẩm quyền yêu cầu. Nếu không, bạn vẫn nộp hồ sơ và nhận kết quả như "
            "thường; khi pháp luật quy định phải cung cấp thì cơ quan có thẩm quyền vẫn được cung "
            "cấp."
        ),
    ),
}
