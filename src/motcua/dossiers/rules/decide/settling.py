"""What the agency does between hand-over and decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import Decision, Verb
from motcua.dossiers.errors import (
    BadAssignee,
    DecidedFurtherOn,
    NumberFirst,
    OwnProposal,
    ProposalFirst,
    ReasonOfOursRequired,
    ReasonRequired,
    ResultFirst,
    WrongState,
)
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.assigning import awaits_assignment
from motcua.dossiers.rules.awaiting import check_nothing_awaited, unanswered, verifications_awaited
from motcua.dossiers.rules.decide.appointments import given_up
from motcua.dossiers.rules.decide.lateness import late_at_the_end, letter_not_owed, missed_letter
from motcua.dossiers.rules.decide.supplements import still_waits
from motcua.dossiers.rules.decide.undone import forwarding_overrun
from motcua.dossiers.rules.events import Move
from motcua.dossiers.rules.life import STEP_KINDS
from motcua.dossiers.rules.moves import complete, go_on, task_for, waits_for_applicant, without_questions
from motcua.dossiers.rules.moves import send_back as moved_back
from motcua.dossiers.rules.state import OpenTask, State
from motcua.dossiers.rules.withdrawing import as_recorded, asked_by
from motcua.kernel.text import visible
from motcua.process.errors import CannotSendBack
from motcua.process.rules.definitions import last_approve

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts


def assign(state: State, command: commands.Assign, facts: Facts, at: datetime) -> events.Assigned:
    """The head gives the case to an officer of the settling unit: at the step of assigning, or work that
    nobody has yet where the process has no such step. That work goes on within its term.

    Basis: DL24-9.1.a#1, DL24-9.1.a#2, PT24-10.1.a#1, PT24-10.1.a#2, KT18-15.0; reading A71.
    """
    free = state.task(command.task_key)
    is_free = free is not None and awaits_assignment(state, free, facts.regulation)
    task = free if free is not None and is_free else task_for(state, command.task_key, command.VERB, facts)
    name = facts.assignees.get(command.officer_id)
    if name is None:
        raise BadAssignee()
    if is_free:
        given = replace(task, officer_id=command.officer_id)
        named = Move(closed=(task.key,), opened=(given,))
        return events.Assigned(command.officer_id, name, named, command.note)
    assigned = replace(state, case_officer_id=command.officer_id)
    move = go_on(assigned, task, at, facts, command.outcome)
    return events.Assigned(command.officer_id, name, move, command.note)


def complete_step(
    state: State, command: commands.CompleteStep, facts: Facts, at: datetime
) -> events.StepCompleted:
    """Finish a step with one of its outcomes. The result must exist before the dossier goes to the desk, and
    before a step is over of which the process says that it ends with the number. The step that brings an
    overdue result to the desk keeps what was owed and never came, the letter of apology (`missed_letter`).

    Basis: DL24-20.1.a, DL24-20.1.b, DL24-9.1.a#2, DL24-9.1.e, PT24-9.2.b#3, PT24-10.1.a#2, PT24-10.1.e,
    KT18-15.1.a, KT18-15.1.b, QN20-11.4#1.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    if waits_for_applicant(state, task):
        if state.proposed_supplement is None:
            raise WrongState(status=state.status.value)
        raise still_waits(state, facts.regulation)
    move = complete(state, task, at, facts, command.outcome)
    if not state.results and facts.process.step(task.step_key).ends_with_number:
        raise NumberFirst(step=task.name)
    opens_return = any(opened.kind == "return" for opened in move.opened)
    if not state.results and opens_return:
        raise ResultFirst()
    is_brought = opens_return and state.is_on_its_way
    missed = missed_letter(state, facts.regulation, facts.calendar, at) if is_brought else None
    goes_on_there = any(task.elsewhere and each.elsewhere == task.elsewhere for each in move.opened)
    is_part = task.is_given_away and not goes_on_there
    moot = letter_not_owed(facts.meanwhile, at) if is_brought else None
    return events.StepCompleted(
        task.step_key, move.outcome, move, command.note, task.elsewhere, is_part, missed, moot
    )


def send_back(state: State, command: commands.SendBack, facts: Facts, at: datetime) -> events.SentBack:
    """Return the dossier to an earlier step with a reason; the clock goes on.

    The proposal falls where it is made again: at the step returned to, or at one on the way from there. It
    stays where only other steps are done once more (a draft, its numbering), or whoever approves would find
    nothing to decide on.

    Basis: DL24-9.1.a#2, DL24-20.2, PT24-10.1.a#2, KT18-15.0, QN20-11.4#1; no text names the way back: who
    decides on what was submitted may also have it done better, within the term (our own reading, ADR 0047).
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    if not visible(command.reason):
        raise ReasonOfOursRequired()
    if command.to_step == facts.process.first.key:  # intake is over; what is missing is asked for instead
        raise CannotSendBack()
    move = moved_back(state, task, command.to_step, at, facts)
    keeps = state.proposal is not None and not _is_proposed_between(command.to_step, task, facts)
    who = (facts.actor.name, facts.actor.for_name)
    return events.SentBack(task.step_key, command.to_step, visible(command.reason), move, keeps, *who)


def propose(state: State, command: commands.Propose, facts: Facts, at: datetime) -> events.Proposed:
    """The case officer proposes to grant or to refuse and submits it to the leader.

    Not while an opinion or a verification is still to come, unless it is given up here, with the reason. The
    desk tells the applicant of each appointment to which they would come in vain.

    Basis: KT18-15.0, KT18-15.2, DL24-9.1.a#2, DL24-20.2, PT24-10.1.a#2, DL24-9.1.b#2,
    PT24-10.1.b#2, PT24-10.1.c#3; readings A34, A83.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    if command.decision is Decision.REFUSE and not visible(command.text):
        raise ReasonRequired()
    taken_back, called_off = visible(command.taken_back), visible(command.called_off)
    check_nothing_awaited(state, at, taken_back=taken_back, called_off=called_off)
    move = go_on(replace(state, proposal=command.decision), task, at, facts, command.outcome)
    uninvited: tuple[int, ...] = ()
    if called_off:
        move, uninvited = given_up(state, move, at)
    return events.Proposed(
        command.decision,
        visible(command.text),
        without_questions(state, move) if taken_back else move,
        facts.actor.id,
        taken_back if any(each.is_open for each in state.consultations) else "",
        called_off if verifications_awaited(state) else "",
        uninvited,
    )


def approve(
    state: State, command: commands.Approve, facts: Facts, at: datetime
) -> events.Approved | events.StepCompleted:
    """The leader grants. Only the last approving step of the process decides, and not over an opinion or a
    verification that is still to come; who was chased and kept silent is named.

    The officer proposes, whoever is competent decides: also against the proposal, then with a reason of their
    own in the note. That a reason is wanted is ours (ADR 0073).

    Basis: DL24-9.1.a#2, DL24-20.2, PT24-10.1.a#2, KT18-15.0, DL24-9.1.b#2,
    PT24-10.1.b#2; reading A34.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    against = _proposal_against(state, task, Decision.GRANT, facts)
    if against and not visible(command.note):
        raise ReasonOfOursRequired()
    move = complete(state, task, at, facts)
    if not _decides(task, facts):
        return events.StepCompleted(task.step_key, move.outcome, move, command.note)
    check_nothing_awaited(state, at)
    actor = facts.actor
    return events.Approved(move, command.note, unanswered(state, at), actor.id, actor.for_id, against)


def refuse(
    state: State, command: commands.Refuse, facts: Facts, at: datetime
) -> events.Refused | events.StepCompleted:
    """The leader refuses on the merits, with a written reason that the applicant will read; as proposed, or
    against the proposal.

    As with a grant, nothing that is still to come is passed over.

    Basis: DL24-9.2#1, DL24-9.2#2, DL24-20.2, PT24-10.2#1, PT24-10.2#2, KT18-15.2, DL24-9.1.b#2,
    PT24-10.1.b#2; reading A34.
    """
    task = task_for(state, command.task_key, command.VERB, facts)
    if not visible(command.reason):
        raise ReasonRequired()
    against = _proposal_against(state, task, Decision.REFUSE, facts)
    move = complete(state, task, at, facts)
    if not _decides(task, facts):
        return events.StepCompleted(task.step_key, move.outcome, move, visible(command.reason))
    check_nothing_awaited(state, at)
    actor = facts.actor
    reason = visible(command.reason)
    return events.Refused(reason, move, unanswered(state, at), actor.id, actor.for_id, against)


def stop(state: State, command: commands.Stop, facts: Facts, at: datetime) -> events.Stopped:
    """End the handling without a result, because the applicant asked for it; the desk records the request.

    Whoever cannot settle a dossier refuses it on the merits, by its leader and with a paper. So nothing ends
    here for a reason of the agency's own: also not where a supplement never came (`lateness.resume` lets the
    agency go on with what there is).

    Basis: DL24-9.2#1, DL24-20.2, PT24-10.2#1, PT24-10.2#2, KT18-15.2; by reference TT 03/2025 Đ7 (secondary):
    the applicant asks, no decision exists yet (before that circular reading A55, `withdrawing`), and a notice
    is given, with a number of our own form; our own reading where the text is silent (ADR 0042).
    """
    if not visible(command.reason):
        raise ReasonRequired()
    if state.accepted_at is None:  # what was not taken in is declined or withdrawn
        raise WrongState(status=state.status.value)
    request, requested_on = as_recorded(state, command, at)
    reason, actor = visible(command.reason), facts.actor
    number = _number_of_notice(state) if facts.has_stop_notice else ""
    asked = asked_by(requested_on, at)
    late = late_at_the_end(state, facts.regulation, facts.calendar, asked)
    return events.Stopped(
        reason,
        requested_on,
        request,
        command.file_id,
        number,
        actor.id,
        actor.for_id,
        *late,
        forwarding_overrun(state, asked),
        asked,
    )


def _number_of_notice(state: State) -> str:
    """None is given twice, though one of a stop that was taken back says nothing any more."""
    earlier = sum(slip.kind is SlipKind.STOP_NOTICE for slip in state.slips)
    return f"{state.reference}/TBD" + (f"-{earlier + 1}" if earlier else "")


def _proposal_against(state: State, task: OpenTask, decision: Decision, facts: Facts) -> Decision | None:
    """The proposal from which the decision departs, if it does. A decision has a proposal before it, unless
    nobody before the leader could have made one; only the step that decides may depart from it.

    Who decides in somebody's place is not who proposed; in their own right one person may hold both posts.
    """
    if facts.actor.for_id and state.proposed_by == facts.actor.id:
        raise OwnProposal()
    if state.proposal is None:
        if _somebody_proposes_before(task, facts):
            raise ProposalFirst()
        return None
    if state.proposal is decision:
        return None
    if not _decides(task, facts):
        raise DecidedFurtherOn()
    return state.proposal


def _somebody_proposes_before(task: OpenTask, facts: Facts) -> bool:
    return _is_proposed_between(facts.process.first.key, task, facts)


def _is_proposed_between(first: str, task: OpenTask, facts: Facts) -> bool:
    """Whether somebody proposes at that step or at one between it and the task."""
    start, here = facts.process.step(first).order, facts.process.step(task.step_key).order
    kinds = STEP_KINDS[Verb.PROPOSE]
    return any(start <= step.order < here and str(step.kind) in kinds for step in facts.process.steps)


def _decides(task: OpenTask, facts: Facts) -> bool:
    deciding = last_approve(facts.process)
    return deciding is not None and deciding.key == task.step_key
