"""Services for opinions of others and for verifications."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.dossiers.rules import commands
from motcua.dossiers.services.act import act
from motcua.dossiers.services.record import Act
from motcua.kernel.actors import Actor
from motcua.worktime.rules import local


def consult(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    unit_id: int,
    question: str,
    limit: str,
) -> Act:
    """Ask another unit or agency for its opinion within a term; whoever takes questions there is told.

    Raises NobodyToAsk if nobody at the unit could take it, or if it is the unit that asks.
    """
    asked = _asked(unit_id, at)
    command = commands.Consult(asked.agency_id, unit_id, asked.name, asked.role, question, limit)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


class _Asked(NamedTuple):
    """Who takes what is given to a unit; without a role nobody does, which the rule refuses."""

    agency_id: int = 0
    name: str = ""
    role: str = ""


def _asked(unit_id: int, at: datetime) -> _Asked:
    role = _role_asked(unit_id, at)
    if role is None:
        return _Asked()
    unit = agencies.unit(unit_id)
    return _Asked(unit.agency_id, agencies.place_of_unit(unit), role.value)


def _role_asked(unit_id: int, at: datetime) -> Role | None:
    """The head of the unit takes questions; where it has none, its officers."""
    on = local(at).date()
    return next(
        (r for r in (Role.UNIT_HEAD, Role.CASE_OFFICER) if agencies.officers_of(unit_id, r, on)), None
    )


def entrust(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    unit_id: int,
    duty: str = "",
    limit: str = "",
    reason: str = "",
) -> Act:
    """Let another agency do an open parallel step; whoever takes such work there is told.

    What is out already goes to another with the `reason`, or back to the unit that settles; who had it is
    told. Raises NobodyToAsk if nobody at the unit could take it, or if it is the unit that has the step.

    Basis: KT18-3.3.
    """
    asked = _asked(unit_id, at)
    command = commands.Entrust(
        task_key, asked.agency_id, unit_id, asked.name, asked.role, duty, limit, reason
    )
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def answer(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    task_key: str,
    answer: str,
    file_id: str | None = None,
) -> Act:
    """Give the opinion; the officer who asked is told."""
    command = commands.Answer(task_key, answer, file_id)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def remind(
    *, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None, number: int, note: str = ""
) -> Act:
    """Remind those who were asked."""
    command = commands.Remind(number, note)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def plan_verification(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    planned_for: datetime,
    place: str,
    participants: str,
    content: str,
    with_applicant: bool = False,
    at_desk: bool = False,
    ground: str = "",
) -> Act:
    """Set a verification; the applicant is told when to be there, if they must.

    `at_desk` says that the place was chosen among the one-stop desks, `ground` why the applicant is asked
    there once more than the regulation allows.
    """
    said = (place, participants, content)
    command = commands.PlanVerification(planned_for, *said, with_applicant, at_desk, ground)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def call_off_verification(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    number: int,
    reason: str,
    planned_for: datetime | None = None,
    place: str = "",
    ground: str = "",
) -> Act:
    """Call off a planned verification, or move it to `planned_for`; the desk tells the applicant who knows of
    it. `place` where that changes too, `ground` as in `plan_verification`."""
    command = commands.CallOffVerification(number, reason, planned_for, place, ground)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def record_verification(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    held_at: datetime,
    place: str,
    participants: str,
    content: str,
    file_id: str | None = None,
    number: int = 0,
) -> Act:
    """Keep what a verification found, with its file."""
    command = commands.RecordVerification(held_at, place, participants, content, file_id, number)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)
