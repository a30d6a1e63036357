"""What a closure would do to the terms of open tasks, and to the time for letters of apology.

Only seen before a closure is announced: no term that runs is moved by it (ADR 0018).
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from motcua.dossiers.enums import TermKind
from motcua.dossiers.rules.life import CHECK_STEP, CONSULT_STEP
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime import rules as worktime

if TYPE_CHECKING:
    from motcua.worktime.rules import Calendar, Closure, Pause


def kind_of(step_key: str, kind: str) -> TermKind:
    """What the term of a task is for: the answer to what was filed, an opinion, or a step of the process."""
    if step_key == CHECK_STEP:
        return TermKind.ANSWER
    return TermKind.OPINION if kind == CONSULT_STEP else TermKind.STEP


def term_with(
    opened_at: datetime,
    due_at: datetime,
    limit: str,
    before: Calendar,
    after: Calendar,
    pauses: tuple[Pause, ...] = (),
) -> datetime:
    """When a task's term would end by the calendar `after`, where it ends at `due_at` by `before`.

    A term that the due moment still follows from runs anew; any other moment moves by the opening time that
    is lost before it, as it does after a pause.

    Basis: DL24-8.1.c#2, PT24-9.2.c#2 (a term runs in office hours only).
    """
    if limit:
        length = TimeLimit.parse(limit)
        one, two = (worktime.due_at(each, opened_at, length, pauses=pauses) for each in (before, after))
        if one == due_at:
            return two
    minutes = before.open_minutes(opened_at, due_at)
    if not minutes or after.open_minutes(opened_at, due_at) == minutes:
        return due_at
    return worktime.due_at(after, opened_at, TimeLimit(Fraction(minutes, 60), TimeUnit.WORKING_HOUR))


def is_sent_before(letter_by: datetime, closure: Closure, before: Calendar, after: Calendar) -> bool:
    """Whether a letter of apology that comes in time until `letter_by` had better be sent before the closure
    begins: the closure takes what opening time was left until then.

    The last moment itself stays, and a letter sent while the agency is closed is in time; but nobody is there
    to send it. `before` is the calendar without the closure, `after` the one with it.

    Basis: PT24-10.3#1, KT22-9#1, QN20-11.3#2, DL24-3.2; by reference NĐ 61/2018 Đ19 (secondary); reading A69.
    """
    opens, closes = closure.starts_at, letter_by
    return closes > opens and before.open_minutes(opens, closes) > 0 >= after.open_minutes(opens, closes)
