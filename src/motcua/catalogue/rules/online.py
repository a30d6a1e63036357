"""How procedures come to be provided online: what a proposal must say, who assesses it, how it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.catalogue.enums import OnlineLevel, ProposalState, ServiceKind
from motcua.kernel.errors import N_
from motcua.kernel.text import visible, visible_line
from motcua.law.rules import Regulation

OPEN = (ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.SUPPORTED, ProposalState.OPPOSED)
ASSESSED = (ProposalState.SUPPORTED, ProposalState.OPPOSED)
TEXT = 2000
MINISTRY, NUMBER = 200, 60
_FAR = timedelta(days=10 * 366)

# act → the states in which it may be done, and the state after it
MOVES: dict[str, tuple[tuple[ProposalState, ...], ProposalState]] = {
    "change": ((ProposalState.RETURNED,), ProposalState.SUBMITTED),
    "withdraw": ((ProposalState.SUBMITTED, ProposalState.RETURNED), ProposalState.WITHDRAWN),
    "return": ((ProposalState.SUBMITTED,), ProposalState.RETURNED),
    "support": ((ProposalState.SUBMITTED, *ASSESSED), ProposalState.SUPPORTED),
    "oppose": ((ProposalState.SUBMITTED, *ASSESSED), ProposalState.OPPOSED),
    "approve": (ASSESSED, ProposalState.APPROVED),
    "reject": (ASSESSED, ProposalState.REJECTED),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is proposed for a procedure.

    `ministry` and what follows is the decision by which a minister, or the head of an agency of that rank,
    announced the procedures: whose, its number and day.
    """

    level: OnlineLevel
    service_kind: ServiceKind
    starts_on: date | None
    criteria: tuple[str, ...]
    reason: str
    opinions: str
    year: int
    ministry: str = ""
    ministry_number: str = ""
    ministry_signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong by field, and the clauses that ask for it."""

    fields: Mapping[str, str]
    clauses: tuple[str, ...]


def faults_of(wish: Wish, regulation: Regulation, *, was_level: OnlineLevel, today: date) -> Faults:
    """What the proposal lacks under the regulation.

    Basis: KT22-17.1, KT22-18.1, QN20-15.1, PT24-18.1.0.
    """
    fields: dict[str, str] = {}
    clauses: list[str] = []

    def lacking(field: str, sentence: str, key: str = "") -> None:
        fields[field] = sentence
        clauses.extend(regulation.clauses(key) if key else ())

    if wish.level is was_level:
        lacking("level", N_("Thủ tục đang ở mức độ này; hãy chọn mức độ khác."))
    if not 0 < len(" ".join(wish.reason.split())) <= TEXT:
        lacking("reason", N_("Hãy nêu lý do đề xuất."))
    if wish.year not in (today.year, today.year + 1):
        lacking("year", N_("Lộ trình lập cho năm nay hoặc năm sau."))
    if wish.starts_on is not None and not today < wish.starts_on <= today + _FAR:
        lacking("starts_on", N_("Thời gian thực hiện phải sau hôm nay."))
    states = regulation.words("catalogue.states")
    if "timetable" in states and wish.starts_on is None:
        lacking("starts_on", N_("Đề xuất phải nêu thời gian thực hiện."), "catalogue.states")
    if "opinions" in states and not visible(wish.opinions):
        lacking("opinions", N_("Đề xuất phải nêu ý kiến đã lấy."), "catalogue.states")
    known = regulation.words("catalogue.criteria")
    if not set(wish.criteria) <= set(known):
        lacking("criteria", N_("Tiêu chí này không có trong quy định."), "catalogue.criteria")
    elif _raises(wish.level, was_level) and len(set(wish.criteria)) < (
        regulation.number("catalogue.min_criteria") or 0
    ):
        lacking("criteria", N_("Thủ tục phải đáp ứng ít nhất một tiêu chí."), "catalogue.min_criteria")
    if asks_for_ministry(regulation):
        for field, sentence in _faults_of_ministry(wish, today).items():
            lacking(field, sentence, "catalogue.review")
    return Faults(fields, tuple(dict.fromkeys(clauses)))


def asks_for_ministry(regulation: Regulation) -> bool:
    """Whether a proposal rests on a decision by which a ministry announced procedures, and names it.

    Basis: PT24-18.1.0.
    """
    return regulation.choice("catalogue.review") == "on_ministry"


def _faults_of_ministry(wish: Wish, today: date) -> dict[str, str]:
    found = {}
    if not 0 < len(visible_line(wish.ministry)) <= MINISTRY:
        found["ministry"] = N_("Hãy ghi bộ, cơ quan ngang bộ đã công bố thủ tục.")
    if not 0 < len(visible_line(wish.ministry_number)) <= NUMBER:
        found["ministry_number"] = N_("Hãy ghi số, ký hiệu quyết định công bố của bộ, cơ quan ngang bộ.")
    if wish.ministry_signed_on is None:
        found["ministry_signed_on"] = N_("Hãy ghi ngày ký quyết định công bố.")
    elif wish.ministry_signed_on > today:
        found["ministry_signed_on"] = N_("Đề xuất dựa trên quyết định đã ký; ngày ký không thể sau hôm nay.")
    return found


def _raises(level: OnlineLevel, was: OnlineLevel) -> bool:
    order = (OnlineLevel.NONE, OnlineLevel.PARTIAL, OnlineLevel.FULL)
    return order.index(level) > order.index(was)


def faults_of_assessment(what: str, text: str, solution: Mapping[str, str], regulation: Regulation) -> Faults:
    """An assessment gives its reasons; one in favour also what the regulation wants settled first.

    Basis: KT22-18.2, KT22-19.2.a, KT22-16, QN20-15.2, PT24-18.1.0, PT24-17.
    """
    fields: dict[str, str] = {}
    clauses: tuple[str, ...] = ()
    if not 0 < len(" ".join(text.split())) <= TEXT:
        fields["text"] = N_("Hãy ghi nội dung thẩm định.")
    if what == "support":
        for part in regulation.words("catalogue.solution"):
            if not visible(solution.get(part, "")):
                fields[part] = N_("Giải pháp này phải được xác định trước khi trình.")
                clauses = regulation.clauses("catalogue.solution")
    return Faults(fields, clauses)


def roadmap_due(regulation: Regulation, year: int) -> date | None:
    """The last day on which the roadmap for a year is in time: before 30 November means on the 29th at the
    latest. None where the regulation gives no day.

    Basis: KT18-17.3#2.
    """
    value = regulation.get("catalogue.roadmap_before")
    if value is None:
        return None
    return date.fromisoformat(f"{year - 1}-{value.value}") - timedelta(days=1)


def assessed_by(regulation: Regulation) -> str:
    """The body that assesses what agencies propose; every regulation of the data files names one.

    Basis: KT18-17.3#2, KT22-18.2, QN20-15.2, DL24-11.1#2, PT24-18.1.0.
    """
    return regulation.choice("catalogue.assessed_by") or "office"


def receivers(regulation: Regulation) -> tuple[str, ...]:
    """Who gets what agencies found in their review: those named for roadmaps, else who assesses.

    Basis: KT18-17.3#2, QN20-21.1, KT22-18.1, DL24-11.1#1.
    """
    assessor = regulation.choice("catalogue.assessed_by")
    return regulation.words("catalogue.roadmap_to") or ((assessor,) if assessor else ())
