"""What the national index counts as late, from the day on which there is an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.worktime.rules import local

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.dossiers.rules.state import State
    from motcua.law.rules import Regulation

MOST_REQUESTS = "supplement.index_max_requests"


def is_late_in_index(state: State, regulation: Regulation) -> bool:
    """Late in the national index: late by its term, or asked for a supplement more often than it lets.

    Basis: KT18-8.1.a, KT22-1.1.b, QN20-1.3, DL24-12.6, PT24-3.2; by reference QĐ 766/QĐ-TTg chỉ số 2.1
    (secondary); readings A31, A37, A75.
    """
    return is_late_by_term(state, regulation) or is_asked_too_often(state, regulation)


def is_late_by_term(state: State, regulation: Regulation) -> bool:
    """Finished, or ended without a result, after the due moment; or past it when a supplement was asked for
    or the clock was stopped: while that is awaited the moment of asking counts as the end, and what is late
    then stays late.

    Each moment counts if the index was in force on its own day.

    Basis: KT18-8.1.a, KT22-1.1.b, QN20-1.3, DL24-12.6, PT24-3.2; by reference QĐ 766/QĐ-TTg chỉ số 2.1
    (secondary); readings A31, A37, A75.
    """
    due_at = state.measured_due_at
    if due_at is None:
        return False
    asked = (*(each.requested_at for each in state.requests), *(each.start for each in state.pauses))
    end = state.finished_at or state.broken_off_at
    ends = (*((end,) if end else ()), *asked)
    return any(end > due_at and _most(regulation, end) is not None for end in ends)


def is_asked_too_often(state: State, regulation: Regulation) -> bool:
    """Asked for a supplement more often than the index lets.

    Each request counts if the index was in force on its own day: what was asked for before that makes nothing
    late afterwards.

    Basis: KT18-8.1.a, KT22-1.1.b, QN20-1.3, DL24-12.6, PT24-3.2; by reference QĐ 766/QĐ-TTg chỉ số 2.1
    (secondary); readings A31, A37.
    """
    asked = [most for each in state.requests if (most := _most(regulation, each.requested_at)) is not None]
    return bool(asked) and len(asked) > asked[-1]


def _most(regulation: Regulation, at: datetime) -> int | None:
    return regulation.on(local(at).date()).number(MOST_REQUESTS)
