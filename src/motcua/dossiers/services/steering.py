"""Services of heads and leaders: who does it, until when, and whether the clock runs."""

from __future__ import annotations

from datetime import datetime

from motcua.accounts import queries as accounts
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
    name = accounts.account_card(officer_id).full_name
    command = commands.Reassign(str(officer_id), name, reason, task_key)
    return act(command, actor=actor, at=at, dossier_id=dossier_id, expected_version=expected_version)
