"""What a dossier is after something happened. Total: every event folds into any state it can follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import Decision, Status
from motcua.dossiers.rules import events
from motcua.dossiers.rules.events import Event, Move
from motcua.dossiers.rules.life import CHECK_STEP
from motcua.dossiers.rules.state import (
    ClockPause,
    LateEntry,
    ResultPaper,
    Slip,
    State,
    SupplementProposal,
    SupplementRequest,
    Visit,
)

Folder = Callable[[State, Any, datetime], State]


def fold(state: State | None, event: Event, at: datetime) -> State:
    """The state after `event` happened at `at`."""
    if state is None:
        return _begin(event, at)
    folder = _FOLDERS[type(event)]
    return replace(folder(state, event, at), version=state.version + 1, last_at=at)


def refold(history: Iterable[tuple[Event, datetime]]) -> State:
    """Fold a whole history. Raises ValueError if it is empty."""
    state: State | None = None
    for event, at in history:
        state = fold(state, event, at)
    if state is None:
        raise ValueError("a dossier has at least one event")
    return state


def _begin(event: Event, at: datetime) -> State:
    if isinstance(event, events.DraftSaved):
        return State(Status.DRAFT, 1, event.target, event.contents, event.owner_id, last_at=at)
    if isinstance(event, events.Registered):
        fresh = State(Status.SUBMITTED, 1, event.target, event.contents, event.owner_id, last_at=at)
        filed = replace(
            fresh,
            submission_key=event.submission_key,
            filing_number=event.filing_number,
            filed_at=at,
            received_at=event.received_at,
        )
        return _moved(filed, event.move)
    raise ValueError(f"a dossier does not begin with {event.KIND}")


def _moved(state: State, move: Move) -> State:
    kept = tuple(task for task in state.tasks if task.key not in move.closed)
    known = {task.key for task in state.tasks}
    check = next((task for task in move.opened if task.step_key == CHECK_STEP), None)
    fresh = sum(task.key not in known for task in move.opened)
    return replace(
        state,
        tasks=kept + move.opened,
        task_serial=state.task_serial + fresh,
        run=move.run if move.run is not None else state.run,
        reply_due_at=check.due_at if check else state.reply_due_at,
    )


def _draft_saved(state: State, event: events.DraftSaved, at: datetime) -> State:
    return replace(state, target=event.target, contents=event.contents)


def _submitted(state: State, event: events.Submitted, at: datetime) -> State:
    filed = replace(
        state,
        status=Status.SUBMITTED,
        target=replace(state.target, regulation=event.regulation),
        filing_number=event.filing_number,
        submission_key=event.submission_key,
        filed_at=at,
        received_at=event.received_at,
    )
    return _moved(filed, event.move)


def _accepted(state: State, event: events.Accepted, at: datetime) -> State:
    accepted = replace(
        state,
        status=Status.ACCEPTED,
        code=event.code,
        received_at=event.received_at,
        accepted_at=at,
        term=event.term,
        due_at=event.due_at,
        process_id=event.process_id,
    )
    answered = _answered(accepted, at)
    if event.with_receipt:
        answered = _with_slip(answered, SlipKind.INTAKE_RECEIPT, event.number, at)
    return _moved(answered, event.move)


def _declined(state: State, event: events.Declined, at: datetime) -> State:
    ended = _answered(_ended(state, Status.DECLINED, event.reason, at), at)
    return _with_slip(ended, SlipKind.DECLINE, event.number, at)


def _supplement_requested(state: State, event: events.SupplementRequested, at: datetime) -> State:
    before = state.accepted_at is None
    request = SupplementRequest(at, before, event.items, event.reason, event.guidance)
    asked = replace(
        state,
        status=Status.AWAITING_SUPPLEMENT,
        supplements=(*state.supplements, request),
        tasks=() if before else tuple(task for task in state.tasks if task.kind != "control"),
        proposed_supplement=None,
        pauses=state.pauses if before else (*state.pauses, ClockPause(at, "supplement")),
    )
    answered = _answered(asked, at) if before else asked
    return _with_slip(answered, SlipKind.SUPPLEMENT_REQUEST, event.number, at)


def _supplement_proposed(state: State, event: events.SupplementProposed, at: datetime) -> State:
    proposal = SupplementProposal(
        event.items, event.reason, event.guidance, event.again_ground, event.proposed_by
    )
    return _moved(replace(state, proposed_supplement=proposal), event.move)


def _supplement_returned(state: State, event: events.SupplementReturned, at: datetime) -> State:
    return _moved(replace(state, proposed_supplement=None), event.move)


def _supplemented(state: State, event: events.Supplemented, at: datetime) -> State:
    answered = replace(state.supplements[-1], answered_at=at)
    brought = replace(state, contents=event.contents, supplements=(*state.supplements[:-1], answered))
    if answered.before_acceptance:
        again = replace(brought, status=Status.SUBMITTED, received_at=event.received_at)
        return _moved(again, event.move)
    at_desk = any(task.kind == "intake" for task in state.tasks)
    resumed = replace(
        brought,
        status=Status.ACCEPTED if at_desk else Status.IN_PROGRESS,
        pauses=(*state.pauses[:-1], replace(state.pauses[-1], end=at)),
        due_at=event.due_at,
    )
    return _moved(resumed, event.move)


def _handed_over(state: State, event: events.HandedOver, at: datetime) -> State:
    return _moved(replace(state, status=Status.IN_PROGRESS), event.move)


def _assigned(state: State, event: events.Assigned, at: datetime) -> State:
    return _moved(replace(state, case_officer_id=event.officer_id), event.move)


def _step_completed(state: State, event: events.StepCompleted, at: datetime) -> State:
    return _moved(state, event.move)


def _sent_back(state: State, event: events.SentBack, at: datetime) -> State:
    return _moved(replace(state, proposal=None), event.move)


def _proposed(state: State, event: events.Proposed, at: datetime) -> State:
    proposed = replace(state, proposal=event.decision, decision_note=event.text)
    return _moved(proposed, event.move)


def _approved(state: State, event: events.Approved, at: datetime) -> State:
    decided = replace(state, status=Status.DECIDED, decision=Decision.GRANT)
    return _moved(decided, event.move)


def _refused(state: State, event: events.Refused, at: datetime) -> State:
    decided = replace(
        state,
        status=Status.DECIDED,
        decision=Decision.REFUSE,
        decision_note=event.reason,
        reason=event.reason,
    )
    return _moved(decided, event.move)


def _result_issued(state: State, event: events.ResultIssued, at: datetime) -> State:
    paper = ResultPaper(event.number, event.name, at, state.decision or Decision.GRANT, event.file_id)
    issued = replace(state, status=Status.RESULT_ISSUED, results=(*state.results, paper), finished_at=at)
    return _moved(issued, event.move)


def _invited(state: State, event: events.Invited, at: datetime) -> State:
    return replace(state, visits=(*state.visits, Visit(event.visit_at, event.purpose)))


def _announced(state: State, event: events.Announced, at: datetime) -> State:
    return replace(state, status=Status.READY, ready_at=at)


def _result_returned(state: State, event: events.ResultReturned, at: datetime) -> State:
    handed = replace(state, status=Status.RETURNED, returned_at=at, handing=event.handing, ended_at=at)
    return _moved(handed, event.move)


def _closed(state: State, event: events.Closed, at: datetime) -> State:
    return replace(state, status=Status.CLOSED)


def _withdrawn(state: State, event: events.Withdrawn, at: datetime) -> State:
    return _ended(state, Status.WITHDRAWN, event.reason, at)


def _stopped(state: State, event: events.Stopped, at: datetime) -> State:
    return _ended(state, Status.STOPPED, event.reason, at)


def _entered_late(state: State, event: events.EnteredLate, at: datetime) -> State:
    mark = LateEntry(state.version, event.incident_id, event.page, event.entered_at)
    return replace(state, late_entries=(*state.late_entries, mark))


def _ended(state: State, status: Status, reason: str, at: datetime) -> State:
    pauses = tuple(pause if pause.end else replace(pause, end=at) for pause in state.pauses)
    return replace(
        state,
        status=status,
        tasks=(),
        reason=reason,
        ended_at=at,
        pauses=pauses,
        proposed_supplement=None,
    )


def _answered(state: State, at: datetime) -> State:
    """The filing was answered; kept is whether an online one had to wait longer than its term."""
    late = state.reply_due_at is not None and at > state.reply_due_at and state.target.channel == "online"
    return replace(state, reply_due_at=None, answered_late_at=at if late else state.answered_late_at)


def _with_slip(state: State, kind: SlipKind, number: str, at: datetime) -> State:
    return replace(state, slips=(*state.slips, Slip(kind, state.version + 1, number, at)))


_FOLDERS: dict[type[Event], Folder] = {
    events.DraftSaved: _draft_saved,
    events.Submitted: _submitted,
    events.Accepted: _accepted,
    events.Declined: _declined,
    events.SupplementRequested: _supplement_requested,
    events.SupplementProposed: _supplement_proposed,
    events.SupplementReturned: _supplement_returned,
    events.Supplemented: _supplemented,
    events.HandedOver: _handed_over,
    events.Assigned: _assigned,
    events.StepCompleted: _step_completed,
    events.SentBack: _sent_back,
    events.Proposed: _proposed,
    events.Approved: _approved,
    events.Refused: _refused,
    events.ResultIssued: _result_issued,
    events.Invited: _invited,
    events.Announced: _announced,
    events.ResultReturned: _result_returned,
    events.Closed: _closed,
    events.Withdrawn: _withdrawn,
    events.Stopped: _stopped,
    events.EnteredLate: _entered_late,
}
