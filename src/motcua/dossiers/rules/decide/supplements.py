"""Asking the applicant for what is missing: once, completely, and controlled where the regulation says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.enums import Status
from motcua.dossiers.errors import (
    AlreadyGuided,
    AwaitingControl,
    AwaitingRelay,
    GuidanceRequired,
    NoSuchTask,
    NotAComponent,
    ReasonRequired,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.life import CONTROL_STEP, RELAY_STEP
from motcua.dossiers.rules.moves import beside_the_steps, task_for, with_due
from motcua.dossiers.rules.state import OpenTask, State, SupplementItem
from motcua.kernel.text import visible

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts
    from motcua.kernel.errors import Refusal
    from motcua.law.rules import Regulation

_STOPPING = ("pause", "restart")
_CONTROLLERS = {"head_of_desk": "desk_head", "leader": "approver"}


def request(
    state: State, command: commands.RequestSupplement, facts: Facts, at: datetime
) -> events.SupplementRequested | events.SupplementProposed:
    """Ask the applicant for what is missing: content, reason and full guidance, once.

    Only components that the published procedure has for the case and the channel of this dossier may be
    asked for. Where the regulation gives guidance once, a second request needs its own ground, which is kept;
    one that was taken back is no first.
    Where it has requests controlled, this is a proposal that waits, unless who asks is the controller. Where
    it has what the settling side asks for told by the desk, the desk sends it. After acceptance the clock
    stands still from when the applicant is told, where a text stops it.

    Basis: QN20-10.4, DL24-8.1.a#3, DL24-19.1.b, DL24-20.2, PT24-9.1.a, PT24-9.2.a, QN20-11.1#3, QN20-11.2#2,
    KT18-14.2, KT18-15.2, KT18-3.4, KT22-8.3; readings A21, A38.
    """
    if not (command.items and visible(command.reason) and visible(command.guidance)):
        raise GuidanceRequired(clauses=facts.regulation.clauses("supplement.full_guidance"))
    asked_of = facts.sheet.components_for(state.target.channel, state.target.variant)
    known = {component.key for component in asked_of}
    if strangers := [item.what for item in command.items if item.key not in known]:
        raise NotAComponent(names="; ".join(strangers))
    allowed = requests_allowed(state.target.channel, facts.regulation)
    if allowed is not None and len(state.requests) >= allowed and not visible(command.again_ground):
        raise AlreadyGuided(clauses=facts.regulation.clauses("supplement.max_requests"))
    items = tuple(_named(item, facts) for item in command.items)
    reason, guidance = visible(command.reason), visible(command.guidance)
    ground = visible(command.again_ground)
    role = controller(state, facts.regulation)
    waits_for = _control_task(state, role, at, facts) if role and not facts.controls else None
    if waits_for is None and goes_through_desk(state, facts.regulation):
        waits_for = _relay_task(state, at)
    if waits_for is not None:
        move = events.Move(opened=(waits_for,))
        who = facts.actor
        return events.SupplementProposed(
            items, reason, guidance, move, ground, who.name, asked_by=who.id, asked_for=who.for_id
        )
    return events.SupplementRequested(
        items=items,
        reason=reason,
        guidance=guidance,
        number=_number(state),
        again_ground=ground,
        guided_by=facts.actor.name,
        clock_runs=is_running(state, facts.regulation),
        asked_by=facts.actor.id,
        asked_for=facts.actor.for_id,
        let_out_by=facts.doers,
    )


def release(
    state: State, command: commands.ReleaseSupplement, facts: Facts, at: datetime
) -> events.SupplementRequested | events.SupplementCleared:
    """Agree to a proposed request: it goes to the applicant as it was proposed.

    Where the text has it passed to the desk ("chuyển Bộ phận ... để thông báo"), the leader's agreement only
    clears it: the desk has the task to send it, and what the desk does then reaches the applicant. Where no
    leader agrees the desk has that task at once. Elsewhere it goes out with the agreement of the desk's head.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2, KT22-6.2#1, KT22-9#1, PT24-3.2; by reference NĐ 61/2018 Đ5
    (found); reading A21.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    proposed = state.proposed_supplement
    if proposed is None:
        raise NoSuchTask()
    if task.kind == CONTROL_STEP and goes_through_desk(state, facts.regulation):
        relay = _relay_task(state, at)
        return events.SupplementCleared(events.Move((task.key,), (relay,)), facts.doers)
    return events.SupplementRequested(
        items=proposed.items,
        reason=proposed.reason,
        guidance=proposed.guidance,
        number=_number(state),
        again_ground=proposed.again_ground,
        guided_by=facts.actor.name if _is_settled_on(state) else proposed.proposed_by,
        clock_runs=is_running(state, facts.regulation),
        asked_by=proposed.asked_by,
        asked_for=proposed.asked_for,
        let_out_by=(*proposed.agreed_by, *facts.doers),
    )


def send_back(
    state: State, command: commands.ReturnSupplement, facts: Facts, at: datetime
) -> events.SupplementReturned:
    """Do not agree to a proposed request, and say why; who proposed it is told, the applicant hears nothing.

    So does the desk that has to send one to which nobody has agreed (`policy.may_use`): a request that it
    sees to be wrong stops nobody's term and asks nobody for anything. That it may is ours; what a leader
    has agreed to it sends.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2; reading A21.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    if not visible(command.reason):
        raise ReasonRequired()
    proposed = state.proposed_supplement
    if proposed is None:
        raise NoSuchTask()
    return events.SupplementReturned(
        visible(command.reason), events.Move(closed=(task.key,)), proposed.asked_by, proposed.asked_for
    )


def is_running(state: State, regulation: Regulation) -> bool:
    """Whether the term of an accepted dossier runs on while what is asked for now is awaited.

    It stands still only where the regulation, or a law in force to which it points, says so.

    Basis: KT18-8.1.a, QN20-1.3, KT22-1.1.b, DL24-12.6, PT24-3.2; by reference QĐ 766/QĐ-TTg chỉ số 2.1
    (secondary); reading A38.
    """
    return state.accepted_at is not None and regulation.choice("supplement.clock") not in _STOPPING


def controller(state: State, regulation: Regulation) -> str:
    """The role that must agree before a request goes out at this stage; empty where none must.

    As long as the dossier is at the desk, the desk asks: that is intake. Afterwards the units that settle do.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2; reading A21.
    """
    stage = "settlement" if _is_settled_on(state) else "intake"
    if stage not in regulation.words("supplement.control_stages"):
        return ""
    return _CONTROLLERS.get(regulation.choice("supplement.control") or "", "")


def goes_through_desk(state: State, regulation: Regulation) -> bool:
    """Whether the desk itself sends on what the settling side asks the applicant for.

    At intake the desk asks anyway.

    Basis: KT18-15.2, DL24-20.2, KT22-6.2#1, KT22-9#1, PT24-3.2; by reference NĐ 61/2018 Đ5 (found).
    """
    return _is_settled_on(state) and regulation.flag("supplement.through_desk") is True


def still_waits(state: State, regulation: Regulation) -> Refusal:
    """The refusal to go on while a request waits: for its controller, or for the desk to send it.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2, KT22-9#1, PT24-3.2.
    """
    if any(task.kind == RELAY_STEP for task in state.tasks):
        return AwaitingRelay(clauses=regulation.clauses("supplement.through_desk"))
    return AwaitingControl(clauses=regulation.clauses("supplement.control"))


def _is_settled_on(state: State) -> bool:
    """Whether the dossier has left the desk for those who settle it."""
    return state.status is Status.IN_PROGRESS


def _relay_task(state: State, at: datetime) -> OpenTask:
    return beside_the_steps(RELAY_STEP, "Gửi yêu cầu bổ sung cho người nộp", "receiver", state, at)


def _control_task(state: State, role: str, at: datetime, facts: Facts) -> OpenTask:
    """What waits for the controller. While a filing is to be answered it is due when the answer is: asking
    for a supplement is that answer, and the applicant waits as long whoever has it. After acceptance no text
    gives it a term of its own; then the dossier's runs on.

    Basis: QN20-11.2#2, QN20-11.3#1.
    """
    task = beside_the_steps(CONTROL_STEP, "Kiểm soát yêu cầu bổ sung", role, state, at)
    return with_due(task, state.reply_due_at, facts)


def _number(state: State) -> str:
    return f"{state.reference}/HDHS-{len(state.supplements) + 1}"


def _named(item: SupplementItem, facts: Facts) -> SupplementItem:
    """The request as the applicant reads it: which paper, and what about it."""
    paper = next(paper for paper in facts.sheet.papers if paper.key == item.key)
    name, what = paper.called, visible(item.what)
    if what in ("", name, paper.name):
        return replace(item, what=name)
    return item if name in what else replace(item, what=f"{name}: {what}")


def requests_allowed(channel: str, regulation: Regulation) -> int | None:
    """How often a supplement may be asked for; None where the regulation sets no number for the channel.

    Basis: DL24-8.1.a#3, PT24-9.2.a, QN20-11.1#3, KT22-9#1, KT18-14.2; by reference NĐ 61/2018 Đ17
    (secondary).
    """
    if channel not in (regulation.words("supplement.count_applies") or (channel,)):
        return None
    return regulation.number("supplement.max_requests")
