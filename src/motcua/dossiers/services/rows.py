"""The rows that follow from a state: the one place where a fold becomes columns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from motcua.dossiers.rules.choices import NO_DUE
from motcua.dossiers.rules.moves import is_held, runs_on
from motcua.dossiers.rules.sending_out import is_sent_out
from motcua.dossiers.rules.state import OpenTask, Slip, State
from motcua.kernel.text import fold
from motcua.kernel.wire import to_wire
from motcua.law import queries as law


def dossier_columns(state: State) -> dict[str, Any]:
    """All columns of `Dossier` that are a fold of its events."""
    return {
        "version": state.version,
        "state": to_wire(state),
        "status": state.status.value,
        "code": state.code or None,
        "filing_number": state.filing_number or None,
        "submission_key": state.submission_key or None,
        "channel": state.target.channel,
        "agency_id": state.target.agency_id,
        "desk_unit_id": state.target.posting.desk,
        "procedure_version_id": state.target.procedure_version_id,
        "owner_id": int(state.owner_id) if state.owner_id else None,
        "principal_id": _number(state.behalf.account_id if state.behalf else ""),
        "organisation_id": _number(state.behalf.organisation_id if state.behalf else ""),
        "applicant_name": state.contents.applicant.name[:200],
        "search_text": search_text(state),
        "is_paused": state.is_paused,
        "stands_still": state.stands_still,
        "waits_since": state.waits_since,
        "filed_at": state.filed_at,
        "accepted_at": state.accepted_at,
        "due_at": state.measured_due_at,
        "finished_at": state.finished_at,
        "ended_at": state.ended_at,
        "updated_at": state.last_at,
    }


def search_text(state: State) -> str:
    applicant = state.contents.applicant
    number = applicant.personal_id or applicant.organisation_number or applicant.passport
    return fold(f"{state.code} {state.filing_number} {applicant.name} {number}")


def _number(account_id: str) -> int | None:
    return int(account_id) if account_id else None


def task_columns(task: OpenTask, state: State) -> dict[str, Any]:
    """All columns of `DossierTask` but the dossier's id."""
    return {
        "key": task.key,
        "step_key": task.step_key,
        "kind": task.kind,
        "name": task.name,
        "role": task.role,
        "unit_id": task.unit_id,
        "agency_id": state.target.agency_id,
        "desk_unit_id": state.target.posting.desk,
        "settling_unit_id": state.target.posting.settling,
        "is_assigned": state.case_officer_id is not None,
        "officer_id": int(task.officer_id) if task.officer_id else None,
        "opened_at": task.opened_at,
        "due_at": task.due_at,
        "sort_at": min((due for due in (task.due_at, _promise_of(state)) if due), default=NO_DUE),
        "soon_at": _soon_at(task, state),
        "is_paused": _is_paused(task, state),
        "is_held": is_held(state, task),
    }


def _is_paused(task: OpenTask, state: State) -> bool:
    return state.is_paused and not runs_on(task)


def _promise_of(state: State) -> datetime | None:
    """The due moment of the dossier, unless its term stands still: by that no task is late."""
    return None if state.stands_still else state.measured_due_at


def _soon_at(task: OpenTask, state: State) -> datetime | None:
    """From when on lists show the task as about to be late: its own mark, or the dossier's due moment.

    Once the result is at the desk nothing runs any more but the time by which it goes out where nobody comes
    for it: what else is left to do then stands in other lists. While the clock stands only a dossier that was
    late before is shown, by its own due moment. What nobody can do presses nobody: the control or the sending
    that it waits for does, by the same due moment of the dossier.
    """
    if is_held(state, task):
        return None
    if state.finished_at is not None:
        regulation = law.regulation(state.target.regulation)
        return task.soon_at if is_sent_out(task, state, regulation) else None
    own = None if _is_paused(task, state) else task.soon_at or task.due_at
    return min((at for at in (own, _promise_of(state)) if at), default=None)


def slip_columns(slip: Slip) -> dict[str, Any]:
    """All columns of `IssuedSlip` that are a fold; its file is filled when the slip is first rendered."""
    return {
        "event": slip.event,
        "kind": slip.kind.value,
        "number": slip.number,
        "issued_at": slip.issued_at,
    }
