"""Until when a letter of apology comes in time, for terms of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.dossiers.saying import saying
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import moment

from motcua.dossiers.enums import Status
from motcua.dossiers.rules.decide.lateness import (
    is_timely,
    letter_due,
    missed_letter,
    too_short_for_a_letter,
)
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
    assert is_timely(replace(OPEN, due_at=due_at), text, CALENDAR, moment(last))
    assert not is_timely(replace(OPEN, due_at=due_at), text, CALENDAR, moment(last) + timedelta(minutes=1))


@pytest.mark.clause(*CLAUSES, "PT24-10.3#2")
def test_no_letter_is_due_once_the_one_was_sent(regulation: str) -> None:
    text, letter = law.regulation(regulation), Apology(RECEIVED, "x", RECEIVED, RECEIVED, True)
    assert letter_due(OPEN, text, CALENDAR) is not None
    assert letter_due(replace(OPEN, apologies=(letter,)), text, CALENDAR) is None


@pytest.mark.clause("PT24-10.3#1")
def test_letter_of_the_morning_on_which_a_term_ends_at_closing_is_late() -> None:
    text, due_at = law.regulation("PT24"), moment("2024-11-19 17:30")
    assert not is_timely(replace(OPEN, due_at=due_at), text, CALENDAR, moment("2024-11-19 07:00"))


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
    ],
)
def test_no_letter_is_owed(changes: dict[str, Any]) -> None:
    state = replace(OPEN, **changes)
    assert letter_due(state, law.regulation("PT24"), CALENDAR) is None


@pytest.mark.clause(*CLAUSES)
@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2024-11-04 08:00", "2024-11-04 14:00"),  # a term in hours
        ("2024-11-04 08:01", "2024-11-05 08:00"),  # a day, of which a minute had passed
        ("2024-11-08 08:10", "2024-11-11 08:00"),  # five days, accepted when the last moment had passed
    ],
)
def test_no_time_for_a_letter_is_no_reason_to_owe_none(accepted: str, due: str, regulation: str) -> None:
    """It is owed from the acceptance on, and missed once the term ends without it."""
    text = law.regulation(regulation)
    state = replace(OPEN, accepted_at=moment(accepted), due_at=moment(due))
    owed = letter_due(state, text, CALENDAR)
    assert owed == moment(accepted)
    assert too_short_for_a_letter(state, owed)
    assert missed_letter(state, text, CALENDAR, moment(due)) is None
    assert missed_letter(state, text, CALENDAR, moment(due) + timedelta(minutes=1)) == moment(accepted)


def test_term_that_leaves_time_for_a_letter_is_not_too_short() -> None:
    owed = letter_due(OPEN, law.regulation("PT24"), CALENDAR)
    assert owed is not None
    assert not too_short_for_a_letter(OPEN, owed)


MONDAY, TUESDAY = "2024-11-11 08:00", "2024-11-12 08:00"


def closing(day: str, announced: str) -> rules.Calendar:
    """The calendar with a whole day closed, as it stands from the announcement on."""
    midnight = moment(f"{day} 00:00")
    return rules.closed(
        CALENDAR, [rules.Closure(midnight, midnight + timedelta(days=1), "Tránh bão", moment(announced))]
    )


@pytest.mark.clause(*CLAUSES)
@pytest.mark.parametrize(
    ("due", "last"),
    [
        (MONDAY, "2024-11-08 08:00"),  # the closure takes the day before the term ends
        ("2024-11-08 17:30", "2024-11-07 23:59"),  # the term ends within it
        (TUESDAY, "2024-11-11 08:00"),  # it lies before the last moment
    ],
)
def test_closure_announced_since_makes_no_letter_too_late(due: str, last: str, regulation: str) -> None:
    text, state = law.regulation(regulation), replace(OPEN, due_at=moment(due))
    storm = closing("2024-11-08", announced="2024-11-07 16:00")
    assert letter_due(state, text, storm) == letter_due(state, text, CALENDAR) == moment(last)
    assert is_timely(state, text, storm, moment(last))
    assert not is_timely(state, text, storm, moment(last) + timedelta(minutes=1))


@pytest.mark.clause(*CLAUSES)
def test_closure_announced_since_makes_no_term_too_short_for_a_letter(regulation: str) -> None:
    """Accepted in the morning, due the day after tomorrow; the day between is closed at noon."""
    text = law.regulation(regulation)
    state = replace(OPEN, accepted_at=moment("2024-11-06 08:00"), due_at=moment("2024-11-08 08:00"))
    owed = letter_due(state, text, closing("2024-11-07", announced="2024-11-06 12:00"))
    assert owed == moment("2024-11-07 08:00")
    assert not too_short_for_a_letter(state, owed)


@pytest.mark.clause(*CLAUSES)
def test_closure_known_when_the_term_was_set_counts_as_any_day_off(regulation: str) -> None:
    text, storm = law.regulation(regulation), closing("2024-11-08", announced="2024-11-07 16:00")
    accepted = replace(OPEN, accepted_at=moment("2024-11-07 16:00"), due_at=moment(TUESDAY))
    assert letter_due(replace(accepted, due_at=moment(MONDAY)), text, storm) == accepted.accepted_at
    assert letter_due(accepted, text, storm) == moment("2024-11-11 08:00")
    resumed = replace(OPEN, pauses=(ClockPause(RECEIVED, "chờ", moment("2024-11-07 17:00")),))
    assert letter_due(resumed, text, storm) == moment("2024-11-07 08:00")
    sooner = replace(OPEN, pauses=(ClockPause(RECEIVED, "chờ", moment("2024-11-07 15:00")),))
    assert letter_due(sooner, text, storm) == moment("2024-11-08 08:00")


def test_end_set_by_a_letter_counts_with_what_was_known_at_the_letter() -> None:
    """Where more than one may be sent, which no regulation has yet."""
    twice, storm = saying("PT24", apology__max_count=2), closing("2024-11-08", announced="2024-11-06 16:00")
    letter = Apology(moment("2024-11-06 17:00"), "x", RECEIVED, moment(MONDAY), True)
    since = replace(OPEN, due_at=moment(MONDAY), apologies=(letter,))
    before = replace(since, apologies=(replace(letter, at=moment("2024-11-06 15:00")),))
    assert letter_due(since, twice, storm) == moment("2024-11-07 08:00")
    assert letter_due(before, twice, storm) == moment("2024-11-08 08:00")
    assert letter_due(replace(since, apologies=(letter, letter)), twice, storm) is None


@pytest.mark.clause("KT18-8.1.a")
def test_letter_moves_nothing_while_no_law_knows_it(regulation: str) -> None:
    before = law.regulation(regulation, moment("2018-06-20 08:00").date())
    due_at = moment("2018-06-29 17:30")
    assert not is_timely(replace(OPEN, due_at=due_at), before, CALENDAR, moment("2018-06-20 08:00"))
    since = law.regulation(regulation, moment("2018-06-21 08:00").date())
    assert is_timely(replace(OPEN, due_at=due_at), since, CALENDAR, moment("2018-06-21 08:00"))
