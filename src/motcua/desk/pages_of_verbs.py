"""One page for each verb an officer may use: its address, its words, and what will happen.

Who is told by which channel depends on the dossier: `desk.prospects` says it. The sentences are message
ids. The order is the order in which verbs are offered on the dossier page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from motcua.dossiers.enums import Verb
from motcua.dossiers.rules.life import RELAY_STEP
from motcua.dossiers.rules.state import OpenTask
from motcua.kernel.errors import N_

Tone = Literal["primary", "secondary", "warning"]


@dataclass(frozen=True, slots=True)
class VerbPage:
    """`consequences` say what happens after pressing `button`; `done` is said when it has. `told` is what the
    applicant is told, empty where an act tells them nothing."""

    verb: Verb
    slug: str
    title: str
    button: str
    consequences: tuple[str, ...]
    done: str
    tone: Tone = "primary"
    on_task: bool = False
    told: str = ""
    alone: tuple[str, str] = ("", "")  # `button` (or the same) and `done` where nothing reaches them

    @property
    def is_beside_papers(self) -> bool:
        """Whether the papers of the dossier are looked at beside the form."""
        return self.verb not in WITHOUT_PAPERS


# Acts that issue a slip, which can be looked at before, and is given to the applicant.
WITH_SLIP = frozenset(
    {
        *(Verb.ACCEPT, Verb.ISSUE_RECEIPT, Verb.REQUEST_SUPPLEMENT, Verb.RELEASE_SUPPLEMENT),
        *(Verb.DECLINE, Verb.EXTEND, Verb.STOP),
    }
)


# Acts that only move a dossier on, or concern people and dates: all others rest on what its papers say, so
# that the papers lie beside their form.
WITHOUT_PAPERS = frozenset(
    {
        *(Verb.HAND_OVER, Verb.REASSIGN, Verb.REMIND, Verb.EXTEND, Verb.ANNOUNCE, Verb.INVITE),
        Verb.CALL_OFF_VERIFICATION,
        *(Verb.RETURN_RESULT, Verb.RECORD_NON_COLLECTION, Verb.CLOSE, Verb.WITHDRAW, Verb.ISSUE_RECEIPT),
    }
)

PAGES: tuple[VerbPage, ...] = (
    VerbPage(
        Verb.ACCEPT,
        "tiep-nhan",
        N_("Tiếp nhận hồ sơ"),
        N_("Tiếp nhận"),
        (N_("Hồ sơ được cấp mã, thời hạn giải quyết bắt đầu tính."),),
        N_("Đã tiếp nhận hồ sơ."),
        told=N_("mã hồ sơ, ngày hẹn trả kết quả và khoản phải nộp (nếu có)"),
    ),
    VerbPage(
        Verb.RELEASE_SUPPLEMENT,
        "dong-y-yeu-cau-bo-sung",
        N_("Đồng ý gửi yêu cầu bổ sung"),
        N_("Đồng ý gửi"),
        (N_("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ được lập để in, trao cho người nộp."),),
        N_("Đã gửi yêu cầu bổ sung."),
        on_task=True,
        told=N_("giấy tờ phải bổ sung, lý do và hướng dẫn"),
        alone=("", N_("Đã lập yêu cầu bổ sung.")),
    ),
    VerbPage(
        Verb.RETURN_SUPPLEMENT,
        "tra-lai-yeu-cau-bo-sung",
        N_("Trả lại đề xuất yêu cầu bổ sung"),
        N_("Trả lại đề xuất"),
        (
            N_("Hồ sơ được xử lý tiếp như chưa có đề xuất; người nộp không được báo."),
            N_("Người đề xuất đọc được lý do trong lịch sử hồ sơ."),
        ),
        N_("Đã trả lại đề xuất."),
        "secondary",
        on_task=True,
    ),
    VerbPage(
        Verb.TELL_APPLICANT,
        "gui-thong-bao",
        N_("Gửi thông báo cho người nộp"),
        N_("Gửi cho người nộp"),
        (
            N_("Nội dung trên được gửi đúng như người giải quyết ghi, nhân danh bộ phận một cửa."),
            N_(
                "Nội dung chưa rõ hoặc không nên gửi thì đừng gửi: hãy trao đổi với người giải quyết hoặc "
                "báo lãnh đạo. Đến khi bạn gửi, người nộp chưa thấy nội dung này."
            ),
        ),
        N_("Đã gửi thông báo cho người nộp."),
        on_task=True,
        told=N_("nội dung trên"),
        alone=(N_("Ghi nhận, tự báo người nộp"), N_("Đã ghi nhận.")),
    ),
    VerbPage(
        Verb.SUPPLEMENT,
        "nhan-bo-sung",
        N_("Nhận giấy tờ bổ sung"),
        N_("Ghi nhận bổ sung"),
        (N_("Giấy tờ bổ sung được ghi vào hồ sơ."),),
        N_("Đã ghi nhận giấy tờ bổ sung."),
        told=N_("cơ quan đã nhận giấy tờ bổ sung"),
    ),
    VerbPage(
        Verb.HAND_OVER,
        "chuyen-xu-ly",
        N_("Chuyển hồ sơ cho đơn vị giải quyết"),
        N_("Chuyển xử lý"),
        (
            N_("Hồ sơ rời bộ phận một cửa và xuất hiện trong danh sách việc của đơn vị giải quyết."),
            N_("Người nộp không được báo riêng; trang tra cứu cho biết hồ sơ đang được giải quyết."),
        ),
        N_("Đã chuyển hồ sơ cho đơn vị giải quyết."),
        on_task=True,
    ),
    VerbPage(
        Verb.ASSIGN,
        "phan-cong",
        N_("Phân công thụ lý"),
        N_("Phân công"),
        (N_("Hồ sơ xuất hiện trong “Việc của tôi” của người được phân công."),),
        N_("Đã phân công thụ lý."),
        on_task=True,
    ),
    VerbPage(
        Verb.PROPOSE,
        "trinh-duyet",
        N_("Trình lãnh đạo"),
        N_("Trình"),
        (N_("Đề xuất của bạn đi cùng hồ sơ đến người làm bước tiếp theo."),),
        N_("Đã trình hồ sơ."),
        on_task=True,
    ),
    VerbPage(
        Verb.APPROVE,
        "phe-duyet",
        N_("Phê duyệt"),
        N_("Phê duyệt"),
        (N_("Sau khi phê duyệt, người nộp không rút được hồ sơ nữa."),),
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
            N_("Văn bản từ chối được cấp số và ban hành; bộ phận một cửa báo và trao cho người nộp."),
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
            N_("Kết quả có số, ký hiệu và đi cùng hồ sơ đến bước tiếp theo."),
            N_("Thời điểm này là lúc hồ sơ được tính là giải quyết xong."),
            N_("Người nộp chưa được báo: bộ phận một cửa báo khi có thể trao kết quả."),
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
        (N_("Hồ sơ chuyển sang chờ nhận kết quả."),),
        N_("Đã báo cho người nộp."),
        told=N_("kết quả đã có và cách nhận đã đăng ký"),
        alone=(N_("Chuyển sang chờ nhận"), N_("Đã chuyển hồ sơ sang chờ nhận kết quả.")),
    ),
    VerbPage(
        Verb.RETURN_RESULT,
        "tra-ket-qua",
        N_("Trả kết quả"),
        N_("Trả kết quả"),
        (N_("Hồ sơ được ghi là đã trả kết quả; cách trả và những gì bạn ghi trên trang này được lưu."),),
        N_("Đã trả kết quả."),
        told=N_("kết quả đã được trả"),
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
        Verb.ISSUE_RECEIPT,
        "lap-giay-tiep-nhan",
        N_("Lập giấy tiếp nhận theo đề nghị"),
        N_("Lập giấy tiếp nhận"),
        (
            N_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả được lập để in, trao cho người nộp."),
            N_("Mã hồ sơ, thời hạn và ngày hẹn trả không thay đổi."),
        ),
        N_("Đã lập giấy tiếp nhận. Hãy in ở mục “Phiếu đã lập”."),
        "secondary",
    ),
    VerbPage(
        Verb.REQUEST_SUPPLEMENT,
        "yeu-cau-bo-sung",
        N_("Yêu cầu bổ sung hồ sơ"),
        N_("Gửi yêu cầu bổ sung"),
        (N_("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ được lập để in, trao cho người nộp."),),
        N_("Đã lập yêu cầu bổ sung."),
        "secondary",
        told=N_("giấy tờ phải bổ sung, lý do và hướng dẫn"),
        alone=(N_("Lập yêu cầu bổ sung"), N_("Đã lập yêu cầu bổ sung.")),
    ),
    VerbPage(
        Verb.INVITE,
        "moi-den",
        N_("Mời người nộp đến bộ phận một cửa"),
        N_("Gửi lời mời"),
        (
            N_("Lịch hẹn được ghi vào hồ sơ."),
            N_("Nếu người nộp nhận kết quả tại quầy thì lần đến đó cũng là lần đối chiếu giấy tờ."),
        ),
        N_("Đã gửi lời mời."),
        "secondary",
        told=N_("giờ hẹn và nội dung làm việc"),
        alone=(N_("Ghi lịch hẹn"), N_("Đã ghi lịch hẹn.")),
    ),
    VerbPage(
        Verb.REDIRECT,
        "chuyen-co-quan",
        N_("Chuyển đến cơ quan có thẩm quyền"),
        N_("Chuyển hồ sơ"),
        (
            N_("Hồ sơ rời cơ quan này và chờ bộ phận một cửa của cơ quan bạn chọn kiểm tra."),
            N_("Cơ quan này không nhận lại hồ sơ đã chuyển đi."),
        ),
        N_("Đã chuyển hồ sơ đến cơ quan có thẩm quyền."),
        "warning",
        told=N_("hồ sơ được chuyển đến cơ quan nào và lý do"),
    ),
    VerbPage(
        Verb.RECORD_NON_COLLECTION,
        "chua-den-nhan",
        N_("Ghi nhận chưa đến nhận kết quả"),
        N_("Ghi nhận"),
        (
            N_("Kết quả vẫn chờ tại bộ phận một cửa."),
            N_("Hồ sơ đã có kết quả mà không nhận thì không được hoàn phí, lệ phí vì lý do đó."),
        ),
        N_("Đã ghi nhận chưa đến nhận kết quả."),
        "secondary",
        told=N_("kết quả vẫn đang chờ, hãy đến nhận"),
    ),
    VerbPage(
        Verb.CORRECT,
        "dinh-chinh",
        N_("Đính chính thông tin đã ghi"),
        N_("Đính chính"),
        (
            N_("Nội dung cũ không mất: lịch sử hồ sơ giữ cả nội dung cũ, nội dung mới và lý do."),
            N_("Giấy tờ, phiếu đã lập không thay đổi."),
        ),
        N_("Đã đính chính."),
        "secondary",
        told=N_("thông tin của hồ sơ được đính chính, kèm lý do"),
    ),
    VerbPage(
        Verb.SEND_BACK,
        "tra-lai-buoc-truoc",
        N_("Trả lại bước trước"),
        N_("Trả lại"),
        (
            N_("Hồ sơ quay về bước bạn chọn; người nhận lại việc được báo, kèm lý do bạn ghi."),
            N_("Thời hạn giải quyết vẫn tính tiếp, người nộp không bị ảnh hưởng."),
        ),
        N_("Đã trả lại hồ sơ cho bước trước."),
        "secondary",
        on_task=True,
    ),
    VerbPage(
        Verb.RESUME,
        "tinh-tiep-thoi-han",
        N_("Tính tiếp thời hạn"),
        N_("Tính tiếp"),
        (N_("Thời hạn chạy tiếp từ lúc này; ngày hẹn trả lùi đúng bằng thời gian đã tạm dừng."),),
        N_("Thời hạn đã chạy tiếp."),
        told=N_("thời hạn tính tiếp và ngày hẹn trả kết quả mới"),
    ),
    VerbPage(
        Verb.ANSWER,
        "cho-y-kien",
        N_("Cho ý kiến"),
        N_("Gửi ý kiến"),
        (
            N_("Ý kiến được ghi vào hồ sơ; người hỏi đọc được trên trang hồ sơ."),
            N_("Sau khi gửi, đơn vị bạn không còn mở được hồ sơ này nếu không tham gia giải quyết."),
        ),
        N_("Đã gửi ý kiến."),
        on_task=True,
    ),
    VerbPage(
        Verb.ENTRUST,
        "giao-phoi-hop",
        N_("Giao cơ quan phối hợp"),
        N_("Giao phần việc"),
        (
            N_("Phần việc xuất hiện trong danh sách việc của đơn vị được giao; đơn vị đó mở được hồ sơ."),
            N_("Đơn vị thụ lý vẫn chủ trì; bước sau chờ đủ các phần việc song song."),
            N_("Giao nhầm thì giao lại cho nơi khác hoặc lấy lại ở đây; nơi đang giữ phần việc được báo."),
        ),
        N_("Đã giao phần việc."),
        "secondary",
    ),
    VerbPage(
        Verb.CONSULT,
        "lay-y-kien",
        N_("Lấy ý kiến cơ quan, đơn vị khác"),
        N_("Gửi câu hỏi"),
        (
            N_("Câu hỏi xuất hiện trong danh sách việc của đơn vị được hỏi; đơn vị đó mở được hồ sơ này."),
            N_("Bước đang làm vẫn tiếp tục, thời hạn vẫn tính."),
            N_("Hết hạn mà không trả lời thì không coi là đồng ý."),
        ),
        N_("Đã gửi câu hỏi."),
        "secondary",
    ),
    VerbPage(
        Verb.REMIND,
        "nhac-tra-loi",
        N_("Nhắc trả lời ý kiến"),
        N_("Gửi lời nhắc"),
        (
            N_(
                "Người phải trả lời ở đơn vị được hỏi thấy lời nhắc ở “Thông báo”; ai đã chọn nhận thư điện "
                "tử về việc này thì nhận thêm thư."
            ),
            N_("Lời nhắc được ghi vào lịch sử hồ sơ. Việc gấp thì hãy gọi điện thêm."),
        ),
        N_("Đã nhắc."),
        "secondary",
    ),
    VerbPage(
        Verb.PLAN_VERIFICATION,
        "len-lich-xac-minh",
        N_("Lên lịch xác minh"),
        N_("Lên lịch"),
        (N_("Lịch được ghi vào hồ sơ để bộ phận một cửa biết."),),
        N_("Đã lên lịch xác minh."),
        "secondary",
        told=N_("thời gian, địa điểm và nội dung xác minh"),
    ),
    VerbPage(
        Verb.CALL_OFF_VERIFICATION,
        "huy-doi-lich-xac-minh",
        N_("Hủy hoặc dời lịch xác minh"),
        N_("Hủy hoặc dời lịch"),
        (
            N_("Lịch cũ, lịch mới nếu có và lý do được lưu cùng hồ sơ."),
            N_("Dời thì thành phần và nội dung xác minh giữ như cũ."),
        ),
        N_("Đã hủy hoặc dời lịch xác minh."),
        "secondary",
        told=N_("không phải đến theo lịch cũ, và lịch mới nếu có"),
    ),
    VerbPage(
        Verb.RECORD_VERIFICATION,
        "ghi-xac-minh",
        N_("Ghi kết quả xác minh"),
        N_("Ghi kết quả"),
        (
            N_("Thời gian, địa điểm, thành phần, nội dung và biên bản được lưu cùng hồ sơ."),
            N_("Người nộp không được báo."),
        ),
        N_("Đã ghi kết quả xác minh."),
        "secondary",
    ),
    VerbPage(
        Verb.ATTACH_DOCUMENT,
        "them-tai-lieu",
        N_("Thêm tài liệu khác"),
        N_("Thêm tài liệu"),
        (
            N_("Tài liệu được lưu cùng hồ sơ và ghi vào lịch sử; đã thêm thì không bỏ ra được."),
            N_("Nếu cho người nộp xem, người nộp thấy tài liệu trên trang hồ sơ của mình khi đã được báo."),
        ),
        N_("Đã thêm tài liệu vào hồ sơ."),
        "secondary",
        told=N_("có thêm tài liệu trong hồ sơ"),
    ),
    VerbPage(
        Verb.PAUSE,
        "cho-nghia-vu-tai-chinh",
        N_("Tạm dừng chờ nghĩa vụ tài chính"),
        N_("Tạm dừng"),
        (N_("Thời hạn dừng tính từ lúc này cho đến khi nghĩa vụ hoàn thành."),),
        N_("Đã tạm dừng tính thời hạn."),
        "secondary",
        told=N_("nghĩa vụ phải hoàn thành, đúng như bạn ghi"),
    ),
    VerbPage(
        Verb.EXTEND,
        "xin-loi-hen-lai",
        N_("Xin lỗi và hẹn lại ngày trả kết quả"),
        N_("Gửi phiếu xin lỗi"),
        (
            N_("Phiếu xin lỗi và hẹn lại ngày trả kết quả được lập để in, trao cho người nộp."),
            N_("Ngày hẹn đầu, ngày hẹn lại và lý do hiện trên trang tra cứu."),
        ),
        N_("Đã xin lỗi và hẹn lại."),
        "secondary",
        told=N_("lời xin lỗi, ngày hẹn lại và lý do"),
        alone=(N_("Lập phiếu xin lỗi"), N_("Đã lập phiếu xin lỗi và hẹn lại.")),
    ),
    VerbPage(
        Verb.REASSIGN,
        "giao-nguoi-khac",
        N_("Giao cho người khác"),
        N_("Giao việc"),
        (
            N_("Việc chuyển sang “Việc của tôi” của người được chọn."),
            N_("Thời hạn của bước và của hồ sơ vẫn tính tiếp."),
        ),
        N_("Đã giao cho người khác."),
        "secondary",
    ),
    VerbPage(
        Verb.DECLINE,
        "tu-choi-tiep-nhan",
        N_("Từ chối tiếp nhận hồ sơ"),
        N_("Từ chối tiếp nhận"),
        (N_("Hồ sơ kết thúc tại đây. Phiếu từ chối tiếp nhận được lập để in, trao cho người nộp."),),
        N_("Đã từ chối tiếp nhận hồ sơ."),
        "warning",
        told=N_("hồ sơ không được tiếp nhận, lý do và nơi nộp đúng (nếu có)"),
    ),
    VerbPage(
        Verb.WITHDRAW,
        "rut-ho-so",
        N_("Rút hồ sơ theo đề nghị của người nộp"),
        N_("Ghi nhận rút hồ sơ"),
        (
            N_("Chỉ ghi nhận khi chính người nộp đề nghị, bằng giấy hoặc nói trực tiếp và được ghi lại."),
            N_("Hồ sơ kết thúc; mọi việc đang chờ được bỏ."),
            N_("Hồ sơ không đủ điều kiện thì không rút: từ chối tiếp nhận, hoặc trình lãnh đạo từ chối."),
        ),
        N_("Đã ghi nhận rút hồ sơ."),
        "warning",
        told=N_("hồ sơ đã được rút theo đề nghị"),
    ),
    VerbPage(
        Verb.STOP,
        "dung-giai-quyet",
        N_("Dừng giải quyết theo đề nghị của người nộp"),
        N_("Ghi nhận dừng giải quyết"),
        (
            N_("Chỉ dừng khi chính người nộp đề nghị và chưa có quyết định giải quyết."),
            N_("Hồ sơ kết thúc mà không có quyết định; mọi việc đang chờ được bỏ."),
            N_("Hồ sơ không đủ điều kiện thì không dừng: đơn vị giải quyết trình lãnh đạo từ chối."),
        ),
        N_("Đã dừng giải quyết hồ sơ theo đề nghị của người nộp."),
        "warning",
        told=N_("hồ sơ đã dừng theo đề nghị"),
    ),
)
BY_SLUG = {page.slug: page for page in PAGES}
BY_VERB = {page.verb: page for page in PAGES}


RELAY = replace(
    BY_VERB[Verb.RELEASE_SUPPLEMENT],
    title=N_("Gửi yêu cầu bổ sung cho người nộp"),
    button=N_("Gửi yêu cầu bổ sung"),
)


def is_relay(task: OpenTask | None) -> bool:
    """Whether the desk has the task to send on what the leader agreed to."""
    return task is not None and task.kind == RELAY_STEP


def page_on(page: VerbPage, task: OpenTask | None) -> VerbPage:
    """The page of a verb on this task: agreeing to a supplement request is for the desk to send it."""
    return RELAY if page.verb is Verb.RELEASE_SUPPLEMENT and is_relay(task) else page
