"""How a dossier stands, for people: its status in words, its pill, its way so far and ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.agencies.rules.naming import in_full, own_name
from motcua.catalogue.rules.eforms import FormSection
from motcua.dossiers import labels
from motcua.dossiers.enums import ENDED, Correctable, Status
from motcua.dossiers.queries import Counted, Fetched, HistoryEntry
from motcua.dossiers.rules.notices import untold
from motcua.dossiers.rules.state import Apology
from motcua.kernel.actors import ActorKind
from motcua.kernel.errors import N_
from motcua.theme import wording
from motcua.theme.wording import Pill
from motcua.worktime.rules import Calendar

TONES = {
    Status.DRAFT: "",
    Status.SUBMITTED: "",
    Status.AWAITING_SUPPLEMENT: "wait",
    Status.AWAITING_PAYMENT: "wait",
    Status.ACCEPTED: "",
    Status.IN_PROGRESS: "",
    Status.DECIDED: "",
    Status.RESULT_ISSUED: "good",
    Status.READY: "good",
    Status.RETURNED: "good",
    Status.CLOSED: "good",
    Status.DECLINED: "bad",
    Status.WITHDRAWN: "",
    Status.STOPPED: "bad",
}
# The road ahead of a normal life, told until each is reached.
AHEAD = (
    ("accepted", N_("Cơ quan tiếp nhận, hẹn ngày trả kết quả")),
    ("result_issued", N_("Cơ quan ban hành kết quả")),
    ("result_returned", N_("Kết quả được trả")),
)
_TAKEN_BACK = (Correctable.DECLINE, Correctable.DECISION, Correctable.SUPPLEMENT, Correctable.ENDING)
TO_APPLICANT = frozenset(
    {
        "supplement_requested",
        "declined",
        "decline_taken_back",
        "supplement_taken_back",
        "withdrawn_taken_back",
        "stopped_taken_back",
        "extended",
        "invited",
        "announced",
        "result_returned",
        "stopped",
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Words for a status: the tag, the sentence, its tone."""

    tag: str
    sentence: str
    tone: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """One point of the timeline."""

    title: str
    at: datetime | None
    state: str
    body: str = ""
    who: str = ""
    tag: str = ""
    tone: str = ""


# How a result that is ready reaches its owner, where it is not collected: to the owner, and to everybody.
COMES = {
    "online": (
        N_("Kết quả đã có: bạn tải về ở mục “Kết quả” trong hồ sơ, không phải đến cơ quan."),
        N_(
            "Kết quả đã có. Người nộp qua tài khoản đăng nhập, mở hồ sơ rồi tải kết quả về; "
            "người khác hỏi bộ phận một cửa nơi nộp."
        ),
    ),
    "postal": (
        N_("Kết quả đã có, được gửi qua bưu chính đến địa chỉ bạn đã ghi."),
        N_("Kết quả đã có, được gửi qua bưu chính đến địa chỉ chủ hồ sơ đã ghi."),
    ),
}
BY_POST = {
    Status.RETURNED: N_("Kết quả đã được trả qua dịch vụ bưu chính."),
    Status.CLOSED: N_("Kết quả đã được trả qua dịch vụ bưu chính. Hồ sơ đã hoàn tất."),
}
ON_ITS_WAY = N_("Kết quả đã có và đang được chuyển đến nơi trả.")
ON_PAPER = N_("Kết quả đã có nhưng chưa có tệp trên Cổng. Hãy hỏi bộ phận một cửa cách nhận.")


def of(
    status: Status,
    *,
    for_owner: bool = False,
    comes: str = "",
    is_on_paper: bool = False,
    is_on_its_way: bool = False,
) -> Standing:
    """What a status is called; the sentence speaks to the owner only where the owner reads it. `comes`: how a
    result that is ready is wanted; `is_on_paper`: there is no file of it; `is_on_its_way`: the result has its
    number and is not at the desk yet."""
    sentence = labels.STATUS_FOR_APPLICANT[status] if for_owner else PUBLIC.get(status, "")
    if status is Status.READY and comes in COMES:
        sentence = ON_PAPER if is_on_paper and comes == "online" else COMES[comes][not for_owner]
    if status in BY_POST and comes == "postal":
        sentence = BY_POST[status]
    if status is Status.RESULT_ISSUED and is_on_its_way:
        sentence = ON_ITS_WAY
    return Standing(gettext(labels.STATUS[status]), gettext(sentence) if sentence else "", TONES[status])


def of_fetched(fetched: Fetched, reader_id: str) -> Standing:
    """Of a result that is to be returned online, once its owner or who acts for them has fetched it."""
    said = {"moment": wording.long_moment(fetched.at), "name": fetched.name}
    if fetched.account_id == reader_id:
        sentence = gettext("Bạn đã tải kết quả về lúc %(moment)s; cơ quan còn ghi nhận việc trả.") % said
    else:
        sentence = gettext("%(name)s đã tải kết quả về lúc %(moment)s; cơ quan còn ghi nhận việc trả.") % said
    return Standing(gettext("Đã tải kết quả"), sentence, TONES[Status.READY])


def of_lapsed_draft() -> Standing:
    """Of a draft whose mandate has ended: it lies there, and cannot be sent."""
    sentence = gettext(
        "Ủy quyền không còn hiệu lực nên bản này không gửi được. Mở ra để xem bạn có thể làm gì."
    )
    return Standing(gettext("Không gửi được"), sentence, "bad")


PUBLIC = {
    Status.SUBMITTED: labels.STATUS_FOR_APPLICANT[Status.SUBMITTED],
    Status.AWAITING_SUPPLEMENT: N_(
        "Cơ quan chờ chủ hồ sơ bổ sung giấy tờ. "
        "Người nộp qua tài khoản đăng nhập rồi bổ sung trên Cổng; "
        "người khác mang giấy tờ đến bộ phận một cửa nơi nộp."
    ),
    Status.AWAITING_PAYMENT: N_(
        "Cơ quan chờ chủ hồ sơ hoàn thành nghĩa vụ tài chính; trong thời gian chờ, thời hạn giải quyết không "
        "tính. Người nộp qua tài khoản đăng nhập, mở hồ sơ để xem phải nộp gì; "
        "người khác hỏi bộ phận một cửa nơi nộp."
    ),
    Status.ACCEPTED: labels.STATUS_FOR_APPLICANT[Status.ACCEPTED],
    Status.IN_PROGRESS: labels.STATUS_FOR_APPLICANT[Status.IN_PROGRESS],
    Status.DECIDED: labels.STATUS_FOR_APPLICANT[Status.DECIDED],
    Status.RESULT_ISSUED: N_("Kết quả đã về đến nơi trả; bộ phận một cửa sẽ báo để chủ hồ sơ nhận."),
    Status.READY: N_("Kết quả đã có, chờ chủ hồ sơ nhận."),
    Status.DECLINED: N_("Hồ sơ không được tiếp nhận. Lý do ghi trong phiếu từ chối gửi chủ hồ sơ."),
    Status.RETURNED: labels.STATUS_FOR_APPLICANT[Status.RETURNED],
    Status.CLOSED: labels.STATUS_FOR_APPLICANT[Status.CLOSED],
    Status.WITHDRAWN: labels.STATUS_FOR_APPLICANT[Status.WITHDRAWN],
    Status.STOPPED: N_(
        "Hồ sơ đã dừng giải quyết theo đề nghị. Người nộp qua tài khoản đăng nhập để xem lý do; "
        "người khác hỏi bộ phận một cửa nơi nộp."
    ),
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """From when a dossier counts, and what that moment is to people who read it. `came_at` is when it, or
    the supplement that made it whole (`is_supplement`), came in, where it counts later because the agency was
    closed then. `is_provided`: it holds if the dossier is found valid. `was_moved`: a supplement that was
    asked before the acceptance has moved it. `awaits_supplement`: one that is awaited will; `at` is only when
    what is there came in."""

    title: str
    at: datetime
    came_at: datetime | None
    is_received: bool
    is_supplement: bool
    is_provided: bool
    was_moved: bool
    awaits_supplement: bool = False


def receipt(came: Counted, status: Status, *, was_moved: bool = False) -> Receipt | None:
    """The official receipt: as such once the dossier was accepted. Before that, what is told with the
    acknowledgement; where the regulation counts from the acceptance, when the dossier came. While a
    supplement is awaited that will count instead, no moment is promised.

    None for what was withdrawn or declined before: it was never received, and the moment may not have come.

    Basis: DL24-8.1.c#1, PT24-9.2.c#1, QN20-11.1#2; that a supplement moves it, reading A10.
    """
    if came.received_at is None or (not came.is_accepted and status in ENDED):
        return None
    if came.is_stated and came.awaits_supplement:
        return Receipt(
            gettext("Thời điểm tiếp nhận chính thức"),
            came.off_hours_at or came.received_at,
            None,
            is_received=False,
            is_supplement=came.is_supplement,
            is_provided=False,
            was_moved=False,
            awaits_supplement=True,
        )
    if came.is_accepted:
        title = gettext("Ngày nhận hồ sơ")
    elif came.is_stated:
        title = gettext("Thời điểm tiếp nhận chính thức")
    else:
        title = gettext("Bổ sung lúc") if came.is_supplement else gettext("Nộp lúc")
    return Receipt(
        title,
        came.received_at,
        came.off_hours_at,
        is_received=came.is_accepted,
        is_supplement=came.is_supplement,
        is_provided=came.is_stated and not came.is_accepted,
        was_moved=was_moved,
    )


@dataclass(frozen=True, slots=True)
class Term:
    """What a dossier's lateness is measured by; `is_over` once nothing more happens to it, with a result or
    without. `is_on_its_way`: the result has its number and is not at the desk yet. `stands_still`: paused,
    and not late before; `stopped_late`: paused when its term was over. `broken_off_at`: when an accepted
    dossier ended without a result."""

    due_at: datetime | None
    calendar: Calendar
    promised_at: datetime | None = None
    finished_at: datetime | None = None
    stands_still: bool = False
    stopped_late: bool = False
    is_over: bool = False
    is_on_its_way: bool = False
    broken_off_at: datetime | None = None


def pill(term: Term, at: datetime) -> Pill | None:
    """The due pill: what is left, how late, that it stands still, or how it ended. None without a term."""
    if term.stands_still and not term.is_over:
        return Pill(gettext("tạm dừng tính thời hạn"), "paused")
    if term.due_at is None:
        return None
    if term.broken_off_at is not None:
        return wording.broken_off_pill(term.broken_off_at, term.due_at, term.calendar)
    if term.finished_at is not None:
        return wording.finished_pill(
            term.finished_at, term.due_at, term.calendar, promised_at=term.promised_at
        )
    return wording.running_pill(term.due_at, term.calendar, at)


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late, said honestly; `is_open` while the result is not where it is returned."""

    sentence: str
    is_open: bool


def lateness(term: Term, at: datetime) -> Lateness | None:
    """What to say of a dossier past its due moment; None if it is in time, waits for papers, or broke off
    before."""
    end = term.finished_at or term.broken_off_at or at
    if term.due_at is None or term.stands_still or end <= term.due_at:
        return None
    late = term.calendar.open_minutes(term.due_at, end)
    if not late:  # the desk has been closed since
        if term.broken_off_at is not None:
            return Lateness(gettext("Hồ sơ đã quá hẹn khi kết thúc."), is_open=False)
        if term.finished_at is not None:
            return Lateness(gettext("Kết quả có sau ngày hẹn, ngoài giờ làm việc."), is_open=False)
        if term.is_on_its_way:
            return Lateness(gettext("Hồ sơ đã quá hẹn mà kết quả chưa về đến nơi trả."), is_open=True)
        return _open_late(gettext("Hồ sơ đã quá hẹn mà chưa có kết quả."), term)
    length = {"length": wording.late_length(late, term.calendar.day_minutes)}
    if term.broken_off_at is not None:
        return Lateness(gettext("Hồ sơ đã quá hẹn %(length)s khi kết thúc.") % length, is_open=False)
    if term.finished_at is not None:
        return Lateness(gettext("Kết quả có sau ngày hẹn %(length)s.") % length, is_open=False)
    if term.is_on_its_way:
        said = gettext("Hồ sơ đã quá hẹn %(length)s mà kết quả chưa về đến nơi trả.")
        return Lateness(said % length, is_open=True)
    return _open_late(gettext("Hồ sơ đã quá hẹn %(length)s mà chưa có kết quả.") % length, term)


def _open_late(said: str, term: Term) -> Lateness:
    """A pause that began when the dossier was late excuses nothing, and the applicant is told so."""
    if term.stopped_late:
        pause = gettext("Cơ quan tạm dừng tính thời hạn khi đã quá hẹn, nên hồ sơ vẫn tính là trễ.")
        said = f"{said} {pause}"
    return Lateness(said, is_open=True)


@dataclass(frozen=True, slots=True)
class ToldApology:
    """A letter that set a new date, as it reads at the moment of reading."""

    title: str
    sentence: str
    reason: str


def apologies(
    letters: tuple[Apology, ...], *, promised_at: datetime | None, finished_at: datetime | None, is_over: bool
) -> list[ToldApology]:
    """Letters in the present tense while the result is awaited; afterwards as what happened.

    Where the result came by the first date, nothing was late, and no letter is shown as if it were.
    """
    kept_first = finished_at is not None and promised_at is not None and finished_at <= promised_at
    is_past = is_over or finished_at is not None
    if kept_first:
        title = gettext("Cơ quan đã hẹn lại, nhưng kết quả vẫn có trước ngày hẹn đầu")
    elif is_past:
        title = gettext("Khi đó cơ quan đã xin lỗi và hẹn lại")
    else:
        title = gettext("Cơ quan xin lỗi vì chậm trễ và đã hẹn lại")
    return [ToldApology(title, _new_date(letter, finished_at, is_past), letter.reason) for letter in letters]


def _new_date(letter: Apology, finished_at: datetime | None, is_past: bool) -> str:
    dates = {"was": wording.long_moment(letter.was_due_at), "due": wording.long_moment(letter.due_at)}
    if finished_at is not None:
        dates["done"] = wording.long_moment(finished_at)
        return gettext("Ngày hẹn trước là %(was)s; đã hẹn lại %(due)s. Kết quả đã có lúc %(done)s.") % dates
    if is_past:
        return gettext("Ngày hẹn trước là %(was)s; đã hẹn lại %(due)s.") % dates
    return gettext("Đã hẹn %(was)s, nay hẹn lại %(due)s.") % dates


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the way; `who` acted in words, and what it `changed`, empty where this is not told."""

    kind: str
    at: datetime
    is_late: bool = False  # entered afterwards from a paper log
    who: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """What has happened, and apart from it what is still to come; nothing is ahead of what is over."""

    done: list[Milestone]
    ahead: list[Milestone]


def way(happened: list[Happened], at: datetime, *, is_over: bool, due_at: datetime | None) -> Way:
    """The way so far, and what is still ahead at `at` of a life that goes on."""
    late = gettext("Nhập bổ sung từ sổ giấy khi có sự cố")
    done = [
        Milestone(
            gettext(labels.HAPPENED[one.kind]),
            one.at,
            "done",
            "\n".join((*([late] if one.is_late else []), *one.changed)),
            one.who,
        )
        for one in happened
    ]
    if is_over:
        return Way(done, [])
    if done:
        done[-1] = replace(done[-1], state="now")
    return Way(done, _ahead({one.kind for one in happened}, due_at, at))


def _ahead(reached: set[str], due_at: datetime | None, at: datetime) -> list[Milestone]:
    ahead = []
    for kind, title in AHEAD:
        if kind in reached:
            continue
        body = ""
        if kind == "result_issued" and due_at is not None:
            text = (
                gettext("Chậm nhất %(moment)s") if at <= due_at else gettext("Đã hẹn %(moment)s, nay quá hẹn")
            )
            body = text % {"moment": wording.long_moment(due_at)}
        ahead.append(Milestone(gettext(title), None, "ahead", body))
    return ahead


def way_of(history: Iterable[HistoryEntry], eform: Sequence[FormSection]) -> list[Happened]:
    """The way of a dossier for its owner: which body acted, to whom the dossier went, and which answers a
    supplement replaced. No officer."""
    all_told = [_as_told(each) for each in history]
    gone = untold([each.kind for each in all_told])
    entries = [
        each for place, each in enumerate(all_told) if place not in gone and each.kind in labels.HAPPENED
    ]
    wanted = {each.acted.unit_id for each in entries if each.acted}
    wanted |= {unit for each in entries if each.acted for unit in each.acted.to_units}
    units = agencies.units(unit for unit in wanted if unit is not None)
    names = {unit.id: own_name(unit.name, agencies.agency(unit.agency_id).name) for unit in units}
    return [
        Happened(
            each.kind,
            each.at,
            each.late is not None,
            _who(each, names),
            tuple(wording.changes(eform, each.changed)),
        )
        for each in entries
    ]


def _as_told(entry: HistoryEntry) -> HistoryEntry:
    """That a decline, a decision, a request or an ending was taken back is no mere correction: the dossier
    goes on otherwise."""
    said = dict(entry.details) if entry.kind == "corrected" else {}
    if said.get("what") not in _TAKEN_BACK:
        return entry
    return replace(entry, kind=f"{said.get('undone') or said['what']}_taken_back")


def _who(entry: HistoryEntry, names: dict[int, str]) -> str:
    by = entry.acted
    if by is None:
        return ""
    agency = agencies.agency(by.agency_id).name
    if entry.actor_kind == ActorKind.CITIZEN:
        acted = gettext("Người nộp")
    else:
        unit = names.get(by.unit_id, "") if by.unit_id is not None else ""
        acted = in_full(unit, agency)
    if entry.kind in TO_APPLICANT:
        to = gettext("người nộp")
        if ("how", "postal") in entry.details:
            to = gettext("người nộp qua bưu chính")
    else:
        to = by.to_agency or by.elsewhere or "; ".join(names[unit] for unit in by.to_units if unit in names)
    return gettext("%(by)s → %(to)s") % {"by": acted, "to": to} if to else acted
