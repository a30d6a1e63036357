"""Verifications to which the applicant was asked: which of them they know of, and what became of it.

What the applicant knows is what went out: an invitation that waits for the desk is known to nobody yet, and
who was told of one moment knows that moment until they are told of its change.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.rules import events
from motcua.dossiers.rules.awaiting import verifications_awaited

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import Letter, State, Verification


def awaited(state: State, number: int) -> Verification | None:
    """The verification of this number, if it is still to be held; None if there is none such."""
    return next((each for each in verifications_awaited(state) if each.number == number), None)


def moved_to(state: State, number: int) -> Verification | None:
    """The verification that stands in place of one that was moved, however often; None where none does."""
    planned = state.planned(number)
    while planned is not None and planned.moved_to:
        planned = state.planned(planned.moved_to)
    return awaited(state, planned.number) if planned is not None and planned.number != number else None


def waiting_letter(state: State, number: int) -> Letter | None:
    """What the desk has not told yet of this verification: the invitation, or that it takes the place of one
    of which the applicant knows."""
    for letter in state.letters:
        if letter.of == events.VerificationPlanned.KIND and letter.number == number:
            return letter
        if letter.of == events.VerificationCalledOff.KIND:
            now = moved_to(state, letter.number)
            if now is not None and now.number == number:
                return letter
    return None


def known_as(state: State, number: int) -> int:
    """The number of the appointment that the applicant knows in place of this one: its own once they were
    told, that of an earlier one of whose move they were not told yet; 0 where they know of none.

    Basis: PT24-10.1.c#3, KT22-6.2#1, KT22-9#1, PT24-3.2; readings A76, A83.
    """
    planned = state.planned(number)
    if planned is None or not planned.with_applicant:
        return 0
    letter = waiting_letter(state, number)
    if letter is None:
        return number
    return letter.number if letter.of == events.VerificationCalledOff.KIND else 0


def expected(state: State, at: datetime) -> tuple[Verification, ...]:
    """The appointments to which the applicant would still come, as they know them: what is to be told where
    they do not take place."""
    known = (state.planned(known_as(state, each.number)) for each in verifications_awaited(state))
    return tuple(each for each in known if each is not None and _is_to_come(each, at))


def comes_in_vain(state: State, number: int, at: datetime) -> bool:
    """Whether the applicant would still come to the appointment that they know in place of this one."""
    known = state.planned(known_as(state, number))
    return known is not None and _is_to_come(known, at)


def _is_to_come(planned: Verification, at: datetime) -> bool:
    return planned.planned_for is not None and planned.planned_for > at
