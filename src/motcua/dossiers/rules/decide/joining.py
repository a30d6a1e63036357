"""What a desk entered comes into the account of its applicant."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.errors import AlreadyInAccount, NotTheApplicant
from motcua.dossiers.rules import commands, events
from motcua.dossiers.rules.joining import is_applicant, is_of_no_account

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts
    from motcua.dossiers.rules.state import State


def join_account(
    state: State, command: commands.JoinAccount, facts: Facts, at: datetime
) -> events.AccountJoined:
    """Let the applicant see in their account what they had brought to the desk.

    The proof is not enough: number and name of the account must be those that the desk wrote down.

    Basis: DL24-3.4, PT24-3.6, DL24-18.5; our own reading beyond them (ADR 0029).
    """
    if not is_of_no_account(state):
        raise AlreadyInAccount()
    if not is_applicant(state, personal_id=command.personal_id, name=command.name):
        raise NotTheApplicant()
    return events.AccountJoined(command.owner_id, command.proof)
