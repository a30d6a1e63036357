"""Services of the agency that settles: assign, work, propose, decide."""

from __future__ import annotations

from datetime import date, datetime

from motcua.dossiers.enums import Decision
from motcua.dossiers.rules import commands
from motcua.dossiers.services.act import act
from motcua.dossiers.services.record import Act
from motcua.kernel.actors import Actor


def assign(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    officer_id: str,
    note: str = "",
    outcome: str = "",
) -> Act:
    """Give the case to an officer of the settling unit, who is told. `outcome` as with `hand_over`."""
    command = commands.Assign(task_key, str(officer_id), note, outcome)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def complete_step(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    outcome: str = "",
    note: str = "",
) -> Act:
    """Finish a step with one of its outcomes (the first one if none is named)."""
    command = commands.CompleteStep(task_key, outcome, note)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def send_back(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    to_step: str,
    reason: str,
) -> Act:
    """Return the dossier to an earlier step, with the reason."""
    command = commands.SendBack(task_key, to_step, reason)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def propose(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    decision: Decision,
    text: str = "",
    outcome: str = "",
    taken_back: str = "",
    called_off: str = "",
) -> Act:
    """Propose to grant or to refuse, and pass on. `outcome` as with `hand_over`.

    `taken_back` gives up opinions that are still to come, `called_off` planned verifications, each with why.
    """
    command = commands.Propose(task_key, Decision(decision), text, outcome, taken_back, called_off)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def approve(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    note: str = "",
) -> Act:
    """Grant what was applied for; against the proposal only with the reason in the note."""
    command = commands.Approve(task_key, note)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def refuse(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    reason: str,
) -> Act:
    """Refuse on the merits; the applicant will read the reason."""
    command = commands.Refuse(task_key, reason)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def stop(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    reason: str,
    requested_on: date | None = None,
    request: str = "",
    file_id: str | None = None,
) -> Act:
    """End the handling without a decision: the applicant asked for it, on that day and in that form, by the
    paper `file_id` if there is one."""
    command = commands.Stop(reason, requested_on, request, file_id)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)
