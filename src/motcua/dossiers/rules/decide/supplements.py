"""Asking the applicant for what is missing: once, completely, and controlled where the regulation says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.enums import Status
from motcua.dossiers.errors import AlreadyGuided, GuidanceRequired, NoSuchTask, NotAComponent, ReasonRequired
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.life import CONTROL_STEP
from motcua.dossiers.rules.moves import task_for, unit_for
from motcua.dossiers.rules.state import OpenTask, State, SupplementItem

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts
    from motcua.law.rules import Regulation

_CONTROLLERS = {"head_of_desk": "desk_head", "leader": "approver"}


def request(
    state: State, command: commands.RequestSupplement, facts: Facts, at: datetime
) -> events.SupplementRequested | events.SupplementProposed:
    """Ask the applicant for what is missing: content, reason and full guidance, once.

    Only components of the published procedure may be asked for. Where the regulation gives guidance once, a
    second request needs its own ground, which is kept. Where it has requests controlled, this is a proposal
    that waits, unless who asks is the controller. After acceptance the clock stands still from the request.

    Basis: QN20-10.4, DL24-8.1.a, DL24-20.2, PT24-9.1.a, PT24-9.2.a, QN20-11.1, QN20-11.2#2, KT18-14.2,
    KT18-15.2,
    KT18-3.4, KT22-8.3; reading A21.
    """
    if not (command.items and command.reason.strip() and command.guidance.strip()):
        raise GuidanceRequired()
    known = {component.key for component in facts.sheet.components}
    if strangers := [item.what for item in command.items if item.key not in known]:
        raise NotAComponent(names="; ".join(strangers))
    allowed = _requests_allowed(state.target.channel, facts)
    if allowed is not None and len(state.supplements) >= allowed and not command.again_ground.strip():
        raise AlreadyGuided(clauses=facts.regulation.clauses("supplement.max_requests"))
    items = tuple(_named(item, facts) for item in command.items)
    reason, guidance = command.reason.strip(), command.guidance.strip()
    ground = command.again_ground.strip()
    role = controller(state, facts.regulation)
    if role and not facts.controls:
        move = events.Move(opened=(_control_task(state, role, at),), run=_run_of(state))
        return events.SupplementProposed(items, reason, guidance, move, ground, facts.actor.name)
    return events.SupplementRequested(items, reason, guidance, _number(state), ground)


def release(
    state: State, command: commands.ReleaseSupplement, facts: Facts, at: datetime
) -> events.SupplementRequested:
    """Agree to a proposed request: it goes to the applicant as it was proposed, through the desk.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2; reading A21.
    """
    task_for(state, command.task_key, command.VERB, facts)
    proposed = state.proposed_supplement
    if proposed is None:
        raise NoSuchTask()
    return events.SupplementRequested(
        items=proposed.items,
        reason=proposed.reason,
        guidance=proposed.guidance,
        number=_number(state),
        again_ground=proposed.again_ground,
        guided_by=proposed.proposed_by,
    )


def send_back(
    state: State, command: commands.ReturnSupplement, facts: Facts, at: datetime
) -> events.SupplementReturned:
    """Do not agree to a proposed request, and say why; the applicant hears nothing.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2; reading A21.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    if not command.reason.strip():
        raise ReasonRequired()
    move = events.Move(closed=(task.key,), run=_run_of(state))
    return events.SupplementReturned(command.reason.strip(), move)


def controller(state: State, regulation: Regulation) -> str:
    """The role that must agree before a request goes out at this stage; empty where none must.

    As long as the dossier is at the desk, the desk asks: that is intake. Afterwards the units that settle do.

    Basis: QN20-11.2#2, KT18-15.2, DL24-20.2; reading A21.
    """
    stage = "settlement" if state.status is Status.IN_PROGRESS else "intake"
    if stage not in regulation.words("supplement.control_stages"):
        return ""
    return _CONTROLLERS.get(regulation.choice("supplement.control") or "", "")


def _control_task(state: State, role: str, at: datetime) -> OpenTask:
    return OpenTask(
        key=f"{CONTROL_STEP}-{state.task_serial + 1}",
        step_key=CONTROL_STEP,
        kind="control",
        name="Kiểm soát yêu cầu bổ sung",
        role=role,
        unit_id=unit_for(role, state.target.posting),
        opened_at=at,
    )


def _run_of(state: State) -> dict[str, object] | None:
    return dict(state.run) if state.run is not None else None


def _number(state: State) -> str:
    return f"{state.reference}/HDHS-{len(state.supplements) + 1}"


def _named(item: SupplementItem, facts: Facts) -> SupplementItem:
    """The request as the applicant reads it: which paper, and what about it."""
    name = next(component.name for component in facts.sheet.components if component.key == item.key)
    what = item.what.strip()
    if not what or what == name:
        return replace(item, what=name)
    return item if name in what else replace(item, what=f"{name}: {what}")


def _requests_allowed(channel: str, facts: Facts) -> int | None:
    """How often a supplement may be asked for; None where the regulation sets no number for the channel."""
    if channel not in (facts.regulation.words("supplement.count_applies") or (channel,)):
        return None
    return facts.regulation.number("supplement.max_requests")
