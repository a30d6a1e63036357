"""Whom the end of an agency or a unit would leave without one."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.dossiers.errors import (
    ApplicantsLeft,
    CommuneWithoutSuccessor,
    ProceduresLeft,
    UnitIsAwaited,
    UnitSettles,
    WorkLeft,
)
from motcua.kernel.errors import Refusal

SAID = 5


@dataclass(frozen=True, slots=True)
class Hanging:
    """What still hangs on an agency or a unit: open dossiers and tasks (counted only so far), posts that go
    on after the last day, procedures it settles, and the codes of those that nobody would settle any more.

    Dossiers of a unit are those that go by it until they are over, wherever they lie now.
    """

    dossiers: int = 0
    tasks: int = 0
    posts: int = 0
    procedures: int = 0
    unsettled: tuple[str, ...] = ()


def agency_refusals(hanging: Hanging, *, has_successor: bool, is_commune: bool) -> tuple[Refusal, ...]:
    """Why the agency cannot end: each names who would be left without an agency. Empty if nobody would."""
    found: list[Refusal] = []
    if is_commune and not has_successor:
        found.append(CommuneWithoutSuccessor())
    elif hanging.dossiers and not has_successor:
        found.append(ApplicantsLeft(count=hanging.dossiers))
    if hanging.unsettled:
        codes = ", ".join(hanging.unsettled[:SAID]) + ("…" if len(hanging.unsettled) > SAID else "")
        found.append(ProceduresLeft(count=len(hanging.unsettled), codes=codes))
    return tuple(found)


def unit_refusals(hanging: Hanging) -> tuple[Refusal, ...]:
    """Why the unit cannot end: its work, the dossiers that go by it and its procedures would be
    nobody's."""
    found: list[Refusal] = []
    if hanging.tasks:
        found.append(WorkLeft(count=hanging.tasks))
    if hanging.dossiers:
        found.append(UnitIsAwaited(count=hanging.dossiers))
    if hanging.procedures:
        found.append(UnitSettles(count=hanging.procedures))
    return tuple(found)
