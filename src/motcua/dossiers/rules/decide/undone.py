"""What the desk owes and has not done when its moment passes: the answer to a filing, the handing over."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers.rules.life import CHECK_STEP
from motcua.dossiers.rules.moves import judged_at
from motcua.dossiers.rules.state import OpenTask, State
from motcua.process.enums import StepKind


def is_overrun(state: State, task: OpenTask, at: datetime) -> bool:
    """Whether the term of an open task has passed at `at`. One that stands still with the clock of its
    dossier has if it had when that was stopped; that of the handing over, which a regulation sets, runs on.

    Basis: KT18-14.4, DL24-8.1.b, DL24-19.1.d, PT24-9.2.b#2, PT24-10.0, KT22-9#1, QN20-11.3#2; reading A56.
    """
    return task.due_at is not None and judged_at(state, task, at) > task.due_at


def answer_overrun(state: State, at: datetime) -> datetime | None:
    """Until when an online filing that is not answered yet should have been; None while there is time, and
    where none is awaited.

    Basis: DL24-8.1.a#1, DL24-8.1.b, QN20-11.3#1, PT24-9.2.0#1, KT18-14.1; the number by reference NĐ 45/2020
    Đ11 (found); readings A37, A74.
    """
    due_at = state.reply_due_at if state.target.channel == "online" else None
    return due_at if due_at is not None and at > due_at else None


def forwarding_overrun(state: State, at: datetime) -> datetime | None:
    """Until when an accepted dossier that is still at the desk should have been handed over; None while there
    is time, and for what is not there.

    Basis: KT18-14.4, DL24-8.1.b, DL24-9.0, DL24-19.1.d, PT24-9.2.b#2, PT24-10.0, KT22-6.2#1, KT22-9#1,
    QN20-11.3#2; readings A33, A56, A74.
    """
    waiting = (each for each in state.tasks if each.kind == StepKind.INTAKE and each.step_key != CHECK_STEP)
    return next((each.due_at for each in waiting if is_overrun(state, each, at)), None)
