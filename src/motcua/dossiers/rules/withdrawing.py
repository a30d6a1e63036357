"""Until when the applicant may take a dossier back, or have its handling stopped; and what the desk records
of such a request."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.errors import BadRequestDay, NotRequested, ResultIsOut, TooLate
from motcua.kernel.text import visible
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.dossiers.rules import commands
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


def as_recorded(state: State, command: commands.Withdraw | commands.Stop, at: datetime) -> tuple[str, date]:
    """In which form the applicant asked for what the desk records for them (on paper, or in person and
    noted), and on which day.

    A dossier that the office ends by itself would escape its term, so that nothing is withdrawn or stopped
    there without the day and the form of the request (ADR 0042). Raises NotRequested or BadRequestDay:
    nobody asks before the day of filing or after today.
    """
    if command.requested_on is None or not visible(command.request):
        raise NotRequested()
    check_day(state, command.requested_on, at)
    return visible(command.request), command.requested_on


def check_day(state: State, requested_on: date, at: datetime) -> None:
    """Raise BadRequestDay for a request from before the day of filing or after today: nobody asks then."""
    if not local(state.filed_at or at).date() <= requested_on <= local(at).date():
        raise BadRequestDay()


def asked_by(requested_on: date, at: datetime) -> datetime:
    """Until when the applicant had asked for what the desk records at `at`: the end of that day, for no hour
    of it is known, and no later than the record. By then it is judged whether the agency was late: a record
    that the desk makes later makes nothing later, and one of the due day itself hides nothing.

    Basis: QN20-13.4#1; what of the day counts is ours (reading A79).
    """
    return min(at, datetime.combine(requested_on, time.max, local(at).tzinfo))
