"""Requests to upgrade or extend the system: who puts them before the committee, how they go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.catalogue.enums import UpgradeState, UpgradeStep
from motcua.kernel.errors import N_
from motcua.law.rules import Regulation

TITLE, TEXT, NUMBER, SIGNER = 200, 2000, 60, 200
OPEN = (UpgradeState.REQUESTED, UpgradeState.PROPOSED)
DECIDED = (UpgradeState.APPROVED, UpgradeState.REFUSED, UpgradeState.DEPLOYED)

# step → the state in which it may be done, and the state after it
MOVES: Mapping[UpgradeStep, tuple[UpgradeState, UpgradeState]] = {
    UpgradeStep.WITHDRAW: (UpgradeState.REQUESTED, UpgradeState.WITHDRAWN),
    UpgradeStep.PROPOSE: (UpgradeState.REQUESTED, UpgradeState.PROPOSED),
    UpgradeStep.APPROVE: (UpgradeState.PROPOSED, UpgradeState.APPROVED),
    UpgradeStep.REFUSE: (UpgradeState.PROPOSED, UpgradeState.REFUSED),
    UpgradeStep.DEPLOY: (UpgradeState.APPROVED, UpgradeState.DEPLOYED),
}
# What a step states beside its day.
_STATED: Mapping[UpgradeStep, tuple[str, ...]] = {
    UpgradeStep.REQUEST: (),
    UpgradeStep.PROPOSE: ("number", "note"),
    UpgradeStep.APPROVE: ("number", "signer"),
    UpgradeStep.REFUSE: ("number", "signer", "note"),
    UpgradeStep.DEPLOY: (),
}
RECORDED = (UpgradeStep.PROPOSE, UpgradeStep.APPROVE, UpgradeStep.REFUSE, UpgradeStep.DEPLOY)


@dataclass(frozen=True, slots=True)
class UpgradeWish:
    """What an agency asks for: the function, what it is to do, why what is deployed is not enough."""

    title: str
    content: str
    reason: str


@dataclass(frozen=True, slots=True)
class UpgradePaper:
    """A step as it is entered: its day, number and signer of its paper, what is said of it."""

    on: date
    number: str = ""
    signer: str = ""
    note: str = ""


def proposer(regulation: Regulation) -> str | None:
    """The body through which requests reach the provincial committee, whose approval they need; None where
    the regulation asks for no such approval.

    Basis: QN20-17.2.
    """
    return "dttt" if regulation.choice("change.control") == "committee_via_dttt" else None


def is_beyond_approval(state: UpgradeState, step: UpgradeStep) -> bool:
    """Whether the step would deploy what the committee has not approved.

    Basis: QN20-17.2.
    """
    return step is UpgradeStep.DEPLOY and state not in (UpgradeState.APPROVED, UpgradeState.DEPLOYED)


def faults_of_wish(wish: UpgradeWish) -> dict[str, str]:
    """What a request lacks: it names the function, says what it is to do and why it is needed."""
    faults = {}
    for field, text, longest, sentence in (
        ("title", wish.title, TITLE, N_("Hãy ghi tên chức năng trong một dòng ngắn.")),
        ("content", wish.content, TEXT, N_("Hãy mô tả chức năng cần có.")),
        ("reason", wish.reason, TEXT, N_("Hãy nêu lý do, sự cần thiết.")),
    ):
        if not 0 < len(" ".join(text.split())) <= longest:
            faults[field] = sentence
    return faults


def faults_of_paper(
    step: UpgradeStep, paper: UpgradePaper, *, not_before: date, today: date
) -> dict[str, str]:
    """What a step lacks as it was entered. Each comes on the day of the one before it or later, so that
    nothing is approved before it was proposed, nor deployed before it was approved.

    Basis: QN20-17.2.
    """
    faults = {}
    if paper.on > today:
        faults["on"] = N_("Ngày này không được sau hôm nay.")
    elif paper.on < not_before:
        faults["on"] = N_("Ngày này không được trước ngày của bước liền trước.")
    stated = _STATED[step]
    for field, text, longest, sentence in (
        ("number", paper.number, NUMBER, N_("Hãy ghi số, ký hiệu văn bản.")),
        ("signer", paper.signer, SIGNER, N_("Hãy ghi người ký.")),
        ("note", paper.note, TEXT, N_("Hãy ghi nội dung hoặc lý do.")),
    ):
        length = len(" ".join(text.split()))
        if length > longest or (field in stated and not length):
            faults[field] = sentence
    return faults
