"""What the form of a verb says before it is sent: what will happen, who is told how, who agrees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from motcua.agencies.enums import Role
from motcua.desk import absent, labels
from motcua.desk.pages_of_verbs import WITH_SLIP, VerbPage, is_relay
from motcua.dossiers import labels as labels_of_dossiers
from motcua.dossiers import queries, services
from motcua.dossiers.enums import PAUSED, Correctable, Decision, Status, Verb
from motcua.dossiers.rules.appointments import expected, known_as
from motcua.dossiers.rules.awaiting import verifications_awaited
from motcua.dossiers.rules.decide.mending import current
from motcua.dossiers.rules.life import CORRECTABLE_IN
from motcua.dossiers.rules.moves import is_held, runs_on
from motcua.dossiers.services import Control, NextStep, Reach, reading
from motcua.kernel.errors import N_
from motcua.notify.enums import Channel
from motcua.process.enums import StepKind
from motcua.theme import wording

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.desk.forms.verbs import Occasion
    from motcua.dossiers.rules.state import State

_WAYS = {
    (Channel.IN_APP.value, Channel.EMAIL.value): N_("hộp thư trên Cổng và thư điện tử"),
    (Channel.IN_APP.value,): N_("hộp thư trên Cổng"),
    (Channel.EMAIL.value,): N_("thư điện tử"),
}
_DUE = {
    Verb.ACCEPT: N_("Nếu tiếp nhận bây giờ, kết quả được hẹn trả lúc %(due)s."),
    Verb.RESUME: N_("Ngày hẹn trả kết quả sau khi tính tiếp: %(due)s."),
    Verb.EXTEND: N_("Ngày hẹn hiện nay: %(due)s."),
    Verb.SUPPLEMENT: N_("Nếu đã đủ giấy tờ, ngày hẹn trả kết quả là %(due)s."),
}
_RECEIPT = N_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả được lập để in, trao cho người nộp.")
_NO_RECEIPT = N_("Thủ tục này trả kết quả ngay: giấy tiếp nhận chỉ được lập khi người nộp đề nghị.")
_TIMELY = N_(
    "Phiếu gửi bây giờ là kịp (trước ngày hết hạn ít nhất một ngày làm việc): hạn tính theo ngày hẹn lại."
)
_LATE = N_(
    "Phiếu gửi bây giờ là muộn (phải trước ngày hết hạn ít nhất một ngày làm việc): người nộp vẫn được hẹn "
    "lại, nhưng hồ sơ vẫn tính là trễ so với ngày hẹn đầu."
)
_REPLACES = N_("Đề xuất này thay đề xuất đang có (%(proposal)s).")
_GOES_ON = N_(
    "Đề xuất đang có (%(proposal)s) đi tiếp như cũ. Nếu bạn đề xuất khác, hãy chọn “Trình lãnh đạo”."
)
_NOT_PROPOSED = N_(
    "Bước kết thúc mà chưa có đề xuất: người làm bước sau đề xuất. Nếu chính bạn đề xuất, hãy chọn “Trình "
    "lãnh đạo”."
)
_RECEIPT_WHEN_PASSED_ON = {
    True: N_(
        "Thời điểm tiếp nhận không đổi: thời gian hồ sơ đã ở cơ quan này nằm trong thời hạn giải quyết."
    ),
    False: N_("Thời điểm tiếp nhận tính ở cơ quan nhận chuyển, sớm nhất từ lúc chuyển."),
}
_AS_PROPOSED = N_("Hồ sơ được giải quyết theo đề xuất.")
_NOT_AS_PROPOSED = N_(
    "Quyết định này khác với đề xuất của người thụ lý (%(proposal)s); lịch sử hồ sơ và mục kết quả ghi rõ "
    "điều đó."
)
_RAN_ON = N_("Hồ sơ được giải quyết tiếp; thời hạn vẫn tính từ trước, ngày hẹn trả không đổi.")
_STAYS_LATE = N_("Hồ sơ đã quá hạn: tạm dừng không dời ngày hẹn, hồ sơ vẫn tính là trễ.")
_WENT_LATE = N_("Thời hạn chạy tiếp từ lúc này; hồ sơ đã quá hạn trước khi tạm dừng nên ngày hẹn không lùi.")
_GOES_ON_WITHOUT = N_(
    "Yêu cầu bổ sung đang chờ thôi hiệu lực: người nộp không bổ sung theo yêu cầu đó được nữa. "
    "Vì vậy chỉ tính tiếp được khi đã hết thời gian chờ người nộp."
)
_NUMBERED_HERE = N_("Kết quả có số, ký hiệu và ở ngay bộ phận một cửa, chờ trao cho người nộp.")
_TELL_THEM = N_("Người nộp chưa được báo: hãy báo khi có thể trao kết quả.")
_DECLARED = N_(
    "Số định danh, ngày sinh do người nộp tự khai trên Cổng nên không đính chính được ở đây. Nếu sai, hãy "
    "hướng dẫn người nộp rút hồ sơ rồi nộp lại cho đúng."
)
_UNDECIDED = N_(
    "Thu hồi phê duyệt hoặc từ chối ghi nhầm thì bước phê duyệt mở lại với thời hạn cũ; thời hạn giải quyết "
    "không dừng lúc nào."
)
_BOTH_KEPT = N_("Lịch sử hồ sơ giữ cả lần từ chối, lần thu hồi và lý do.")
_BACK_AT_CHECK = N_(
    "Hồ sơ trở lại chờ bộ phận một cửa kiểm tra; hạn trả lời vẫn như trước khi từ chối, không cộng thêm thời "
    "gian đã mất."
)
_BACK_AT_SUPPLEMENT = N_("Hồ sơ trở lại chờ người nộp bổ sung; thời gian chờ họ tính lại từ lúc này.")
_SLIP_VOID = N_("Phiếu từ chối vẫn ở trong hồ sơ, ghi là đã thu hồi.")
_ONLY_IF_NOT_ANEW = N_(
    "Nếu người nộp đã nộp hồ sơ mới cho thủ tục này thì không thu hồi được nữa: hãy giải quyết hồ sơ mới."
)
_ASK_IF_ANEW = N_(
    "Chủ hồ sơ không có số định danh, hồ sơ không gắn với tài khoản nào: hệ thống không biết họ đã nộp lại "
    "chưa. Hãy hỏi người nộp trước."
)
_REQUEST_KEPT = N_("Lịch sử hồ sơ giữ cả yêu cầu, lần thu hồi và lý do.")
_UNASKED_BEFORE = N_(
    "Thu hồi yêu cầu bổ sung gửi nhầm thì hồ sơ trở lại chờ bộ phận một cửa kiểm tra như chưa từng có yêu "
    "cầu; thời gian đã chờ không được cộng vào hạn trả lời."
)
_UNASKED_AFTER = N_(
    "Thu hồi yêu cầu bổ sung gửi nhầm thì hồ sơ được giải quyết tiếp ở nơi đang ở, thời hạn tính như chưa "
    "từng có yêu cầu; thời gian đã chờ không được cộng thêm."
)
_STILL_DUE = {
    False: N_("Hạn trả lời vẫn là %(due)s."),
    True: N_("Hẹn trả kết quả vẫn là %(due)s."),
}
_OVERDUE = {
    False: N_("Hạn trả lời vẫn là %(due)s, nay đã qua: trả lời sẽ tính là muộn."),
    True: N_("Hẹn trả kết quả vẫn là %(due)s, nay đã qua: hồ sơ tính là quá hạn."),
}
_REQUEST_VOID = N_(
    "Phiếu yêu cầu bổ sung vẫn ở trong hồ sơ, ghi là đã thu hồi; yêu cầu đó không tính là một lần yêu "
    "cầu bổ sung."
)
_ONLY_IF_NOTHING_CAME = N_(
    "Nếu người nộp đã gửi phần bổ sung thì không thu hồi được nữa: hãy xem phần đã gửi."
)
_KEPT = {
    Correctable.DECLINE: _BOTH_KEPT,
    Correctable.SUPPLEMENT: _REQUEST_KEPT,
    Correctable.ENDING: N_("Lịch sử hồ sơ giữ cả lần ghi nhầm, lần thu hồi và lý do."),
}
_UNASK = N_("Thu hồi yêu cầu bổ sung")
_UNASK_DONE = N_("Đã thu hồi yêu cầu bổ sung.")
_UNASK_TOLD = N_("yêu cầu bổ sung được thu hồi, lý do và không phải bổ sung nữa")
_UNENDED_BEFORE = N_(
    "Hồ sơ trở lại chờ bộ phận một cửa kiểm tra như trước khi ghi nhầm; thời gian đã mất không được cộng vào "
    "hạn trả lời."
)
_UNENDED_AFTER = N_(
    "Hồ sơ được giải quyết tiếp ở đúng nơi đã nằm: các bước mở lại với thời hạn cũ, thời gian đã mất không "
    "được cộng thêm."
)
_UNENDED_WAITING = N_(
    "Hồ sơ trở lại chờ người nộp như trước khi ghi nhầm. Nếu chờ bổ sung, thời gian chờ họ tính lại từ lúc "
    "này."
)
_NOTICE_VOID = N_("Thông báo dừng giải quyết vẫn ở trong hồ sơ, ghi là đã thu hồi.")
_PAPER_HIDDEN = N_("Giấy đề nghị đã đính kèm ở lại hồ sơ để cơ quan xem; người nộp không xem được.")
_UNEND = {
    Status.WITHDRAWN: (
        N_("Thu hồi việc rút hồ sơ"),
        N_("Đã thu hồi việc rút hồ sơ."),
        N_("việc rút hồ sơ là ghi nhầm, lý do và không phải nộp lại hồ sơ"),
    ),
    Status.STOPPED: (
        N_("Thu hồi việc dừng giải quyết"),
        N_("Đã thu hồi việc dừng giải quyết hồ sơ."),
        N_("việc dừng giải quyết là ghi nhầm, lý do và không phải nộp lại hồ sơ"),
    ),
}
_OLD_ADDRESS = N_("Đổi thư điện tử thì địa chỉ cũ cũng được báo.")
_UNDECLINE = N_("Thu hồi việc từ chối")
_UNDECLINE_DONE = N_("Đã thu hồi việc từ chối tiếp nhận.")
_UNDECLINE_TOLD = N_("việc từ chối tiếp nhận được thu hồi, lý do và không phải nộp lại hồ sơ")
_LEAVES = N_(
    "Sửa số định danh thì hồ sơ thôi gắn với tài khoản trên Cổng theo số cũ, chủ tài khoản đó được báo. "
    "Chủ hồ sơ tự thêm hồ sơ vào tài khoản của mình."
)
_GIVEN_WHILE_PAUSED = N_(
    "Việc đang tạm dừng chỉ vào “Việc của tôi” của người được chọn khi hồ sơ được tính tiếp thời hạn."
)
_GIVEN_WHILE_HELD = N_(
    "Việc đang chờ yêu cầu bổ sung được đồng ý, được gửi chỉ vào “Việc của tôi” của người được chọn khi hồ "
    "sơ được giải quyết tiếp."
)
_STILL_STANDS = N_("Thời hạn của hồ sơ vẫn dừng như trước.")
_DECIDES = {Verb.APPROVE: Decision.GRANT, Verb.REFUSE: Decision.REFUSE}
# Whoever is concerned stands there, or has just asked for it.
_PRESENT = frozenset({Verb.RETURN_RESULT, Verb.SUPPLEMENT, Verb.WITHDRAW})
_SAY_SO = N_("Hệ thống không báo được cho người nộp: hãy nói ngay với người trước mặt bạn.")
_CALL = N_("%(done)s Hệ thống không báo được: hãy gọi người nộp theo số %(phone)s.")
_TELL = N_("%(done)s Hệ thống không báo được: hãy tự báo cho người nộp.")
_REFUSED = N_("hồ sơ bị từ chối giải quyết, lý do và cách nhận văn bản")


@dataclass(frozen=True, slots=True)
class Unreached:
    """Nobody on the applicant's side can be told by the system: what to do instead."""

    phone: str
    address: str
    what: str
    has_slip: bool


@dataclass(frozen=True, slots=True)
class Controlled:
    """Who must agree to a supplement request, in words; `names` is empty where nobody holds that role."""

    role: str
    names: str
    clauses: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Prospect:
    """All that a verb's form says of what comes: `consequences` are finished sentences; so are `stops`, of
    next steps at which the dossier would lie with nobody. `is_through_desk`: the desk sends what is asked of
    the applicant."""

    button: str
    done: str
    consequences: tuple[str, ...]
    has_slip: bool
    unreached: Unreached | None = None
    control: Controlled | None = None
    stops: tuple[str, ...] = ()
    is_through_desk: bool = False


def prospect_of(page: VerbPage, occasion: Occasion) -> Prospect:
    """What will happen if this verb is done now, for the dossier as it is."""
    view, at = occasion.dossier, occasion.at
    said = [gettext(text) for text in page.consequences]
    if page.verb is Verb.RESUME and not occasion.state.is_paused:
        said = [gettext(_RAN_ON)]
    elif page.verb is Verb.RESUME and not occasion.state.stands_still_for(occasion.state.due_at):
        said = [gettext(_WENT_LATE)]
    if page.verb is Verb.RESUME and occasion.state.supplement_awaited():
        said.append(gettext(_GOES_ON_WITHOUT))
    if page.verb is Verb.REASSIGN:
        said = _of_giving(said, occasion.state)
    if page.verb is Verb.ISSUE_RESULT and occasion.task and occasion.task.kind == StepKind.RETURN:
        said[0], said[-1] = gettext(_NUMBERED_HERE), gettext(_TELL_THEM)
    corrects = _corrects(occasion) if page.verb is Verb.CORRECT else set[Correctable]()
    is_of_office = corrects == {Correctable.DECISION}
    is_of_request = corrects == {Correctable.SUPPLEMENT}
    if is_of_office:  # nothing that the applicant gave is touched
        said = said[:1]
    elif kept := _KEPT.get(next(iter(corrects))) if len(corrects) == 1 else None:  # nor here
        said = [gettext(kept)]
    steps = _next_steps(page.verb, occasion)
    said += [gettext("Bước tiếp theo: %(step)s.") % {"step": named(each)} for each in steps]
    said += _foreseen(page.verb, occasion)
    if Correctable.CONTACT in corrects:
        said.append(gettext(_OLD_ADDRESS))
    if Correctable.DECISION in corrects:
        said.append(gettext(_UNDECIDED))
    if Correctable.DECLINE in corrects:
        page = replace(page, button=_UNDECLINE, done=_UNDECLINE_DONE, told=_UNDECLINE_TOLD)
        said += _of_decline(occasion)
    if Correctable.ENDING in corrects:
        button, done, told = _UNEND[occasion.state.status]
        page = replace(page, button=button, done=done, told=told)
        said += _of_ending(occasion)
    if is_of_request:
        page = replace(page, button=_UNASK, done=_UNASK_DONE, told=_UNASK_TOLD)
    if Correctable.SUPPLEMENT in corrects:
        said += _of_request(occasion)
    prospect = Prospect(
        gettext(page.button),
        gettext(page.done),
        tuple(said),
        has_slip=_has_slip(page.verb, at),
        stops=tuple(stop_at(each) for each in steps if each.is_nobodys),
    )
    if page.verb is Verb.REQUEST_SUPPLEMENT:
        control = services.control_of(view=view, at=at)
        through_desk = services.desk_sends(view=view)
        prospect = replace(prospect, control=_controlled(control), is_through_desk=through_desk)
        if control and not control.is_own:
            return _proposal(prospect)
        if through_desk:
            return _cleared(prospect, is_agreed=control is not None)
    is_agreement = page.verb is Verb.RELEASE_SUPPLEMENT and not is_relay(occasion.task)
    if is_agreement and services.desk_sends(view=view):
        return _cleared(prospect)
    if page.verb in (Verb.REQUEST_SUPPLEMENT, Verb.RELEASE_SUPPLEMENT):
        prospect = replace(prospect, consequences=(_clock(occasion), *prospect.consequences))
    if page.verb is Verb.CALL_OFF_VERIFICATION and not _invites(occasion.state):
        return replace(prospect, consequences=(*prospect.consequences, gettext(_NOT_INVITED)))
    if services.is_told_by_desk(view=view, verb=page.verb):
        if page.verb is Verb.CALL_OFF_VERIFICATION:
            return replace(prospect, consequences=(*prospect.consequences, *_uninvited(occasion.state)))
        return replace(prospect, consequences=(*prospect.consequences, gettext(_BY_DESK[page.verb])))
    key = occasion.task.key if occasion.task else ""
    reach = None if is_of_office else services.reach_of(view=view, verb=page.verb, at=at, task_key=key)
    return _with_reach(prospect, page, reach, is_refused=occasion.state.decision == Decision.REFUSE)


def _of_giving(said: list[str], state: State) -> list[str]:
    """What becomes of work that is given away: what stands still or is held is on nobody's list meanwhile."""
    where, terms = said
    if state.is_paused and any(not runs_on(task) for task in state.tasks):
        where = gettext(_GIVEN_WHILE_PAUSED)
    elif any(is_held(state, task) for task in state.tasks):
        where = gettext(_GIVEN_WHILE_HELD)
    return [where, gettext(_STILL_STANDS) if state.is_paused else terms]


def _has_slip(verb: Verb, at: datetime) -> bool:
    return verb in WITH_SLIP and (verb is not Verb.STOP or queries.gives_stop_notice(at))


def _foreseen(verb: Verb, occasion: Occasion) -> list[str]:
    """What the act makes of the term, and the dates that can be known before."""
    state = occasion.state
    said = []
    if verb is Verb.SUPPLEMENT:
        if state.accepted_at is None:
            said.append(gettext("Hồ sơ được kiểm tra lại; thời điểm nhận tính từ lúc đủ giấy tờ."))
        else:
            said.append(gettext("Thời hạn giải quyết tính tiếp từ lúc này."))
    found = services.foreseen(actor=occasion.actor, view=occasion.dossier, verb=verb, at=occasion.at)
    if found and found.due_at:
        said.append(gettext(_DUE[verb]) % {"due": wording.long_moment(found.due_at)})
    if verb in (Verb.PROPOSE, Verb.COMPLETE_STEP):
        said += _of_proposal(verb, occasion)
    if verb is Verb.PROPOSE:
        said += _of_giving_up(state, occasion.at)
    if verb is Verb.REDIRECT:
        said.append(gettext(_RECEIPT_WHEN_PASSED_ON[reading.keeps_receipt(state, occasion.at)]))
    if verb in _DECIDES:
        said += _of_decision(verb, occasion)
    if verb is Verb.CORRECT:
        said += _of_identity(occasion)
    if verb is Verb.EXTEND and found:
        said.append(gettext(_TIMELY if found.is_timely else _LATE))
    if verb is Verb.PAUSE and state.is_overdue(occasion.at):
        said.append(gettext(_STAYS_LATE))
    if verb is Verb.STOP and queries.gives_stop_notice(occasion.at):
        said.append(gettext("Thông báo dừng giải quyết hồ sơ được lập; người nộp xem và tải về được."))
    if verb is Verb.ACCEPT:
        said.append(gettext(_NO_RECEIPT if found and not found.with_receipt else _RECEIPT))
    return said


def _of_proposal(verb: Verb, occasion: Occasion) -> list[str]:
    """What becomes of the proposal, where a step may end by one and without."""
    state = occasion.state
    if state.decision is not None:
        return []
    there = {"proposal": gettext(labels_of_dossiers.DECISION[state.proposal])} if state.proposal else {}
    if verb is Verb.PROPOSE:
        return [gettext(_REPLACES) % there] if there else []
    offers = occasion.dossier.verbs
    if not any(offer.verb is Verb.PROPOSE and offer.task == occasion.task for offer in offers):
        return []
    return [gettext(_GOES_ON) % there] if there else [gettext(_NOT_PROPOSED)]


def _of_decision(verb: Verb, occasion: Occasion) -> list[str]:
    """Whether the leader follows the proposal."""
    proposal = occasion.state.proposal
    if proposal is None:
        return []
    if proposal is _DECIDES[verb]:
        return [gettext(_AS_PROPOSED)]
    return [gettext(_NOT_AS_PROPOSED) % {"proposal": gettext(labels_of_dossiers.DECISION[proposal])}]


def _corrects(occasion: Occasion) -> set[Correctable]:
    """What this officer can put right."""
    return set(reading.correctable(actor=occasion.actor, view=occasion.dossier))


def _of_decline(occasion: Occasion) -> list[str]:
    """What taking a decline back makes of the dossier, and when it is refused."""
    state = occasion.state
    was = state.declining
    back_to = _BACK_AT_SUPPLEMENT if was and was.status is Status.AWAITING_SUPPLEMENT else _BACK_AT_CHECK
    anew = _ONLY_IF_NOT_ANEW if queries.is_known(state) else _ASK_IF_ANEW
    return [gettext(each) for each in (back_to, _SLIP_VOID, anew)]


def _of_ending(occasion: Occasion) -> list[str]:
    """What taking a withdrawal or a stop back makes of the dossier and its dates, and when it is refused."""
    state, was = occasion.state, occasion.state.ending
    if was is None:
        return []
    is_accepted = state.accepted_at is not None
    waits, back_to = was.status in PAUSED, _UNENDED_AFTER if is_accepted else _UNENDED_BEFORE
    said = [gettext(_UNENDED_WAITING if waits else back_to)]
    due_at = state.measured_due_at if is_accepted else next((task.due_at for task in was.tasks), None)
    if due_at is not None and not waits:
        until = _OVERDUE if occasion.at > due_at else _STILL_DUE
        said.append(gettext(until[is_accepted]) % {"due": wording.long_moment(due_at)})
    if state.status is Status.STOPPED and any(slip.issued_at == was.at for slip in state.slips):
        said.append(gettext(_NOTICE_VOID))
    if any(paper.at == was.at for paper in state.request_papers):
        said.append(gettext(_PAPER_HIDDEN))
    said.append(gettext(_ONLY_IF_NOT_ANEW if queries.is_known(state) else _ASK_IF_ANEW))
    return said


def _of_request(occasion: Occasion) -> list[str]:
    """What taking a supplement request back makes of the dossier and its dates, and when it is refused."""
    state, was = occasion.state, occasion.state.asking
    is_accepted = state.accepted_at is not None
    checked_by = next((task.due_at for task in was.tasks), None) if was else None
    due_at = state.measured_due_at if is_accepted else checked_by
    said = [gettext(_UNASKED_AFTER if is_accepted else _UNASKED_BEFORE)]
    if due_at is not None:
        until = _OVERDUE if occasion.at > due_at else _STILL_DUE
        said.append(gettext(until[is_accepted]) % {"due": wording.long_moment(due_at)})
    return [*said, gettext(_REQUEST_VOID), gettext(_ONLY_IF_NOTHING_CAME)]


def _of_identity(occasion: Occasion) -> list[str]:
    """What becomes of the number: who declared it online keeps it, and a wrong one leaves its account."""
    state = occasion.state
    if state.target.channel == "online":
        return [gettext(_DECLARED)] if state.decision is None else []
    is_open = "personal_id" in current(state, Correctable.IDENTITY)
    is_linked = bool(state.owner_id) and is_open and state.status in CORRECTABLE_IN[Correctable.IDENTITY]
    return [gettext(_LEAVES)] if is_linked else []


def _next_steps(verb: Verb, occasion: Occasion) -> tuple[NextStep, ...]:
    if occasion.task is None:
        return ()
    (found,) = services.next_steps(
        actor=occasion.actor, at=occasion.at, acts=[(occasion.state, verb, occasion.task)]
    )
    return found


def stop_at(step: NextStep) -> str:
    """That nobody is there to take it, and what to do before."""
    text = gettext(
        "Bước “%(step)s” ở %(unit)s hiện chưa có ai giữ vị trí để làm: chuyển bây giờ thì hồ sơ nằm lại ở "
        "đó, thời hạn vẫn tính. Hãy báo người quản trị của cơ quan giao vị trí này trước, hoặc báo lãnh "
        "đạo: lãnh đạo thấy hồ sơ ở “Cần đôn đốc”."
    )
    return text % {"step": gettext(step.name), "unit": step.unit}


def named(step: NextStep) -> str:
    """Into whose hands it comes: the step, its unit and its people, whoever acts as “bạn”."""
    people = ", ".join([gettext("bạn")] * step.is_own + [absent.named(each) for each in step.takers])
    values = {"step": gettext(step.name), "unit": step.unit, "names": people}
    if not people:
        return gettext("“%(step)s” ở %(unit)s") % values
    return gettext("“%(step)s” ở %(unit)s (%(names)s)") % values


def _proposal(prospect: Prospect) -> Prospect:
    """A request that is controlled goes to whoever controls it, and nowhere else."""
    return replace(
        prospect,
        button=gettext("Trình kiểm soát"),
        done=gettext("Đã trình yêu cầu bổ sung để kiểm soát; người nộp chưa được báo."),
        consequences=(
            gettext("Đề xuất của bạn chuyển đến danh sách việc của người kiểm soát."),
            gettext("Hệ thống chưa gửi gì cho người nộp, chưa lập phiếu; thời hạn vẫn tính như trước."),
            gettext("Trong lúc chờ, hồ sơ không được tiếp nhận, chuyển, trình hay phê duyệt."),
            gettext("Xem trước phiếu cho thấy phiếu như người nộp sẽ nhận nếu được đồng ý."),
        ),
    )


def _cleared(prospect: Prospect, *, is_agreed: bool = True) -> Prospect:
    """What those who settle ask for is the desk's to send, after the agreement of a leader where one is
    needed (`is_agreed`)."""
    agreed = (
        gettext("Đồng ý, chuyển bộ phận một cửa gửi"),
        gettext("Đã đồng ý; yêu cầu chờ bộ phận một cửa gửi cho người nộp."),
    )
    passed_on = (
        gettext("Chuyển bộ phận một cửa gửi"),
        gettext("Đã chuyển; yêu cầu chờ bộ phận một cửa gửi cho người nộp."),
    )
    button, done = agreed if is_agreed else passed_on
    return replace(
        prospect,
        button=button,
        done=done,
        consequences=(
            gettext("Bộ phận một cửa nhận việc gửi yêu cầu này cho người nộp, kèm phiếu."),
            gettext("Cho đến khi bộ phận một cửa gửi, người nộp chưa được báo và thời hạn vẫn tính."),
            gettext("Xem trước phiếu cho thấy phiếu như người nộp sẽ nhận khi bộ phận một cửa gửi."),
        ),
    )


def _clock(occasion: Occasion) -> str:
    """What a request for more papers does to the term."""
    if occasion.state.accepted_at is None:
        return gettext("Hồ sơ chờ bổ sung; chưa tiếp nhận nên thời hạn giải quyết chưa tính.")
    if services.runs_while_asking(state=occasion.state, at=occasion.at):
        return gettext("Hồ sơ chờ bổ sung; thời hạn giải quyết vẫn tính, ngày hẹn trả không đổi.")
    stands = gettext("Hồ sơ chờ bổ sung; thời hạn giải quyết tạm dừng từ lúc này cho đến khi bổ sung đủ.")
    return f"{stands} {gettext(_STAYS_LATE)}" if occasion.state.is_overdue(occasion.at) else stands


def _controlled(control: Control | None) -> Controlled | None:
    if control is None:
        return None
    role = gettext(labels.ROLE[Role(control.role)])
    return Controlled(role, ", ".join(control.names), control.clauses, control.is_own)


def _with_reach(prospect: Prospect, page: VerbPage, reach: Reach | None, *, is_refused: bool) -> Prospect:
    if reach is None:
        return prospect
    what = gettext(_REFUSED if page.verb is Verb.ANNOUNCE and is_refused else page.told)
    if reach.is_nobody and page.verb in _PRESENT:
        return replace(prospect, consequences=(*prospect.consequences, gettext(_SAY_SO)))
    if reach.is_nobody:
        return _alone(prospect, page, Unreached(reach.phone, reach.address, what, prospect.has_slip))
    return replace(prospect, consequences=(*prospect.consequences, *_told(page, reach, what)))


# What those outside the desk have to say to the applicant, the desk tells them.
_BY_DESK = {
    Verb.PAUSE: N_(
        "Bộ phận một cửa xem nội dung bạn ghi rồi gửi cho người nộp; đến khi đó người nộp chưa thấy nội dung "
        "này."
    ),
    Verb.PLAN_VERIFICATION: N_(
        "Nếu người nộp phải có mặt, bộ phận một cửa xem nội dung bạn ghi rồi mời người nộp; đến khi đó người "
        "nộp chưa được báo."
    ),
    Verb.ATTACH_DOCUMENT: N_(
        "Nếu cho người nộp xem, bộ phận một cửa xem tài liệu rồi báo cho người nộp; đến khi đó người nộp "
        "chưa được báo và chưa thấy tài liệu."
    ),
}
_NOT_INVITED = N_("Người nộp không được mời có mặt nên không được báo.")
_KNOWN = N_(
    "Người nộp đã được mời thì bộ phận một cửa xem nội dung bạn ghi rồi báo người nộp trong một thư: không "
    "phải đến, hoặc đến theo lịch mới. Đến khi đó người nộp vẫn chờ theo lịch cũ."
)
_UNSENT = N_(
    "Thư mời mà bộ phận một cửa chưa gửi thì không gửi nữa; dời lịch thì bộ phận một cửa mời theo lịch mới."
)
_GIVEN_UP = N_(
    "Nếu hủy lịch xác minh: người nộp đã được mời, bộ phận một cửa được giao báo người nộp không phải đến, "
    "kèm lý do bạn ghi."
)
_GIVEN_UP_UNSENT = N_(
    "Nếu hủy lịch xác minh: thư mời mà bộ phận một cửa chưa gửi người nộp thì không gửi nữa."
)


def _invites(state: State) -> bool:
    return any(each.with_applicant for each in verifications_awaited(state))


def _uninvited(state: State) -> list[str]:
    """Who tells the applicant that a verification does not take place, for what may be called off now."""
    invited = [each for each in verifications_awaited(state) if each.with_applicant]
    known = [bool(known_as(state, each.number)) for each in invited]
    said = [gettext(_KNOWN)] if any(known) else []
    return said + ([] if all(known) else [gettext(_UNSENT)])


def _of_giving_up(state: State, at: datetime) -> list[str]:
    """What a proposal that calls off what was planned means for the applicant who was asked to be there."""
    said = [gettext(_GIVEN_UP)] if expected(state, at) else []
    unsent = any(
        each.with_applicant and not known_as(state, each.number) for each in verifications_awaited(state)
    )
    return said + ([gettext(_GIVEN_UP_UNSENT)] if unsent else [])


# Where the form asks whether there is anything to tell.
_IF_TOLD = {
    Verb.PLAN_VERIFICATION: (
        N_("nếu họ phải có mặt: %(what)s"),
        N_("Nếu người nộp phải có mặt, %(names)s được báo qua %(ways)s: %(what)s."),
    ),
    Verb.CALL_OFF_VERIFICATION: (
        N_("nếu họ đã được mời hoặc lịch được dời: %(what)s"),
        N_("Nếu người nộp đã được mời hoặc lịch được dời, %(names)s được báo qua %(ways)s: %(what)s."),
    ),
    Verb.ATTACH_DOCUMENT: (
        N_("nếu cho họ xem: %(what)s"),
        N_("Nếu cho người nộp xem, %(names)s được báo qua %(ways)s: %(what)s."),
    ),
}


def _alone(prospect: Prospect, page: VerbPage, unreached: Unreached) -> Prospect:
    """Nothing is sent: neither the button nor what is said afterwards may claim so."""
    button, done = page.alone
    if page.verb in _IF_TOLD:
        what = gettext(_IF_TOLD[page.verb][0]) % {"what": unreached.what}
        return replace(prospect, unreached=replace(unreached, what=what))
    values = {"done": gettext(done) if done else prospect.done, "phone": unreached.phone}
    said = gettext(_CALL if unreached.phone else _TELL) % values
    return replace(
        prospect, button=gettext(button) if button else prospect.button, done=said, unreached=unreached
    )


def _told(page: VerbPage, reach: Reach, what: str) -> list[str]:
    """One sentence for all who are reached in the same ways."""
    ways: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for each in reach.people:
        ways.setdefault((each.channels, each.is_muted), []).append(each.name)
    return [
        _sentence(page, ", ".join(dict.fromkeys(names)), channels, is_muted, what)
        for (channels, is_muted), names in ways.items()
        if channels
    ]


def _sentence(page: VerbPage, names: str, channels: tuple[str, ...], is_muted: bool, what: str) -> str:
    values = {"names": names, "ways": gettext(_WAYS[channels]), "what": what}
    if page.verb in _IF_TOLD:
        text = gettext(_IF_TOLD[page.verb][1])
    elif is_muted:
        text = gettext(
            "%(names)s được báo qua %(ways)s: %(what)s. Người này đã chọn không nhận thư điện tử về việc này."
        )
    else:
        text = gettext("%(names)s được báo qua %(ways)s: %(what)s.")
    return text % values
