"""With whom a dossier is now, as its applicant is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.dossiers.rules.life import BESIDE

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import OpenTask, State


def holding(state: State) -> tuple[OpenTask, ...]:
    """The open tasks that say who has the dossier, one for each unit.

    Who was asked for an opinion or does a part beside does not have it, nor has the desk that only tells the
    applicant something. Empty while the applicant has to act
    and nothing is open, and once it is over. Officers are not named: their desk is whom one may ask.
    """
    found: dict[int, OpenTask] = {}
    for task in state.tasks:
        if task.kind not in BESIDE and not task.duty:
            found.setdefault(task.unit_id, task)
    return tuple(found.values())
