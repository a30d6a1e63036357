"""One decision on several dossiers: each an act of its own, each with its own outcome."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from motcua.agencies.enums import Role
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Decision
from motcua.dossiers.errors import BadAssignee, NoSuchTask, Stale, WrongState
from motcua.dossiers.services import Contact, Meanwhile, Steered, Waiting
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Refusal
from motcua.kernel.numbers import read_number
from motcua.theme.refusals import sentence
from motcua.theme.wording import short_moment

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
# What takes a dossier out of a leader's hands, as it is said to one who comes too late.
_MEANWHILE = {
    "approved": N_("Đã được %(name)s phê duyệt lúc %(at)s."),
    "step_completed": N_("Bước này đã được %(name)s hoàn thành lúc %(at)s."),
    "refused": N_("Đã được %(name)s quyết định từ chối giải quyết lúc %(at)s."),
    "sent_back": N_("Đã được %(name)s trả lại để sửa lúc %(at)s."),
    "reassigned": N_("Đã được %(name)s giao cho người khác lúc %(at)s."),
    "supplement_proposed": N_("Đã được %(name)s đề xuất yêu cầu bổ sung lúc %(at)s."),
    "supplement_requested": N_("Yêu cầu bổ sung đã được %(name)s gửi lúc %(at)s."),
    "supplement_cleared": N_("Yêu cầu bổ sung đã được %(name)s đồng ý lúc %(at)s."),
    "supplement_returned": N_("Yêu cầu bổ sung đã được %(name)s trả lại lúc %(at)s."),
    "withdrawn": N_("Hồ sơ đã được %(name)s rút lúc %(at)s."),
    "stopped": N_("Đã được %(name)s dừng giải quyết lúc %(at)s."),
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
    """What came of one dossier. `to_tell`: how the applicant is told of it, where the system cannot.

    One that the officer may not read has neither id nor name: the page only counts it.
    """

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


def what_became(actor: Actor, at: datetime, picks: Collection[Pick], why: str) -> dict[str, Meanwhile]:
    """By id, what became of the dossiers that are not this officer's to act on any more."""
    seen = {pick.dossier_id: pick.version for pick in picks}
    return services.meanwhile(actor=actor, at=at, seen=seen, kinds=_MEANWHILE, why=why)


def gone(pick: Pick, became: Meanwhile | None, what: str = "") -> Outcome:
    """The outcome of a dossier that does not wait for this officer any more: named as far as they may read
    it, with who did what meanwhile. `what` they had chosen themselves: pressed twice, it is done."""
    if became is None or not became.reference:
        return Outcome("", "", "", False, sentence(NoSuchTask()))
    who = (pick.dossier_id, became.reference, became.name)
    if became.is_own_next and became.kind in KINDS.get(what, ()):
        return Outcome(*who, True, _done(what))
    if became.at is None:
        return Outcome(*who, False, sentence(NoSuchTask()))
    values = {"name": became.by, "at": short_moment(became.at)}
    return Outcome(*who, False, gettext(_MEANWHILE[became.kind]) % values)


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
        common: dict[str, Any] = {
            "actor": actor,
            "at": at,
            "dossier_id": each.id,
            "expected_version": version,
            "officer_id": officer_id,
            "task_key": key,
        }
        if key in each.unassigned:  # nobody has it yet: the case is theirs from now on
            services.assign(**common, note=reason)
        else:
            services.reassign(**common, reason=reason)
    except Refusal as refusal:
        if _was_given(actor, each.id, version, officer_id):  # the button was pressed twice
            return Outcome(*who, True, gettext("Đã giao hồ sơ."))
        return Outcome(*who, False, sentence(refusal))
    return Outcome(*who, True, gettext("Đã giao hồ sơ."))


def _was_given(actor: Actor, dossier_id: str, version: int, officer_id: str) -> bool:
    if not queries.was_done(dossier_id, seq=version + 1, actor=actor, kinds=("reassigned", "assigned")):
        return False
    state = queries.state_of(dossier_id)
    return officer_id in {state.case_officer_id, *(task.officer_id for task in state.tasks)}


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
