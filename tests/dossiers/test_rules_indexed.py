"""What the national index counts as late, and from which day on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import moment

from motcua.dossiers.enums import Status
from motcua.dossiers.rules.indexed import is_asked_too_often, is_late_in_index
from motcua.dossiers.rules.state import ClockPause, State, SupplementRequest
from motcua.law import queries as law

OLDER = ("KT18-8.1.a", "KT22-1.1.b", "QN20-1.3")  # than the index
BEFORE, FROM = moment("2022-06-22 16:00"), moment("2022-06-23 07:30")
STATE = State(Status.RESULT_ISSUED, 3, TARGET, CONTENTS)


def asked(*moments: str) -> State:
    requests = (SupplementRequest(moment(at), True, (), "mờ", "chụp lại") for at in moments)
    return replace(STATE, supplements=tuple(requests))


@pytest.mark.clause(*OLDER, "DL24-12.6", "PT24-3.2")
def test_second_request_is_late_where_both_came_under_the_index(regulation: str) -> None:
    text = law.regulation(regulation)
    once = asked("2024-11-04 08:00")
    assert (is_late_in_index(STATE, text), is_late_in_index(once, text)) == (False, False)
    assert is_late_in_index(asked("2024-11-04 08:00", "2024-11-05 08:00"), text)


@pytest.mark.clause(*OLDER)
def test_request_before_the_first_day_of_the_index_does_not_count(regulation: str) -> None:
    text = law.regulation(regulation)
    first, second, third = "2022-06-22 16:00", "2022-06-23 07:30", "2022-06-24 07:30"
    assert not is_late_in_index(asked("2022-06-21 08:00", first), text)
    assert not is_late_in_index(asked(first, second), text)
    assert is_late_in_index(asked(first, second, third), text)


@pytest.mark.clause(*OLDER, "DL24-12.6", "PT24-3.2")
@pytest.mark.parametrize("reason", ["supplement", "financial_obligation"])
def test_what_was_late_when_it_was_asked_for_or_stopped_is_late_meanwhile_and_stays_so(
    regulation: str, reason: str
) -> None:
    """While a supplement is awaited the moment of asking counts as the end (reading A75)."""
    text, due = law.regulation(regulation), moment("2024-11-06 08:00")
    request = SupplementRequest(due + timedelta(minutes=1), False, (), "mờ", "chụp lại")
    in_time = replace(STATE, due_at=due, pauses=(ClockPause(due, reason),))
    late = replace(STATE, due_at=due, pauses=(ClockPause(due + timedelta(minutes=1), reason),))
    went_on = replace(late, pauses=(replace(late.pauses[0], end=moment("2024-11-20 08:00")),))
    ran_on = replace(STATE, due_at=due, supplements=(replace(request, clock_runs=True),))
    taken_back = replace(STATE, due_at=due, supplements=(replace(request, taken_back_at=due),))
    states = in_time, late, went_on, ran_on, taken_back
    assert [is_late_in_index(each, text) for each in states] == [False, True, True, True, False]
    assert not any(is_asked_too_often(each, text) for each in states)
    after = due + timedelta(days=1)
    assert [each.is_overdue(after) for each in states] == [False, True, True, True, True]
    assert not late.is_overdue(due)


@pytest.mark.clause(*OLDER)
def test_stop_before_the_first_day_of_the_index_does_not_count(regulation: str) -> None:
    text = law.regulation(regulation)
    for start, is_late in ((BEFORE, False), (FROM, True)):
        late = replace(STATE, due_at=BEFORE - timedelta(hours=1), pauses=(ClockPause(start, "supplement"),))
        assert is_late_in_index(late, text) is is_late


@pytest.mark.clause(*OLDER)
def test_late_result_counts_from_the_first_day_of_the_index(regulation: str) -> None:
    text = law.regulation(regulation)
    for finished, is_late in ((BEFORE, False), (FROM, True)):
        late = replace(STATE, due_at=finished - timedelta(hours=1), finished_at=finished)
        assert (late.is_late, is_late_in_index(late, text)) == (True, is_late)
        ended = replace(late, finished_at=None, accepted_at=finished, ended_at=finished)
        assert (ended.is_late, is_late_in_index(ended, text)) == (True, is_late)
        assert not replace(ended, accepted_at=None).is_late
    in_time = replace(STATE, due_at=FROM, finished_at=FROM)
    assert not is_late_in_index(in_time, text)
