"""What the province may put into a letter that it writes itself: named places, and which it must keep.

A place stands in braces, in Vietnamese words: `{mã hồ sơ}`. Both languages use the same words.
"""

from __future__ import annotations

from dataclasses import dataclass

from motcua.kernel.errors import N_


@dataclass(frozen=True, slots=True)
class Place:
    """`fact` is the name under which a letter carries it; a `is_part` is a sentence of ours, worded by its
    own template because it depends on the dossier; an `is_list` has a line for each thing. One that is not
    `is_always` there may be empty."""

    fact: str
    word: str
    meaning: str
    is_always: bool = False
    is_part: bool = False
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Needed:
    """A place that this kind of letter may not lose, and why."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Kind:
    places: tuple[Place, ...]
    needed: tuple[Needed, ...]


CODE = Place("code", "mã hồ sơ", N_("Mã để tra cứu hồ sơ"), is_always=True)
_COMMON = (
    Place("recipient", "người nhận", N_("Họ tên người nhận thư"), is_always=True),
    CODE,
    Place("procedure", "thủ tục", N_("Tên thủ tục của hồ sơ"), is_always=True),
    Place("agency", "cơ quan", N_("Cơ quan giải quyết hồ sơ"), is_always=True),
    Place("link", "trang hồ sơ", N_("Địa chỉ trang của hồ sơ trên Cổng Dịch vụ công"), is_always=True),
    Place("hotline", "số hỗ trợ", N_("Số điện thoại của cơ quan và số hỗ trợ của tỉnh")),
)
_DUE = Place("due", "ngày hẹn trả", N_("Ngày, giờ hẹn trả kết quả"))
_REASON = Place("reason", "lý do", N_("Lý do cán bộ đã ghi"))
_BRING = Place("bring", "bản chính cần mang", N_("Giấy tờ bản chính cần mang theo để đối chiếu"))
_PAPER = Place("paper", "trang xác nhận", N_("Địa chỉ trang có bản xác nhận đã gửi"))
_ITEMS = Place(
    "items", "giấy tờ yêu cầu", N_("Những giấy tờ cơ quan đã yêu cầu, mỗi giấy tờ một dòng"), is_list=True
)
_GUIDANCE = Place("guidance", "hướng dẫn", N_("Điều cán bộ hướng dẫn người nộp làm"))
_ASK = Place("whom_to_ask", "nơi hướng dẫn", N_("Bộ phận một cửa và người hướng dẫn"), is_part=True)
_CLOSED = Place(
    "closed", "thời gian nghỉ", N_("Ngày hoặc giờ cơ quan nghỉ làm việc"), is_always=True, is_part=True
)

_WHICH = Needed(CODE, N_("Người dân phải biết thư nói về hồ sơ nào."))


def _why(place: Place, why: str) -> Needed:
    return Needed(place, why)


_WHEN_READY = _why(_DUE, N_("Người dân phải biết ngày hẹn trả kết quả."))
_WHY = _why(_REASON, N_("Người dân phải biết vì sao."))


def _kind(*own: Place, needs: tuple[Needed, ...] = ()) -> Kind:
    return Kind((*_COMMON, *own), (_WHICH, *needs))


def _sentence(fact: str, word: str, meaning: str, *, is_always: bool = True) -> Place:
    return Place(fact, word, meaning, is_always=is_always, is_part=True)


_PAY = _sentence("how_to_pay", "cách nộp tiền", N_("Những cách nộp phí, lệ phí"), is_always=False)
_NEXT = _sentence(
    "next_step", "bước tiếp theo", N_("Việc cơ quan hoặc người nộp làm tiếp, và thời hạn nếu có")
)
_AFTER = _sentence("after_supplement", "bước tiếp theo", N_("Việc cơ quan làm tiếp"))
_STANDS = _sentence("standing_again", "hồ sơ nay ra sao", N_("Hồ sơ chờ ai, đến khi nào; không phải nộp lại"))
_GOES_ON_SO = _sentence(
    "nothing_to_bring", "hồ sơ nay ra sao", N_("Không phải bổ sung nữa; ai làm gì tiếp, đến khi nào")
)
_STANDS_SO = _sentence(
    "going_on_again", "hồ sơ nay ra sao", N_("Hồ sơ chờ ai, đến khi nào; không phải nộp lại")
)
_RIGHTS = _sentence(
    "remedy", "quyền của người nộp", N_("Nộp lại khi nào được; phản ánh, kiến nghị, khiếu nại")
)
_TERM = _sentence("about_term", "về thời hạn", N_("Thời hạn giải quyết ra sao trong lúc chờ bổ sung"))
_GOES_ON = _sentence("going_on", "vì sao giải quyết tiếp", N_("Điều làm hồ sơ được giải quyết tiếp"))
_NO_REFUND = _sentence(
    "about_fees", "về tiền đã nộp", N_("Tiền không được hoàn lại, nếu vậy"), is_always=False
)
_ASKED = _sentence("as_asked", "đề nghị của người nộp", N_("Đề nghị của người nộp, và ngày đề nghị nếu có"))
_COLLECT = _sentence(
    "how_to_collect", "cách nhận kết quả", N_("Tải về, nhận qua bưu chính hay đến nhận, và mang theo gì")
)
_VISIT = Place("due", "giờ mời đến", N_("Ngày, giờ mời đến làm việc"))
_PURPOSE = Place("purpose", "nội dung làm việc", N_("Việc cần làm khi đến"))
_DAY = Place("requested_on", "ngày đề nghị", N_("Ngày người nộp đề nghị đổi cách nhận kết quả"))
_FORM = Place("request", "hình thức đề nghị", N_("Người nộp đã đề nghị bằng cách nào"))
_MORE = Place("ground", "lý do mời thêm", N_("Lý do mời thêm một lần"))
_TIME = Place("when", "giờ xác minh", N_("Ngày, giờ xác minh"))
_SITE = Place("place", "địa điểm", N_("Nơi xác minh"))
_NOW = _sentence(
    "appointment_now", "lịch nay ra sao", N_("Không phải đến nữa, hoặc thời gian và địa điểm mới")
)
_NO_VISIT = _sentence(
    "no_visit", "lịch xác minh", N_("Không phải đến buổi xác minh đã mời, nếu có"), is_always=False
)
_NEED_NOT_COME = _why(_NO_VISIT, N_("Người dân đã được mời xác minh phải biết không phải đến nữa."))
_VISIT_STANDS = _sentence(
    "visit_again", "lịch xác minh", N_("Buổi xác minh đã mời vẫn diễn ra, nếu có"), is_always=False
)
_WAS_DUE = Place("was_due", "ngày đã hẹn", N_("Ngày hẹn trước đây"), is_always=True)
_NEW_DUE = Place("due", "ngày hẹn lại", N_("Ngày hẹn mới"))
_OPENING = _sentence("reopening", "lúc mở cửa lại", N_("Ngày, giờ cơ quan mở cửa lại"), is_always=False)
_FEES = Place("fees", "phí, lệ phí", N_("Những khoản phải nộp, mỗi khoản một dòng"), is_list=True)
_SENT = Place("sent", "giấy tờ đã nhận", N_("Những giấy tờ vừa nhận, mỗi giấy tờ một dòng"), is_list=True)
_DOCUMENT = Place("document", "tài liệu", N_("Tên tài liệu đã thêm vào hồ sơ"), is_always=True)
_COLLECTED = _why(_COLLECT, N_("Người dân phải biết nhận kết quả bằng cách nào."))
_LINK = next(each for each in _COMMON if each.fact == "link")

# Letters that guard an account or a mandate stay ours: who could reword them could hide a theft. So do
# `dossier.joined` and `dossier.left_account`, which tell somebody that their account was touched.
KINDS: dict[str, Kind] = {
    "dossier.accepted": _kind(_DUE, _FEES, _PAY, _BRING, needs=(_WHEN_READY,)),
    "dossier.acknowledged": _kind(
        _NEXT, _PAPER, needs=(_why(_NEXT, N_("Người dân phải biết ai làm gì tiếp.")),)
    ),
    "dossier.answered": _kind(needs=(_why(_LINK, N_("Câu trả lời chỉ đọc được ở trang này.")),)),
    "dossier.closure": _kind(
        _CLOSED,
        _REASON,
        _DUE,
        _OPENING,
        needs=(_why(_CLOSED, N_("Người dân phải biết khi nào cơ quan nghỉ.")), _WHEN_READY),
    ),
    "dossier.closure_withdrawn": _kind(_CLOSED, _DUE, needs=(_WHEN_READY,)),
    "dossier.corrected": _kind(_REASON, _DAY, _FORM, needs=(_WHY,)),
    "dossier.document_attached": _kind(
        _DOCUMENT, needs=(_why(_DOCUMENT, N_("Người dân phải biết có thêm tài liệu nào.")),)
    ),
    "dossier.declined": _kind(
        _REASON,
        _GUIDANCE,
        _RIGHTS,
        needs=(_WHY, _why(_RIGHTS, N_("Người dân phải biết mình có quyền gì."))),
    ),
    "dossier.decline_taken_back": _kind(
        _REASON,
        _STANDS,
        needs=(_WHY, _why(_STANDS, N_("Người dân phải biết hồ sơ nay ra sao, có phải nộp lại không."))),
    ),
    "dossier.ending_taken_back": _kind(
        _REASON,
        _STANDS_SO,
        _VISIT_STANDS,
        needs=(_WHY, _why(_STANDS_SO, N_("Người dân phải biết hồ sơ nay ra sao, có phải nộp lại không."))),
    ),
    "dossier.extended": _kind(
        _WAS_DUE,
        _REASON,
        _NEW_DUE,
        _ASK,
        needs=(_WHY, _why(_NEW_DUE, N_("Người dân phải biết ngày hẹn mới."))),
    ),
    "dossier.invited": _kind(
        _VISIT,
        _PURPOSE,
        _MORE,
        needs=(
            _why(_VISIT, N_("Người dân phải biết khi nào đến.")),
            _why(_PURPOSE, N_("Người dân phải biết đến để làm gì.")),
        ),
    ),
    "dossier.not_collected": _kind(_NO_REFUND),
    "dossier.paused": _kind(
        _REASON, _ASK, needs=(_why(_REASON, N_("Người dân phải biết cần nộp khoản nào.")),)
    ),
    "dossier.redirected": _kind(_REASON, needs=(_WHY,)),
    "dossier.refused": _kind(_REASON, _COLLECT, needs=(_WHY, _COLLECTED)),
    "dossier.result_ready": _kind(_BRING, _COLLECT, needs=(_COLLECTED,)),
    "dossier.resumed": _kind(_GOES_ON, _DUE, _ASK, needs=(_WHEN_READY,)),
    "dossier.returned": _kind(),
    "dossier.stopped": _kind(_ASKED, _REASON, _NO_VISIT, needs=(_WHY, _NEED_NOT_COME)),
    "dossier.supplement_requested": _kind(
        _REASON,
        _ITEMS,
        _GUIDANCE,
        _TERM,
        _ASK,
        needs=(_WHY, _why(_ITEMS, N_("Người dân phải biết cần bổ sung giấy tờ nào."))),
    ),
    "dossier.supplement_taken_back": _kind(
        _REASON,
        _ITEMS,
        _GOES_ON_SO,
        needs=(
            _WHY,
            _why(_GOES_ON_SO, N_("Người dân phải biết không phải bổ sung nữa, và hồ sơ nay ra sao.")),
        ),
    ),
    "dossier.supplemented": _kind(_AFTER, _DUE, _SENT, _ITEMS, _PAPER),
    "dossier.verification_planned": _kind(
        _TIME,
        _SITE,
        _GUIDANCE,
        _MORE,
        _ASK,
        needs=(
            _why(_TIME, N_("Người dân phải biết khi nào có mặt.")),
            _why(_SITE, N_("Người dân phải biết có mặt ở đâu.")),
        ),
    ),
    "dossier.verification_called_off": _kind(
        _TIME,
        _SITE,
        _REASON,
        _NOW,
        _MORE,
        _ASK,
        needs=(
            _why(_TIME, N_("Người dân phải biết lịch nào thay đổi.")),
            _why(_NOW, N_("Người dân phải biết không phải đến, hoặc đến khi nào.")),
        ),
    ),
    "dossier.withdrawn": _kind(_ASKED, _NO_VISIT, needs=(_NEED_NOT_COME,)),
}


def parts_of(key: str) -> tuple[str, ...]:
    """The facts of a letter that are sentences of ours, each with a template of its own."""
    kind = KINDS.get(key)
    return tuple(each.fact for each in kind.places if each.is_part) if kind else ()
