"""Requests of agencies about the system: who records what becomes of them, and how they go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.catalogue.enums import UpgradeKind, UpgradeState, UpgradeStep
from motcua.kernel.errors import N_
from motcua.kernel.text import visible_line
from motcua.law.rules import Regulation

TITLE, TEXT, NUMBER, SIGNER = 200, 2000, 60, 200
OPEN = (UpgradeState.REQUESTED, UpgradeState.REVIEWED, UpgradeState.PROPOSED)
DECIDED = (UpgradeState.APPROVED, UpgradeState.REFUSED, UpgradeState.DEPLOYED, UpgradeState.ANSWERED)

AFTER: Mapping[UpgradeStep, UpgradeState] = {
    UpgradeStep.WITHDRAW: UpgradeState.WITHDRAWN,
    UpgradeStep.REVIEW: UpgradeState.REVIEWED,
    UpgradeStep.ANSWER: UpgradeState.ANSWERED,
    UpgradeStep.PROPOSE: UpgradeState.PROPOSED,
    UpgradeStep.APPROVE: UpgradeState.APPROVED,
    UpgradeStep.REFUSE: UpgradeState.REFUSED,
    UpgradeStep.DEPLOY: UpgradeState.DEPLOYED,
}
# What a step states beside its day.
_STATED: Mapping[UpgradeStep, tuple[str, ...]] = {
    UpgradeStep.REQUEST: (),
    UpgradeStep.REVIEW: ("note",),
    UpgradeStep.ANSWER: ("note",),
    UpgradeStep.PROPOSE: ("number", "note"),
    UpgradeStep.APPROVE: ("number", "signer"),
    UpgradeStep.REFUSE: ("number", "signer", "note"),
    UpgradeStep.DEPLOY: (),
}


@dataclass(frozen=True, slots=True)
class UpgradeWish:
    """What an agency asks for: the matter in a line, what is wanted, why."""

    title: str
    content: str
    reason: str
    kind: UpgradeKind = UpgradeKind.UPGRADE


@dataclass(frozen=True, slots=True)
class UpgradePaper:
    """A step as it is entered: its day, number and signer of its paper, what is said of it."""

    on: date
    number: str = ""
    signer: str = ""
    note: str = ""


def recorders(regulation: Regulation) -> dict[UpgradeKind, str]:
    """What agencies may ask about the system, and the body that records what becomes of it.

    Upgrades where they need the approval of the committee, by way of the department; problems and proposals
    where the text says who collects them; support where the text has the provider give it on request, which
    whoever runs the system records, for the provider is no agency.

    Basis: QN20-17.2, QN20-23.4, QN20-28.1#2, PT24-21.3, PT24-21.5, DL24-18.4#2.
    """
    found: dict[UpgradeKind, str] = {}
    if needs_approval(regulation):
        found[UpgradeKind.UPGRADE] = "dttt"
    if collector := regulation.choice("change.collected_by"):
        found[UpgradeKind.COMMENT] = collector
    operator = regulation.choice("operator.agency")
    if regulation.choice("change.supported_by") and operator:
        found[UpgradeKind.SUPPORT] = operator
    return found


def clauses_of(regulation: Regulation, kind: UpgradeKind) -> tuple[str, ...]:
    """The clauses on which requests of the kind rest."""
    keys = {
        UpgradeKind.UPGRADE: ("change.control",),
        UpgradeKind.COMMENT: ("change.collected_by", "change.reviewed_with"),
        UpgradeKind.SUPPORT: ("change.supported_by",),
    }
    return tuple(one for key in keys[kind] for one in regulation.clauses(key))


def needs_approval(regulation: Regulation) -> bool:
    """Whether the provincial committee decides before the system is changed.

    Basis: QN20-17.2.
    """
    return regulation.choice("change.control") == "committee_via_dttt"


def next_steps(regulation: Regulation, kind: UpgradeKind, state: UpgradeState) -> tuple[UpgradeStep, ...]:
    """What may be recorded next of a request in this state.

    Support is answered. A comment is answered, or leads to a proposal: after a review with those whom the
    text names, where it names any. What was proposed is decided on where the committee must approve, and
    else deployed.

    Basis: QN20-17.2, QN20-23.4, QN20-28.1#2, PT24-21.3, PT24-21.5, DL24-18.4#2.
    """
    if state is UpgradeState.APPROVED:
        return (UpgradeStep.DEPLOY,)
    if state is UpgradeState.PROPOSED:
        approve = (UpgradeStep.APPROVE, UpgradeStep.REFUSE)
        return approve if needs_approval(regulation) else (UpgradeStep.DEPLOY,)
    if state is UpgradeState.REVIEWED:
        return (UpgradeStep.PROPOSE, UpgradeStep.ANSWER)
    if state is not UpgradeState.REQUESTED:
        return ()
    if kind is UpgradeKind.UPGRADE:
        return (UpgradeStep.PROPOSE,)
    if kind is UpgradeKind.SUPPORT:
        return (UpgradeStep.ANSWER,)
    reviewed = regulation.words("change.reviewed_with")
    return (UpgradeStep.REVIEW if reviewed else UpgradeStep.PROPOSE, UpgradeStep.ANSWER)


def is_beyond_approval(regulation: Regulation, state: UpgradeState, step: UpgradeStep) -> bool:
    """Whether the step would deploy what the committee has not approved, where it must.

    Basis: QN20-17.2.
    """
    before = state not in (UpgradeState.APPROVED, UpgradeState.DEPLOYED)
    return needs_approval(regulation) and step is UpgradeStep.DEPLOY and before


def faults_of_wish(wish: UpgradeWish) -> dict[str, str]:
    """What a request lacks: it names the function, says what it is to do and why it is needed."""
    faults = {}
    for field, text, longest, sentence in (
        ("title", wish.title, TITLE, N_("Hãy ghi tên yêu cầu trong một dòng ngắn.")),
        ("content", wish.content, TEXT, N_("Hãy mô tả điều cần có hoặc vướng mắc đang gặp.")),
        ("reason", wish.reason, TEXT, N_("Hãy nêu lý do, sự cần thiết.")),
    ):
        if not 0 < len(visible_line(text)) <= longest:
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
        length = len(visible_line(text))
        if length > longest or (field in stated and not length):
            faults[field] = sentence
    return faults
