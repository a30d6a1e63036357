"""When a dossier that the desk entered is of no account yet, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.kernel.text import fold

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import State


def is_of_no_account(state: State) -> bool:
    """Whether it was brought to a desk or came by post, and stands in nobody's account."""
    is_filed = state.filed_at is not None
    return is_filed and state.target.channel != "online" and not state.owner_id and state.behalf is None


def is_applicant(state: State, *, personal_id: str, name: str) -> bool:
    """Whether the number and the name are both those of the applicant; accents and blanks are forgiven.

    A dossier without a number is nobody's: a name alone is not enough.
    """
    applicant = state.contents.applicant
    is_same_number = bool(personal_id) and applicant.personal_id == personal_id
    return is_same_number and fold(applicant.name) == fold(name)
