"""How long people are waited for, and that no length of ours makes the agency late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import moment

from motcua.dossiers.enums import Status
from motcua.dossiers.errors import TooEarlyToGiveUp
from motcua.dossiers.rules.decide.grounding import grounded
from motcua.dossiers.rules.state import Apology, State, SupplementRequest
from motcua.dossiers.rules.waits import check_not_awaited, supplement_awaited_until
from motcua.worktime import queries

CALENDAR = queries.published_calendar("kon-tum")
ASKED = moment("2021-06-01 10:00")
WHOLE = moment("2021-06-08 10:00")


def asked(due: str | None, *, clock_runs: bool = True) -> State:
    request = SupplementRequest(ASKED, False, (), "mờ", "chụp lại", clock_runs=clock_runs)
    due_at = moment(due) if due else None
    accepted_at = moment("2021-06-01 08:30")
    return State(
        Status.AWAITING_SUPPLEMENT, 5, TARGET, CONTENTS,
        accepted_at=accepted_at, due_at=due_at, promised_at=due_at, supplements=(request,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due", "until"),
    [
        ("2021-06-15 10:00", WHOLE),  # ten working days are left: half of them is the whole wait
        ("2021-06-14 10:00", moment("2021-06-07 16:00")),
        ("2021-06-03 10:00", moment("2021-06-02 10:00")),
        ("2021-06-01 10:01", ASKED),  # half a minute is none
        ("2021-06-01 10:00", WHOLE),  # the date had passed: no term is left to keep
        (None, WHOLE),
    ],
)
def test_wait_is_at_most_half_of_what_a_running_term_has_left(due: str | None, until: datetime) -> None:
    assert supplement_awaited_until(asked(due), CALENDAR) == until
    assert supplement_awaited_until(asked(due, clock_runs=False), CALENDAR) == WHOLE


def test_letter_in_time_gives_more_to_wait_and_a_late_one_hides_nothing() -> None:
    first, new = moment("2021-06-03 10:00"), moment("2021-06-07 10:00")
    letter = Apology(ASKED, "chờ", first, new, is_timely=True)
    state = replace(asked("2021-06-07 10:00"), promised_at=first, apologies=(letter,))
    assert supplement_awaited_until(state, CALENDAR) == moment("2021-06-03 10:00")
    late = replace(state, apologies=(replace(letter, is_timely=False),))
    assert supplement_awaited_until(late, CALENDAR) == moment("2021-06-02 10:00")
    past = replace(late, promised_at=moment("2021-06-01 09:00"))  # the new date is kept at least
    assert supplement_awaited_until(past, CALENDAR) == moment("2021-06-03 10:00")


@pytest.mark.parametrize("verb", ["resume", "decline", "record_non_collection"])
def test_refusal_for_a_length_of_ours_names_no_clause(verb: str, regulation: str) -> None:
    state = asked(None)
    with pytest.raises(TooEarlyToGiveUp) as refused, grounded(verb, regulation, "online"):
        check_not_awaited(state, CALENDAR, ASKED)
    assert refused.value.clauses == ()
    assert "hệ thống đặt" in refused.value.message
