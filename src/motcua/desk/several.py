"""One decision on several dossiers: each an act of its own, each with its own outcome."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from motcua.agencies.enums import Role
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Decision
from motcua.dossiers.errors import BadAssignee, NoSuchTask, Stale, WrongState
from motcua.dossiers.services import Contact, Steered, Waiting
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Refusal
from motcua.kernel.numbers import read_number
from motcua.theme.refusals import sentence

PICKED = "ho-so"  # in the address of the page: an id for each dossier that was ticked
KINDS = {
    "approve": ("approved", "step_completed"),
    "refuse": ("refused",),
    "send_back": ("sent_back",),
    "release": ("supplement_requested", "supplement_cleared"),
    "return_request": ("supplement_returned",),
}
DECIDING = frozenset({Role.APPROVER, Role.DESK_HEAD})  # who has something to agree to

_DONE = {
    "approve": N_("Đã phê duyệt."),
    "refuse": N_("Đã từ chối giải quyết."),
    "send_back": N_("Đã trả lại để sửa."),
    "release": N_("Đã đồng ý yêu cầu bổ sung."),
    "return_request": N_("Đã trả lại yêu cầu bổ sung."),
}
_ONE_BY_ONE = N_("Quyết định khác với đề xuất thì mở riêng hồ sơ và ghi lý do.")
_NOT_TOLD = N_("Hệ thống không báo được cho người nộp.")


@dataclass(frozen=True, slots=True)
class Pick:
    """A dossier as it was read: what was decided is about this version."""

    dossier_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one dossier. `to_tell`: how the applicant is told of it, where the system cannot."""

    dossier_id: str
    reference: str
    name: str
    is_done: bool
    said: str
    to_tell: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def read_picks(typed: list[str]) -> list[Pick]:
    """`<id>` or `<id>:<version>`, each dossier once; anything else is passed over."""
    found: dict[str, Pick] = {}
    for each in typed:
        dossier_id, _, version = each.partition(":")
        try:
            known = str(UUID(dossier_id))
        except ValueError:
            continue
        found.setdefault(known, Pick(known, read_number(version, digits=8) or 0))
    return list(found.values())


def decide(actor: Actor, at: datetime, what: str, text: str, each: Waiting, version: int) -> Outcome:
    """Do to one of them what was chosen; a refusal of the service is its outcome, not an error.

    Refused without words of the leader, the applicant reads those of the proposal, which stood beside it.
    """
    who = (each.id, each.state.reference, each.state.contents.applicant.name)
    if _departs(what, each):
        return Outcome(*who, False, gettext(_ONE_BY_ONE))
    try:
        _act(actor, at, what, text, each, version)
    except (Stale, NoSuchTask, WrongState) as refusal:
        if _is_done_already(actor, each.id, version, what):  # the button was pressed twice
            return Outcome(*who, True, _done(what))
        return Outcome(*who, False, sentence(refusal))
    except Refusal as refusal:
        return Outcome(*who, False, sentence(refusal))
    if what == "release" and each.unreached is not None:
        return Outcome(*who, True, _done(what), to_tell(each.unreached))
    return Outcome(*who, True, _done(what))


def to_tell(contact: Contact) -> str:
    """That nothing the system sends reaches the applicant, and how they are told instead."""
    return f"{gettext(_NOT_TOLD)} {how_to_tell(contact)}"


def how_to_tell(contact: Contact) -> str:
    """By telephone, else by letter, else when they come: by what is known of them."""
    if contact.phone:
        return gettext("Hãy gọi số %(phone)s.") % {"phone": contact.phone}
    if contact.address:
        return gettext("Hãy gửi phiếu tới địa chỉ: %(address)s.") % {"address": contact.address}
    return gettext("Hồ sơ không ghi số điện thoại hay địa chỉ: hãy báo khi người nộp đến.")


def gone(pick: Pick, actor: Actor, what: str) -> Outcome:
    """The outcome of a dossier that does not wait for this leader any more."""
    if _is_done_already(actor, pick.dossier_id, pick.version, what):
        return Outcome(pick.dossier_id, "", "", True, _done(what))
    return Outcome(pick.dossier_id, "", "", False, sentence(NoSuchTask()))


def urge(actor: Actor, at: datetime, each: Steered, text: str) -> Outcome:
    """Urge on one of them those with whom it lies."""
    who = (each.id, each.state.reference, each.state.contents.applicant.name)
    try:
        names = services.urge_dossier(actor=actor, at=at, dossier_id=each.id, text=text)
    except Refusal as refusal:
        return Outcome(*who, False, sentence(refusal))
    return Outcome(*who, True, gettext("Đã đôn đốc %(names)s.") % {"names": ", ".join(names)})


def give(actor: Actor, at: datetime, each: Steered, version: int, officer_id: str, reason: str) -> Outcome:
    """Give one of them to the officer: the case, or the task that fits them."""
    who = (each.id, each.state.reference, each.state.contents.applicant.name)
    try:
        key = each.task_for(officer_id)
        if key is None:
            raise BadAssignee()
        services.reassign(
            actor=actor,
            at=at,
            dossier_id=each.id,
            expected_version=version,
            officer_id=officer_id,
            reason=reason,
            task_key=key,
        )
    except Refusal as refusal:
        if _was_given(actor, each.id, version, officer_id):  # the button was pressed twice
            return Outcome(*who, True, gettext("Đã giao hồ sơ."))
        return Outcome(*who, False, sentence(refusal))
    return Outcome(*who, True, gettext("Đã giao hồ sơ."))


def _was_given(actor: Actor, dossier_id: str, version: int, officer_id: str) -> bool:
    if not queries.was_done(dossier_id, seq=version + 1, actor=actor, kinds=("reassigned",)):
        return False
    state = queries.state_of(dossier_id)
    return officer_id in {state.case_officer_id, *(task.officer_id for task in state.tasks)}


def gone_from_hands(dossier_id: str) -> Outcome:
    """The outcome of a dossier that is not this head's to steer any more."""
    return Outcome(dossier_id, "", "", False, sentence(NoSuchTask()))


def _departs(what: str, each: Waiting) -> bool:
    """Whether it decides otherwise than was proposed: that takes a look at the dossier, and a reason."""
    proposal = None if each.is_supplement else each.state.proposal
    return (
        proposal is not None
        and {"approve": Decision.GRANT, "refuse": Decision.REFUSE}.get(what, proposal) is not proposal
    )


def _act(actor: Actor, at: datetime, what: str, text: str, each: Waiting, version: int) -> None:
    common: dict[str, Any] = {
        "actor": actor,
        "at": at,
        "dossier_id": each.id,
        "expected_version": version,
        "task_key": each.task.key,
    }
    if what == "approve":
        services.approve(**common, note=text)
    elif what == "refuse":
        services.refuse(**common, reason=text or each.proposal_text)
    elif what == "release":
        services.release_supplement(**common)
    elif what == "return_request":
        services.return_supplement(**common, reason=text)
    else:
        services.send_back(**common, to_step=each.back_to.key if each.back_to else "", reason=text)


def _done(what: str) -> str:
    return gettext(_DONE[what])


def _is_done_already(actor: Actor, dossier_id: str, version: int, what: str) -> bool:
    """Whether the act right after the version that was read is this very decision by this very officer."""
    return queries.was_done(dossier_id, seq=version + 1, actor=actor, kinds=KINDS[what])
