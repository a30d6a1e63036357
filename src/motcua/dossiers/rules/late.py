"""Entering afterwards what happened on paper while the system was down."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.errors import EnteredTooLate, OutsideWindow, PageRequired
from motcua.dossiers.rules.decide.grounding import clauses_in
from motcua.dossiers.rules.events import EnteredLate
from motcua.dossiers.rules.state import Target
from motcua.kernel.text import visible

if TYPE_CHECKING:
    from motcua.incidents.rules.windows import Window


def entered(
    window: Window,
    target: Target,
    page: str,
    done_by: str,
    entered_at: datetime,
    at: datetime,
    days: int,
    since: datetime,
) -> EnteredLate:
    """The mark of an act that happened at `at` and is entered at `entered_at`.

    Refused without the page of the log, outside the time of the incident (its place is asked where rights
    are, `services.gather`), and when it ended before `since`, more than so many working `days` ago. So a term
    that was kept on paper counts as kept, and no other. A refusal rests on the dossier's own regulation; only
    one speaks of the paper log, and none of a limit for entering it: that limit is ours, and its refusal
    carries no clause (ADR 0014).

    Basis: PT24-23.8.
    """
    clauses = clauses_of_entering(target.regulation)
    if not visible(page):
        raise PageRequired(clauses=clauses)
    if at > entered_at or not window.lasts_at(at):
        raise OutsideWindow(clauses=clauses)
    if not window.takes_entries(since):
        raise EnteredTooLate(days=days)
    return EnteredLate(window.id, visible(page), entered_at, visible(done_by))


def clauses_of_entering(regulation: str) -> tuple[str, ...]:
    """On what a refusal to enter something afterwards rests under this regulation."""
    return clauses_in(entered.__doc__, regulation)
