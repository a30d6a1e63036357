"""How long the desk waits for people before it says of them that they did not do what was asked.

No text at hand gives these terms: both are ours, and this is the only place where they stand (reading A35).
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from motcua.dossiers.errors import NotAskedYet, TooEarlyToGiveUp
from motcua.dossiers.rules.returning import goes_back
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.worktime import rules as worktime

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import State
    from motcua.law.rules import Regulation
    from motcua.worktime.rules import Calendar

SUPPLEMENT_WAIT = TimeLimit(Fraction(5), TimeUnit.WORKING_DAY)
COLLECTION_WAIT = TimeLimit(Fraction(3), TimeUnit.WORKING_DAY)


def check_supplement_failed(state: State, calendar: Calendar, at: datetime) -> None:
    """Refuse to say that a filing was not supplemented if nothing was asked, or it was asked just now.

    What was handed in and still does not do is judged by the desk at once. While a decline, a withdrawal or a
    stop stood that was taken back nobody could hand in anything: the time is counted from then.

    Basis: PT24-9.1.a, PT24-9.1.b, PT24-9.2.a, DL24-8.1.a#3, KT22-14.2bis.a#3, KT18-14.2, QN20-11.1#3; reading
    A45; the length is ours (reading A35).
    """
    if not state.requests:
        raise NotAskedYet()
    check_not_awaited(state, calendar, at)


def check_not_awaited(state: State, calendar: Calendar, at: datetime) -> None:
    """Refuse to end a filing, or to go on without the papers, while the applicant may still be bringing them.

    Basis: PT24-9.1.b, DL24-8.1.a#3, KT22-14.2bis.a#3; the length is ours (reading A35).
    """
    until = supplement_awaited_until(state, calendar)
    if until is not None and at < until:
        raise TooEarlyToGiveUp(until=until)


def supplement_awaited_until(state: State, calendar: Calendar) -> datetime | None:
    """Until when a request that is open now is waited for; None where none is.

    Where the term of the dossier runs on meanwhile, no longer than half of the opening time that was left of
    it: the other half is the agency's, which may not be late by a length of ours. What was asked for when
    every date had passed is waited for whole, for no term is left to keep.

    Basis: PT24-9.1.b, DL24-8.1.a#3, KT22-14.2bis.a#3, KT18-8.1.a; the length is ours (reading A35).
    """
    asked = state.supplement_awaited()
    if asked is None:
        return None
    start = asked.reopened_at or asked.requested_at
    until = worktime.due_at(calendar, start, SUPPLEMENT_WAIT)
    ahead = [due for due in (state.measured_due_at, state.due_at) if due is not None and due > start]
    if not asked.clock_runs or not ahead:
        return until
    half = calendar.open_minutes(start, min(ahead)) // 2
    if not half:
        return start
    return min(until, worktime.due_at(calendar, start, TimeLimit(Fraction(half, 60), TimeUnit.WORKING_HOUR)))


def is_collected(state: State, regulation: Regulation) -> bool:
    """Whether the applicant comes for the result, as agreed: else it waits for nobody at the desk.

    Basis: QN20-7.3; of a refusal that is sent KT18-15.2.
    """
    return goes_back(state, regulation) == "counter"


def collected_until(state: State, calendar: Calendar) -> datetime | None:
    """Until when a result that was announced is waited for; None before it was.

    Basis: DL24-9.4#2, KT18-8.2.c#2, QN20-13.4#2; the length is ours (reading A35).
    """
    if state.ready_at is None:
        return None
    return worktime.due_at(calendar, state.ready_at, COLLECTION_WAIT)


def is_still_to_come(state: State, calendar: Calendar, at: datetime) -> bool:
    """Whether people who were told of a result may still be on their way.

    Basis: DL24-9.4#2, KT18-8.2.c#2, QN20-13.4#2; the length is ours (reading A35).
    """
    until = collected_until(state, calendar)
    return until is not None and at < until


def check_not_collected(state: State, calendar: Calendar, at: datetime) -> None:
    """Refuse to say that nobody came for a result while people may still be on their way.

    Basis: DL24-9.4#2, KT18-8.2.c#2, QN20-13.4#2; the length is ours (reading A35).
    """
    if is_still_to_come(state, calendar, at):
        raise TooEarlyToGiveUp(until=collected_until(state, calendar))
