"""Until when a letter of apology comes in time, for terms of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import moment

from motcua.dossiers.enums import Status
from motcua.dossiers.rules.decide.lateness import is_timely, letter_due, missed_letter
from motcua.dossiers.rules.state import Apology, ClockPause, State
from motcua.kernel.limits import TimeLimit
from motcua.law import queries as law
from motcua.worktime import queries, rules

CALENDAR = queries.published_calendar("phu-tho")
CLAUSES = ("KT18-8.1.a", "KT22-9#1", "QN20-11.3#2", "DL24-3.2", "PT24-10.3#1")
RECEIVED = moment("2024-11-04 08:00")
OPEN = State(Status.IN_PROGRESS, 3, TARGET, CONTENTS, accepted_at=RECEIVED, due_at=moment("2024-11-11 08:00"))
TERMS = pytest.mark.parametrize(
    ("limit", "due", "last"),
    [
        ("5wd", "2024-11-11 08:00", "2024-11-08 08:00"),  # a whole working day, over the weekend
        ("15cd", "2024-11-19 17:30", "2024-11-18 23:59"),  # ends at closing: not on its last day
        ("20cd", "2024-11-25 17:30", "2024-11-24 23:59"),  # ends on a Monday: the Sunday lies before it
        ("1mo", "2024-12-04 17:30", "2024-12-03 23:59"),
    ],
)


@pytest.mark.clause(*CLAUSES)
@TERMS
def test_last_minute_for_the_letter_lies_before_the_day_of_expiry(
    limit: str, due: str, last: str, regulation: str
) -> None:
    text = law.regulation(regulation)
    due_at = rules.due_at(CALENDAR, RECEIVED, TimeLimit.parse(limit))
    assert due_at == moment(due)
    assert is_timely(due_at, text, CALENDAR, moment(last))
    assert not is_timely(due_at, text, CALENDAR, moment(last) + timedelta(minutes=1))


@pytest.mark.clause("PT24-10.3#1")
def test_letter_of_the_morning_on_which_a_term_ends_at_closing_is_late() -> None:
    text, due_at = law.regulation("PT24"), moment("2024-11-19 17:30")
    assert not is_timely(due_at, text, CALENDAR, moment("2024-11-19 07:00"))


@pytest.mark.clause(*CLAUSES)
@TERMS
def test_letter_is_due_at_the_last_minute_at_which_it_comes_in_time(
    limit: str, due: str, last: str, regulation: str
) -> None:
    text, state = law.regulation(regulation), replace(OPEN, due_at=moment(due))
    assert letter_due(state, text, CALENDAR) == moment(last)
    assert missed_letter(state, text, CALENDAR, moment(due)) is None
    assert missed_letter(state, text, CALENDAR, moment(due) + timedelta(minutes=1)) == moment(last)


@pytest.mark.parametrize(
    "changes",
    [
        {"due_at": None},
        {"accepted_at": None},
        {"finished_at": RECEIVED},
        {"ended_at": RECEIVED},
        {"pauses": (ClockPause(RECEIVED, "chờ"),)},
        {"apologies": (Apology(RECEIVED, "x", RECEIVED, RECEIVED, True),)},
        {"due_at": moment("2024-11-04 17:30")},  # too short for a letter
    ],
)
def test_no_letter_is_owed(changes: dict[str, Any]) -> None:
    state = replace(OPEN, **changes)
    assert letter_due(state, law.regulation("PT24"), CALENDAR) is None
