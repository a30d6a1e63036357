"""What was asked of others or planned, and must not be passed over when a proposal or a decision is made."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.errors import OpinionAwaited, OpinionNotChased, VerificationAwaited

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import Consultation, State, Verification


def needs_chasing(asked: Consultation, at: datetime) -> bool:
    """Whether an answer is late and nobody has been reminded since its term passed.

    Basis: DL24-9.1.b#2, PT24-10.1.b#2.
    """
    reminded = any(moment >= asked.due_at for moment in asked.reminded_at)
    return asked.is_open and at > asked.due_at and not reminded


def opinions_awaited(state: State, at: datetime) -> tuple[Consultation, ...]:
    """The questions that hold a proposal up: their term runs, or has ended and nobody chased the answer.

    Basis: DL24-9.1.b#1, DL24-9.1.b#2, PT24-10.1.b#1, PT24-10.1.b#2; reading A34.
    """
    return tuple(
        asked
        for asked in state.consultations
        if asked.is_open and (at <= asked.due_at or needs_chasing(asked, at))
    )


def verifications_awaited(state: State) -> tuple[Verification, ...]:
    """The verifications that were planned and neither recorded nor called off.

    Basis: PT24-10.1.c#1, PT24-10.1.c#2, DL24-9.1.c; reading A34.
    """
    return tuple(each for each in state.verifications if each.held_at is None and not each.called_off)


def unanswered(state: State, at: datetime) -> str:
    """Who was asked and had not answered at `at`, as the decision says it. Silence is not consent.

    Basis: DL24-9.1.b#2, PT24-10.1.b#2.
    """
    return "; ".join(
        asked.to_name
        for asked in state.consultations
        if asked.is_open or (asked.answered_at is not None and asked.answered_at > at)
    )


def check_nothing_awaited(state: State, at: datetime, *, taken_back: str = "", called_off: str = "") -> None:
    """Refuse to go on over an opinion or a verification that is still to come, unless it is given up with a
    reason: a question by `taken_back`, a planned verification by `called_off`.

    Basis: DL24-9.1.b#1, DL24-9.1.b#2, DL24-9.1.c, PT24-10.1.b#1, PT24-10.1.b#2, PT24-10.1.c#1,
    PT24-10.1.c#2; reading A34.
    """
    for asked in () if taken_back else opinions_awaited(state, at):
        refusal = OpinionAwaited if at <= asked.due_at else OpinionNotChased
        raise refusal(name=asked.to_name, due=asked.due_at)
    for planned in () if called_off else verifications_awaited(state):
        raise VerificationAwaited(when=planned.planned_for or "", place=planned.place)
