"""Which work the head may give to an officer though the process has no step for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.agencies.enums import Role
from motcua.dossiers.rules.life import CONSULT_STEP
from motcua.dossiers.rules.moves import unit_for

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import OpenTask, State
    from motcua.law.rules import Regulation


def awaits_assignment(state: State, task: OpenTask, regulation: Regulation) -> bool:
    """Whether this is work of the officers who settle that bears nobody's name, in a dossier that is nobody's
    yet, under a regulation that says who assigns. Until the head assigns it any of them may take it.

    Basis: DL24-9.1.a#1, PT24-10.1.a#1, KT18-15.0; reading A71.
    """
    if task.officer_id is not None or state.case_officer_id is not None:
        return False
    if task.kind == CONSULT_STEP or task.is_given_away or task.role != Role.CASE_OFFICER:
        return False
    is_of_the_unit = task.unit_id == unit_for(task.role, state.target.posting)
    return is_of_the_unit and regulation.choice("assignment.by") is not None
