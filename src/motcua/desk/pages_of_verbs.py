"""One page for each verb an officer may use: its address, its words, and what will happen.

The sentences are message ids. The order is the order in which verbs are offered on the dossier page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from motcua.dossiers.enums import Verb
from motcua.kernel.errors import N_

Tone = Literal["primary", "secondary", "warning"]


@dataclass(frozen=True, slots=True)
class VerbPage:
    """`consequences` say what happens after pressing `button`; `done` is said when it has."""

    verb: Verb
    slug: str
    title: str
    button: str
    consequences: tuple[str, ...]
    done: str
    tone: Tone = "primary"
    on_task: bool = False


PAGES: tuple[VerbPage, ...] = (
    VerbPage(
        Verb.ACCEPT,
        "tiep-nhan",
        N_("Tiếp nhận hồ sơ"),
        N_("Tiếp nhận"),
        (
            N_("Hồ sơ được cấp mã và có ngày hẹn trả kết quả."),
            N_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả được lập để in."),
            N_("Người nộp sẽ nhận tin nhắn."),
        ),
        N_("Đã tiếp nhận hồ sơ."),
    ),
    VerbPage(
        Verb.RELEASE_SUPPLEMENT,
        "dong-y-yeu-cau-bo-sung",
        N_("Đồng ý gửi yêu cầu bổ sung"),
        N_("Đồng ý gửi"),
        (
            N_("Người nộp sẽ nhận tin nhắn; thời hạn tạm dừng cho đến khi bổ sung đủ."),
            N_("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ được lập để in."),
        ),
        N_("Đã gửi yêu cầu bổ sung."),
        on_task=True,
    ),
    VerbPage(
        Verb.RETURN_SUPPLEMENT,
        "tra-lai-yeu-cau-bo-sung",
        N_("Trả lại đề xuất yêu cầu bổ sung"),
        N_("Trả lại đề xuất"),
        (N_("Hồ sơ được xử lý tiếp như chưa có đề xuất; người nộp không nhận tin nhắn."),),
        N_("Đã trả lại đề xuất."),
        "secondary",
        on_task=True,
    ),
    VerbPage(
        Verb.SUPPLEMENT,
        "nhan-bo-sung",
        N_("Nhận giấy tờ bổ sung"),
        N_("Ghi nhận bổ sung"),
        (
            N_("Giấy tờ bổ sung được ghi vào hồ sơ."),
            N_("Hồ sơ được kiểm tra lại; nếu đã tiếp nhận thì thời hạn tính tiếp từ lúc này."),
            N_("Người nộp sẽ nhận tin nhắn."),
        ),
        N_("Đã ghi nhận giấy tờ bổ sung."),
    ),
    VerbPage(
        Verb.HAND_OVER,
        "chuyen-xu-ly",
        N_("Chuyển hồ sơ cho đơn vị giải quyết"),
        N_("Chuyển xử lý"),
        (N_("Hồ sơ rời bộ phận một cửa và xuất hiện trong danh sách của đơn vị giải quyết."),),
        N_("Đã chuyển hồ sơ cho đơn vị giải quyết."),
        on_task=True,
    ),
    VerbPage(
        Verb.ASSIGN,
        "phan-cong",
        N_("Phân công thụ lý"),
        N_("Phân công"),
        (N_("Hồ sơ xuất hiện trong “Việc của tôi” của người được phân công, người đó nhận được thông báo."),),
        N_("Đã phân công thụ lý."),
        on_task=True,
    ),
    VerbPage(
        Verb.PROPOSE,
        "trinh-duyet",
        N_("Trình lãnh đạo"),
        N_("Trình"),
        (N_("Đề xuất của bạn và hồ sơ được chuyển lên bước tiếp theo của quy trình."),),
        N_("Đã trình hồ sơ."),
        on_task=True,
    ),
    VerbPage(
        Verb.APPROVE,
        "phe-duyet",
        N_("Phê duyệt"),
        N_("Phê duyệt"),
        (
            N_("Hồ sơ được giải quyết theo đề xuất; văn thư cấp số và ban hành kết quả."),
            N_("Sau khi phê duyệt, người nộp không rút được hồ sơ nữa."),
        ),
        N_("Đã phê duyệt."),
        on_task=True,
    ),
    VerbPage(
        Verb.REFUSE,
        "tu-choi-giai-quyet",
        N_("Từ chối giải quyết"),
        N_("Từ chối giải quyết"),
        (
            N_("Lý do bạn ghi là nội dung trả lời cho người nộp."),
            N_("Văn thư cấp số và ban hành văn bản từ chối."),
        ),
        N_("Đã quyết định từ chối giải quyết."),
        "warning",
        on_task=True,
    ),
    VerbPage(
        Verb.ISSUE_RESULT,
        "ban-hanh-ket-qua",
        N_("Ban hành kết quả"),
        N_("Ban hành"),
        (
            N_("Kết quả có số, ký hiệu và được chuyển về bộ phận một cửa."),
            N_("Thời điểm này là lúc hồ sơ được tính là giải quyết xong."),
        ),
        N_("Đã ban hành kết quả."),
        on_task=True,
    ),
    VerbPage(
        Verb.COMPLETE_STEP,
        "hoan-thanh-buoc",
        N_("Hoàn thành bước"),
        N_("Hoàn thành"),
        (N_("Hồ sơ đi tiếp theo kết quả xử lý bạn chọn."),),
        N_("Đã hoàn thành bước."),
        "secondary",
        on_task=True,
    ),
    VerbPage(
        Verb.ANNOUNCE,
        "bao-co-ket-qua",
        N_("Báo đã có kết quả"),
        N_("Gửi thông báo"),
        (N_("Người nộp sẽ nhận tin nhắn mời đến nhận kết quả theo cách đã đăng ký."),),
        N_("Đã báo cho người nộp."),
    ),
    VerbPage(
        Verb.RETURN_RESULT,
        "tra-ket-qua",
        N_("Trả kết quả"),
        N_("Trả kết quả"),
        (
            N_("Hồ sơ được ghi là đã trả kết quả; người nhận và chứng cứ giao nhận được lưu."),
            N_("Người nộp sẽ nhận tin nhắn."),
        ),
        N_("Đã trả kết quả."),
    ),
    VerbPage(
        Verb.CLOSE,
        "ket-thuc",
        N_("Kết thúc và lưu hồ sơ"),
        N_("Kết thúc hồ sơ"),
        (N_("Hồ sơ được đưa vào lưu trữ và không còn việc nào chờ."),),
        N_("Đã kết thúc hồ sơ."),
    ),
    VerbPage(
        Verb.REQUEST_SUPPLEMENT,
        "yeu-cau-bo-sung",
        N_("Yêu cầu bổ sung hồ sơ"),
        N_("Gửi yêu cầu bổ sung"),
        (
            N_("Người nộp sẽ nhận tin nhắn; thời hạn tạm dừng cho đến khi bổ sung đủ."),
            N_("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ được lập để in."),
            N_("Hãy hướng dẫn đầy đủ trong một lần."),
            N_("Nơi quy chế yêu cầu kiểm soát, yêu cầu được gửi khi người có thẩm quyền đồng ý."),
        ),
        N_("Đã lập yêu cầu bổ sung."),
        "secondary",
    ),
    VerbPage(
        Verb.INVITE,
        "moi-den",
        N_("Mời người nộp đến Bộ phận Một cửa"),
        N_("Gửi lời mời"),
        (
            N_("Người nộp sẽ nhận tin nhắn ghi giờ hẹn và nội dung."),
            N_("Nếu người nộp nhận kết quả tại quầy thì lần đến đó cũng là lần đối chiếu giấy tờ."),
        ),
        N_("Đã gửi lời mời."),
        "secondary",
    ),
    VerbPage(
        Verb.SEND_BACK,
        "tra-lai-buoc-truoc",
        N_("Trả lại bước trước"),
        N_("Trả lại"),
        (
            N_("Hồ sơ quay về bước bạn chọn, kèm lý do bạn ghi."),
            N_("Thời hạn giải quyết vẫn tính tiếp, người nộp không bị ảnh hưởng."),
        ),
        N_("Đã trả lại hồ sơ cho bước trước."),
        "secondary",
        on_task=True,
    ),
    VerbPage(
        Verb.DECLINE,
        "tu-choi-tiep-nhan",
        N_("Từ chối tiếp nhận hồ sơ"),
        N_("Từ chối tiếp nhận"),
        (
            N_("Hồ sơ kết thúc tại đây. Phiếu từ chối tiếp nhận được lập để in."),
            N_("Người nộp sẽ nhận tin nhắn kèm lý do."),
        ),
        N_("Đã từ chối tiếp nhận hồ sơ."),
        "warning",
    ),
    VerbPage(
        Verb.WITHDRAW,
        "rut-ho-so",
        N_("Rút hồ sơ theo đề nghị của người nộp"),
        N_("Ghi nhận rút hồ sơ"),
        (
            N_("Hồ sơ kết thúc; mọi việc đang chờ được bỏ."),
            N_("Người nộp sẽ nhận tin nhắn xác nhận."),
        ),
        N_("Đã ghi nhận rút hồ sơ."),
        "warning",
    ),
    VerbPage(
        Verb.STOP,
        "dung-giai-quyet",
        N_("Dừng giải quyết hồ sơ"),
        N_("Dừng giải quyết"),
        (
            N_("Hồ sơ kết thúc mà không có quyết định; mọi việc đang chờ được bỏ."),
            N_("Người nộp sẽ nhận tin nhắn kèm lý do."),
        ),
        N_("Đã dừng giải quyết hồ sơ."),
        "warning",
    ),
)
BY_SLUG = {page.slug: page for page in PAGES}
BY_VERB = {page.verb: page for page in PAGES}
