"""Until when the applicant may take a dossier back, or have its handling stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.errors import ResultIsOut, TooLate

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import State
    from motcua.kernel.errors import Refusal
    from motcua.law.rules import Regulation

AS_ASKED = frozenset({Verb.WITHDRAW, Verb.STOP})
_TAKEN_BACK = frozenset({Status.WITHDRAWN, Status.STOPPED})
_KEY = "settlement.withdrawn_before_decision"


def comes_too_late(state: State, regulation: Regulation) -> Refusal | None:
    """Why the dossier can be withdrawn or stopped no more, under the regulation as it reads on that day; None
    where it can, or where it was.

    From the day of the circular on the decision is the limit, and the clauses that point to the law in force
    carry the refusal. Before that day no text says until when: QN20-13.4 names the wish to withdraw without a
    condition. What is then there to be taken back ends with the number of the result (reading A55).

    By reference TT 03/2025 Đ7 (secondary); reading A55.
    """
    if state.status in _TAKEN_BACK:
        return None
    if regulation.flag(_KEY) and state.decision is not None:
        return TooLate(clauses=regulation.clauses(_KEY))
    return ResultIsOut() if state.results else None
