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
    """Late in the national index: finished late, or asked for a supplement more often than it lets.

    Each request counts, and each result, if the index was in force on its own day: what was asked for before
    that makes nothing late afterwards.

    Basis: KT18-8.1.a, KT22-1.1.b, QN20-1.3, DL24-12.6, PT24-3.2; by reference QĐ 766/QĐ-TTg chỉ số 2.1
    (secondary); readings A31, A37.
    """
    if state.is_late and state.finished_at and _most(regulation, state.finished_at) is not None:
        return True
    asked = [most for each in state.supplements if (most := _most(regulation, each.requested_at)) is not None]
    return bool(asked) and len(asked) > asked[-1]


def _most(regulation: Regulation, at: datetime) -> int | None:
    return regulation.on(local(at).date()).number(MOST_REQUESTS)
