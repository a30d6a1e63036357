"""Services of heads and leaders: who does it, until when, and whether the clock runs."""

from __future__ import annotations

from datetime import date, datetime

from motcua.dossiers.enums import PauseGround
from motcua.dossiers.rules import commands
from motcua.dossiers.services.act import act
from motcua.dossiers.services.record import Act
from motcua.kernel.actors import Actor


def reassign(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    officer_id: str,
    reason: str,
    task_key: str = "",
) -> Act:
    """Give one open task, or without a key the whole case, to another officer, who is told."""
    command = commands.Reassign(str(officer_id), reason, task_key)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def pause(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: str,
    expected_version: int | None,
    reason: str,
    ground: PauseGround = PauseGround.FINANCIAL_OBLIGATION,
) -> Act:
    """Stop the clock until the applicant has met an obligation; the applicant is told which."""
    command = commands.Pause(PauseGround(ground), reason)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def resume(*, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None, note: str) -> Act:
    """Let the clock run on, with what shows that the ground is gone."""
    command = commands.Resume(note)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)


def extend(
    *, actor: Actor, at: datetime, dossier_id: str, expected_version: int | None, new_day: date, reason: str
) -> Act:
    """Apologise to the applicant and set a new date: slip, message, both dates on every page."""
    command = commands.Extend(new_day, reason)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)
