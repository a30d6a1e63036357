"""Opinions and verifications that are still to come: what holds a proposal up, and until which minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import MONDAY

from motcua.dossiers.enums import Status
from motcua.dossiers.errors import OpinionAwaited, OpinionNotChased, VerificationAwaited
from motcua.dossiers.rules.awaiting import (
    check_nothing_awaited,
    needs_chasing,
    opinions_awaited,
    unanswered,
    verifications_awaited,
)
from motcua.dossiers.rules.state import Consultation, State, Verification

MINUTE = timedelta(minutes=1)
DUE = MONDAY + timedelta(hours=2)
ASKED = Consultation(1, "Có tranh chấp không", 9, 9, "Sở Xây dựng", MONDAY, "7", DUE)
PLANNED = Verification(1, DUE, "Thửa 12", "Chủ hồ sơ", "Ranh giới")
OPEN = State(Status.IN_PROGRESS, 1, TARGET, CONTENTS)


@pytest.mark.parametrize(
    ("reminded", "at", "expected"),
    [
        ((), DUE, False),  # the term runs to its last minute
        ((), DUE + MINUTE, True),
        ((DUE - MINUTE,), DUE + MINUTE, True),  # reminded before there was anything to chase
        ((DUE,), DUE + MINUTE, False),
        ((DUE - MINUTE, DUE + MINUTE), DUE + 2 * MINUTE, False),
    ],
)
def test_silence_has_to_be_chased_once_its_term_is_over_and_nobody_has_since(
    reminded: tuple[datetime, ...], at: datetime, expected: bool
) -> None:
    asked = replace(ASKED, reminded_at=reminded)
    assert needs_chasing(asked, at) is expected
    assert not needs_chasing(replace(asked, answered_at=DUE), at)
    assert opinions_awaited(replace(OPEN, consultations=(asked,)), at) == (
        (asked,) if expected or at <= DUE else ()
    )


@pytest.mark.parametrize(
    ("at", "reminded", "refusal"),
    [(DUE, (), OpinionAwaited), (DUE + MINUTE, (), OpinionNotChased), (DUE + MINUTE, (DUE,), None)],
)
def test_proposal_waits_for_an_opinion_until_it_is_chased_or_given_up(
    at: datetime, reminded: tuple[datetime, ...], refusal: type[Exception] | None
) -> None:
    state = replace(OPEN, consultations=(replace(ASKED, reminded_at=reminded),))
    check_nothing_awaited(state, at, taken_back="không cần nữa")
    if refusal is None:
        check_nothing_awaited(state, at)
        return
    with pytest.raises(refusal):
        check_nothing_awaited(state, at, called_off="mưa")


def test_verification_is_awaited_until_it_is_held_or_called_off() -> None:
    held, off = replace(PLANNED, number=2, held_at=DUE), replace(PLANNED, number=3, called_off="mưa")
    assert verifications_awaited(replace(OPEN, verifications=(held, off, PLANNED))) == (PLANNED,)
    check_nothing_awaited(replace(OPEN, verifications=(held, off)), MONDAY)


def test_proposal_over_a_planned_verification_is_refused_and_says_when_and_where_it_is() -> None:
    state = replace(OPEN, verifications=(PLANNED,))
    with pytest.raises(VerificationAwaited) as refused:
        check_nothing_awaited(state, MONDAY)
    assert refused.value.params == {"when": DUE, "place": "Thửa 12"}
    check_nothing_awaited(state, MONDAY, called_off="mưa")


def test_decision_names_who_was_asked_and_kept_silent() -> None:
    answered = replace(ASKED, number=2, to_name="Sở Tài chính", answered_at=DUE)
    other = replace(ASKED, number=3, to_name="Công an xã")
    assert unanswered(replace(OPEN, consultations=(ASKED, answered, other)), DUE) == "Sở Xây dựng; Công an xã"
    assert unanswered(OPEN, DUE) == ""
