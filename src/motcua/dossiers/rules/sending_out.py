"""By when a result goes out that nobody comes for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.dossiers.rules.returning import goes_back
from motcua.process.enums import StepKind

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.dossiers.rules.state import OpenTask, State
    from motcua.law.rules import Regulation

SENT = ("online", "postal")


def sent_out_by(state: State, promised_at: datetime | None, regulation: Regulation) -> datetime | None:
    """By when the desk hands over the result of a dossier that is promised for `promised_at`: by then, where
    it goes online or by post.

    None where the applicant comes for it, which they do when they like, and for a dossier without a term. If
    the promise has passed when the result comes to the desk, the moment stays the same: the step is late from
    its start, for the applicant waits already, and no later moment was told to anybody.

    Basis: DL24-9.1.e, PT24-10.1.e, QN20-28.2, KT18-8.1.b; elsewhere ours (reading A73).
    """
    return promised_at if goes_back(state, regulation) in SENT else None


def is_sent_out(task: OpenTask, state: State, regulation: Regulation) -> bool:
    """Whether the task is to hand over in time a result that nobody comes for: by the promise, or by the time
    that the process gives the step.

    Reading A73.
    """
    is_timed_return = task.kind == StepKind.RETURN and task.due_at is not None
    return is_timed_return and goes_back(state, regulation) in SENT


def goes_out_late(task: OpenTask, state: State, at: datetime, regulation: Regulation) -> bool:
    """Whether what is handed over at `at` lay at the desk in time, and was kept there beyond its term.

    What came there too late is late by who settled it, and is counted as such.

    Basis: DL24-9.1.e, PT24-10.1.e, QN20-28.2, KT18-8.1.b; elsewhere ours (reading A73).
    """
    due_at, ready_at = task.due_at, state.finished_at
    if due_at is None or ready_at is None or not is_sent_out(task, state, regulation):
        return False
    return ready_at <= due_at < at
