"""Services for the result: issue, announce, return, close; and for putting right what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from motcua.dossiers.enums import Correctable
from motcua.dossiers.rules import commands
from motcua.dossiers.rules.state import Handing, Taker
from motcua.dossiers.services.act import act
from motcua.dossiers.services.record import Act
from motcua.kernel.actors import Actor


def issue_result(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    number: str,
    name: str,
    file_id: str | None = None,
) -> Act:
    """Number the decided paper, attach its file if there is one, and send it to the desk."""
    command = commands.IssueResult(task_key, number, name, file_id)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def invite(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    visit_at: datetime,
    purpose: str,
    ground: str = "",
) -> Act:
    """Ask the applicant to come to the desk, who is told when and what about."""
    command = commands.Invite(visit_at, purpose, ground)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def announce(*, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None) -> Act:
    """Tell the applicant that the result can be had."""
    command = commands.Announce()
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def return_result(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    how: str,
    received_by: str = "",
    proof: str = "",
    papers_compared: bool = False,
    taker: Taker | None = None,
    form_signed: bool = False,
    postal_number: str = "",
    file_id: str | None = None,
) -> Act:
    """Hand the result over at the counter, online or by post, and keep the proof.

    `taker` where somebody takes it at the desk, or signs for what came registered, who is neither the
    applicant nor who filed for them; `file_id` the paper that entrusted them. `postal_number` where the
    regulation has results sent by registered post (`queries.goes_registered`), else it is not kept.
    """
    handing = Handing(how, received_by, proof, papers_compared, taker, form_signed, postal_number)
    command = commands.ReturnResult(handing, file_id)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def record_non_collection(
    *, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None, note: str
) -> Act:
    """Note that nobody came for the result, and remind the applicant."""
    command = commands.RecordNonCollection(note)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def correct(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    what: Correctable,
    reason: str,
    values: Mapping[str, str] | None = None,
    seen: str = "",
    file_id: str | None = None,
    requested_on: date | None = None,
    request: str = "",
) -> Act:
    """Put right what was recorded by mistake; both stay in the history, and the applicant is told.

    `seen` is the paper that shows what is right, needed for number and birthday; `file_id` the paper by which
    the applicant asked. Another way of return names the day and the form of their request. Whose account a
    dossier leaves, because the number was wrong, is told.
    """
    changed, of_request = dict(values or {}), (file_id, requested_on, request)
    command = commands.Correct(Correctable(what), changed, reason, seen, *of_request)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def close(
    *, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None, note: str = ""
) -> Act:
    """File the dossier away."""
    command = commands.Close(note)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)
